"""What pages show of papers: a small chart of one reading as inline SVG, the rows of a table. Works nothing out."""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from typing import Any

from django import template

from inspections.paper import Chart

register = template.Library()
WIDE, HIGH = 300.0, 110.0


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


def _x(share: float) -> str:
    return f"{share * WIDE:.1f}"


def _y(share: float) -> str:
    return f"{(1 - share) * HIGH:.1f}"
