"""Tags: short words a desk puts on tickets. How one is written, and which ones a log leaves on its ticket. Pure.

Who may put them there is the services' question; customers never see them.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from common.errors import Invalid

MOST, LONGEST = 20, 40
TAGGED = "tagged"
BETWEEN = re.compile(r"[,;、؛\n]+")
GAPS = re.compile(r"[\s_-]+")
SHOWN = 60  # characters of a word that is refused


class Entry(Protocol):
    """A line of the log, as far as it is read here."""

    @property
    def type(self) -> str: ...
    @property
    def data(self) -> Mapping[str, Any]: ...


def words(text: str) -> list[str]:
    """What somebody typed into one field: several tags with commas between them, each once. Raises Invalid."""
    parts = BETWEEN.split(unicodedata.normalize("NFKC", text))
    return each(part for part in parts if part.strip())


def each(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(written(text) for text in texts))


def written(text: str) -> str:
    """As a tag is kept: lower case, hyphens for spaces. Raises Invalid beside `tags`."""
    tag = folded(text)
    named = {"tag": text.strip()[:SHOWN], "most": LONGEST}
    if not any(unicodedata.category(letter)[0] in "LN" for letter in tag):
        raise Invalid.field("tags", _("Enter a word of letters or digits, such as power-supply."))
    if not all(letter == "-" or unicodedata.category(letter)[0] in "LMN" for letter in tag):
        raise Invalid.field("tags", _("A tag has letters, digits and hyphens only. “%(tag)s” has more.") % named)
    if len(tag) > LONGEST:
        raise Invalid.field("tags", _("A tag has at most %(most)d characters. “%(tag)s” has more.") % named)
    return tag


def folded(text: str) -> str:
    """The same word however it is typed; of what is no tag, something that no ticket has."""
    return GAPS.sub("-", unicodedata.normalize("NFKC", text).strip().lower()).strip("-")


def check_count(wanted: Collection[str]) -> None:
    """Raises Invalid beside `tags`."""
    if len(wanted) > MOST:
        raise Invalid.field("tags", _("A ticket has at most %(most)d tags.") % {"most": MOST})


def of_log(log: Iterable[Entry]) -> list[str]:
    """In alphabetical order, as the ticket's row keeps them."""
    found: set[str] = set()
    for entry in log:
        if entry.type == TAGGED:
            found = (found - {*entry.data.get("removed", ())}) | {*entry.data.get("added", ())}
    return sorted(found)
