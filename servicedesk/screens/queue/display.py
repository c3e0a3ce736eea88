"""How the list is drawn: grouping, order, columns, width of the preview. In the address, and kept for each person.

What the list holds is the filters' and the view's; a value that names nothing is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | LazyText
PAGE = "queue"
GROUPINGS: Mapping[str, Text] = {
    "due": _("Due time"),
    "owner": _("Owner"),
    "customer": _("Customer"),
    "level": _("Level"),
    "status": _("Status"),
    "none": _("No groups"),
}
SORTS: Mapping[str, Text] = {
    "due": _("Next clock"),
    "received": _("Received"),
    "changed": _("Changed"),
    "level": _("Level"),
    "number": _("Number"),
    "status": _("Status"),
    "owner": _("Owner"),
    "customer": _("Customer"),
}
# In the order in which they stand; level, clock and ticket are always there.
COLUMNS: Mapping[str, Text] = {
    "status": _("Status"),
    "tags": _("Tags"),
    "team": _("Team"),
    "owner": _("Owner"),
    "received": _("Received"),
    "changed": _("Changed"),
}
USUAL_COLUMNS = ("status", "owner", "changed")
DENSITIES: Mapping[str, Text] = {"compact": _("Compact"), "": _("Usual"), "roomy": _("Roomy")}
WIDTHS: Mapping[str, Text] = {
    "none": pgettext_lazy("the preview", "Closed"),
    "narrow": _("Narrow"),
    "": _("Usual"),
    "wide": _("Wide"),
}
NO_COLUMNS = "none"
NAMES = frozenset({"group", "sort", "cols", "width"})
NEWEST_FIRST = frozenset({"received", "changed", "number"})


@dataclass(frozen=True)
class Display:
    """`group` and `sort` empty: as the view has them. `sort` with a minus turns its usual direction round."""

    group: str = ""
    sort: str = ""
    columns: tuple[str, ...] = USUAL_COLUMNS
    width: str = ""

    @classmethod
    def read(cls, query: QueryDict | Mapping[str, Any]) -> "Display":
        group, sort = str(query.get("group", "")), str(query.get("sort", ""))
        named = str(query.get("cols", "")).split(",") if "cols" in query else USUAL_COLUMNS
        width = str(query.get("width", ""))
        return cls(
            group if group in GROUPINGS else "",
            sort if sort.removeprefix("-") in SORTS else "",
            tuple(column for column in COLUMNS if column in named),
            width if width in WIDTHS else "",
        )

    @classmethod
    def kept(cls, display: Mapping[str, Any]) -> "Display":
        """What a person has kept; whatever stands there, the page is drawn."""
        values = display.get(PAGE)
        return cls.read(values if isinstance(values, dict) else {})

    @property
    def values(self) -> dict[str, str]:
        """What differs from the usual, for the address and for keeping."""
        is_usual = self.columns == USUAL_COLUMNS
        cols = "" if is_usual else ",".join(self.columns) or NO_COLUMNS
        return {
            name: value
            for name, value in {"group": self.group, "sort": self.sort, "cols": cols, "width": self.width}.items()
            if value
        }

    @property
    def address(self) -> str:
        """What makes a link show the same list; the preview's width is no part of it."""
        return urlencode({name: value for name, value in self.values.items() if name != "width"})

    def order(self, usual: str) -> tuple[str, bool]:
        """The name of the order, and whether it runs downwards."""
        chosen = self.sort or usual
        name = chosen.removeprefix("-")
        return name, (name in NEWEST_FIRST) != chosen.startswith("-")

    def grouping(self, usual: str) -> str:
        name, is_descending = self.order(usual)
        return self.group or ("due" if name == "due" and not is_descending else "none")
