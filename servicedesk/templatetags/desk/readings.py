"""What pages show of papers: a small chart of one reading as inline SVG, the rows of a table. Works nothing out."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from django import template

from inspections.paper import Chart

register = template.Library()
WIDE, HIGH = 300.0, 110.0
SHORT, MANY = 12, 4


@register.inclusion_tag("screens/readings/chart.html")
def reading_chart(chart: Chart | Mapping[str, Any], large: bool = False) -> dict[str, Any]:
    """`chart`: as it was drawn, or as a paper keeps it. `large`: with the value at every dot."""
    found: Any = asdict(chart) if is_dataclass(chart) else chart
    dots = [dot | {"cx": _x(dot["x"]), "cy": _y(dot["y"]), "at_start": dot["x"] < 0.5} for dot in found["dots"]]
    limits = [{"y": _y(one["y"]), "label": one["label"]} for one in found["limits"]]
    line = " ".join(f"{dot['cx']},{dot['cy']}" for dot in dots)
    return {"chart": found, "dots": dots, "limits": limits, "line": line, "large": large, "wide": WIDE, "high": HIGH}


@register.filter
def with_moods(block: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """The rows of a table of a paper, each with its mood; a table may have none."""
    rows, moods = list(block.get("rows") or ()), list(block.get("moods") or ())
    return [(row, str(moods[place]) if place < len(moods) else "") for place, row in enumerate(rows)]


@register.filter
def beside(row: Sequence[str], head: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Each cell of a row with its heading, and whether it is one short word that is not broken, such as a number."""
    return [(label, cell, " " not in cell and len(cell) <= SHORT) for label, cell in zip(head, row, strict=False)]


@register.filter
def is_stacked(block: Mapping[str, Any]) -> bool:
    """Whether a phone shows each row of a table as a card: many columns, and none of numbers to be compared."""
    return len(block["head"]) >= MANY and not block.get("right")


def _x(share: float) -> str:
    return f"{share * WIDE:.1f}"


def _y(share: float) -> str:
    return f"{(1 - share) * HIGH:.1f}"
