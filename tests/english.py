"""Finds English that was left on a page or in a mail of another language: what a person wrote is marked by `lang`.

Names, addresses and codes are the same in every language; a test names those of its cast.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

# Said the same everywhere: the product, formats, units, zones, what stands on a key.
EVERYWHERE = (
    "Service Desk", "SD", "JPEG", "JPG", "PNG", "MP4", "PDF", "TXT", "LOG", "GIF", "HEIC", "WEBP", "CSV", "XLSX", "SLA",
    "API", "MB", "KB", "GB", "HKT", "ICT", "CST", "SGT", "UTC", "IT", "UPS", "Esc", "Ctrl", "WCAG", "AA", "Cookie",
)  # fmt: skip
CODE = re.compile(r"https?://\S+|[\w.+-]+@[\w.-]+|\b[A-Z]+-?\d[\w-]*|/\S+/|%\(\w+\)[ds]")
WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "data-label", "aria-description")
SILENT = {"script", "style", "svg"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


def left(text: str, allowed: Iterable[str] = ()) -> list[str]:
    """The English words of a text without markup."""
    text = CODE.sub(" ", text)
    for name in sorted((*allowed, *EVERYWHERE), key=len, reverse=True):
        text = re.sub(rf"(?<![A-Za-z]){re.escape(name)}(?![A-Za-z])", " ", text)
    return WORD.findall(text)


def left_on_page(page: str, language: str, allowed: Iterable[str] = ()) -> list[str]:
    """Sentences of the page with English in them that no `lang` excuses."""
    reader = _Page(language)
    reader.feed(page)
    allowed = list(allowed)
    return [text for text in reader.said if left(text, allowed)]


class _Page(HTMLParser):
    """What is read on a page in its own language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language.lower()
        self.said: list[str] = []
        self._open: list[tuple[str, str]] = [("", self.language)]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        spoken = values.get("lang", self._open[-1][1]).lower()
        if tag in SILENT or values.get("translate") == "no" or values.get("aria-hidden") == "true":
            spoken = "-"
        if spoken == self.language:
            self.said += [values[name] for name in READ_ALOUD if values.get(name)]
        if tag not in VOID:
            self._open.append((tag, spoken))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID or tag not in [name for name, _language in self._open]:
            return
        while self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][1] == self.language and data.strip():
            self.said.append(" ".join(data.split()))
