"""What people typed, as safe markup: paragraphs, numbers of tickets, addresses and colleagues as links, quotes folded.

Pure. Everything that is not one of our own tags is escaped here, piece by piece; nothing is marked safe before.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

# A line after which mail programs repeat the whole mail before, in the languages our customers write.
WROTE = re.compile(
    r"^\s*(On\s.{4,200}\bwrote:|Am\s.{4,200}\bschrieb\b.{0,80}:|[在于於].{4,200}[写寫]道\s*[:：]|เมื่อ.{4,200}เขียน(ว่า)?\s*:)\s*$",
    re.IGNORECASE | re.DOTALL,
)
ORIGINAL = re.compile(
    r"^\s*-{2,}\s*(Original Message|Forwarded message|原始邮件|原始郵件|ข้อความเดิม)\s*-{2,}\s*$", re.IGNORECASE
)
QUOTED = re.compile(r"^\s{0,3}>")
TOKEN = re.compile(
    r"(?P<address>https?://[^\s<>\"'、，。）]+)"
    r"|(?<![\w-])(?P<number>SD-\d{1,15})(?![\w-])"
    r"|(?<![\w@.])@(?P<name>\w[\w.'’-]*(?: \w[\w.'’-]*){0,3})",
    re.IGNORECASE,
)
TRAILING = ".,;:!?)"


@dataclass(frozen=True)
class Part:
    """A stretch of a message; `is_quote`: repeated from an earlier one."""

    text: str
    is_quote: bool = False


def parts(text: str) -> list[Part]:
    """The message in its own words and in quotes, in order. Nothing is left out."""
    lines = text.replace("\r\n", "\n").split("\n")
    found: list[tuple[bool, list[str]]] = []
    for line, is_quote in zip(lines, _marks(lines), strict=True):
        if not found or found[-1][0] != is_quote:
            found.append((is_quote, []))
        found[-1][1].append(line)
    joined = [Part("\n".join(block).strip("\n"), is_quote) for is_quote, block in found]
    return [part for part in joined if part.text.strip()]


def _marks(lines: list[str]) -> Iterator[bool]:
    """Whether each line is quoted. A mail that quotes without marks quotes to its end."""
    is_rest, lead = False, 0
    for at, line in enumerate(lines):
        if lead:
            lead -= 1
            yield True
            continue
        lead = _lead(lines, at)
        if lead:
            following = next((other for other in lines[at + lead :] if other.strip()), "")
            is_rest = is_rest or not QUOTED.match(following)
            lead -= 1
            yield True
        else:
            is_rest = is_rest or bool(ORIGINAL.match(line))
            yield is_rest or bool(QUOTED.match(line)) or (not line.strip() and _is_between(lines, at))


def _lead(lines: list[str], at: int) -> int:
    """How many lines the words "On … wrote:" take here: mail programs break them after some 70 characters."""
    if WROTE.match(lines[at]):
        return 1
    return 2 if at + 1 < len(lines) and lines[at + 1].strip() and WROTE.match("\n".join(lines[at : at + 2])) else 0


def _is_between(lines: list[str], at: int) -> bool:
    """An empty line inside a quote."""
    return at > 0 and at + 1 < len(lines) and bool(QUOTED.match(lines[at - 1]) and QUOTED.match(lines[at + 1]))


def markup(text: str, people: Mapping[str, str]) -> SafeString:
    """Paragraphs with links. `people`: addresses of colleagues by name in lower case; other @words stay words."""
    blocks = [block for block in re.split(r"\n{2,}", text.strip("\n")) if block.strip()]
    return mark_safe("".join(f"<p>{_line(block, people)}</p>" for block in blocks))  # noqa: S308  escaped in _line


def _line(text: str, people: Mapping[str, str]) -> str:
    made, last, match = [], 0, TOKEN.search(text)
    while match:
        piece, length = _linked(match, people)
        if piece:
            made += [_plain(text[last : match.start()]), piece]
            last = match.start() + length
        match = TOKEN.search(text, match.start() + (length or 1))
    return "".join([*made, _plain(text[last:])])


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _linked(match: re.Match[str], people: Mapping[str, str]) -> tuple[str, int]:
    """The link and how much of the match it covers; nothing for what is no link."""
    if match["address"]:
        address = match["address"].rstrip(TRAILING)
        return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', address, address), len(address)
    if match["number"]:
        number = match["number"].upper()
        return format_html('<a href="/tickets/{}/" class="nowrap">{}</a>', number, number), len(number)
    words = match["name"].rstrip(TRAILING).split(" ")
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(TRAILING + "'’")
        if name.lower() in people:
            link = format_html('<a class="mention" href="{}">@{}</a>', people[name.lower()], name)
            return link, len(name) + 1
    return "", 0
