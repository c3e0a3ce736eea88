"""The small marks: icon, level badge, avatar, tag, meter, and the clocks in their three shapes."""

from collections.abc import Iterable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from servicedesk import clockface, people, wording
from servicedesk.templatetags.desk.words import current_zone
from sla.wording import reason

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 16) -> SafeString:
    """16 is the size of the drawing; 12, 14, 20 and 24 are the others the design has."""
    sized = "" if size == 16 else f" i-{size}"
    return format_html('<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', sized, name)


@register.inclusion_tag("components/lvl.html")
def lvl(level: Any, large: bool = False, decorative: bool = False) -> dict[str, Any]:
    """`level` has label (1 or 2 characters), rank (1 worst) and name; ranks past 4 are drawn as the mildest weight."""
    rank = getattr(level, "rank", None) or getattr(level, "severity_rank", None) or 4
    return {
        "label": getattr(level, "label", None) or getattr(level, "code", "") or "–",
        "rank": min(max(int(rank), 1), 4),
        "name": getattr(level, "name", ""),
        "large": large,
        "decorative": decorative,
    }


@register.simple_tag
def level(label: str, rank: int, name: str = "") -> SimpleNamespace:
    """A level from its parts: `{% level "B" 2 _("serious limits") as b %}{% lvl b %}`."""
    return SimpleNamespace(label=label, rank=rank, name=name)


@register.inclusion_tag("components/avatar.html")
def avatar(
    name: str = "",
    me: bool = False,
    customer: bool = False,
    large: bool = False,
    act: str = "",
    decorative: bool = False,
) -> dict[str, Any]:
    """No name: the dashed figure of an unassigned ticket. `act`: "viewing" or "writing"."""
    return {
        "name": name,
        "initials": people.initials(name),
        "me": me,
        "customer": customer,
        "large": large,
        "act": act,
        "act_icon": {"viewing": "eye", "writing": "pencil"}.get(act, ""),
        "decorative": decorative,
    }


@register.inclusion_tag("components/tag.html")
def tag(text: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    """`tone`: "", line, met, risk, breach, pause or accent."""
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("components/meter.html")
def meter(value: float, target: float | None = None, label: str = "") -> dict[str, Any]:
    """A bar of `value` percent with a mark at `target`; the number itself stands beside it on the page."""
    return {
        "value": f"{min(max(value, 0), 100):.6g}",
        "target": None if target is None else f"{target:.6g}",
        "label": label,
    }


@register.inclusion_tag("components/clock.html")
def clock_chip(
    clock: clockface.ClockLike | None, now: datetime, long: bool = False, end: bool = False
) -> dict[str, Any]:
    """The chip of one clock; nothing for None ("not promised" is said beside it)."""
    if clock is None:
        return {"face": None}
    return {"face": clockface.face(clock, now, current_zone(), long=long), "end": end, "now": now, "long": long}


@register.inclusion_tag("components/clocks.html")
def clocks_panel(
    rows: Iterable[Any], now: datetime, long: bool = True, site_zone: str = "", why: str = ""
) -> dict[str, Any]:
    """`rows`: label, clock (None: not promised, or what `missing` says), optional detail.

    The next urgent one to end is tinted. With `why`, the address of the ledger, due times lead there.
    """
    drawn = []
    for row in rows:
        clock = _get(row, "clock")
        face = clockface.face(clock, now, current_zone(), long=long) if clock is not None else None
        drawn.append(
            {
                "label": _get(row, "label"),
                "detail": _get(row, "detail"),
                "missing": _get(row, "missing"),
                "clock": clock,
                "why": _get(row, "key") if why and _get(row, "has_ledger") else "",
                "face": face,
                "at": getattr(clock, "stopped_at", None) or getattr(clock, "due_at", None),
            }
        )
    urgent = [row for row in drawn if row["face"] and row["face"].is_urgent and row["clock"].due_at]
    next_up = min(urgent, key=lambda row: row["clock"].due_at, default=None)
    for row in drawn:
        row["is_next"] = row is next_up
    return {"rows": drawn, "now": now, "site_zone": site_zone, "long": long, "why": why}


def _get(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, dict) else getattr(row, name, None)


@register.inclusion_tag("components/ledger.html")
def ledger(stretches: Iterable[Any], due_words: str = "", zone: str = "") -> dict[str, Any]:
    """`stretches`: start, end, kind (counted, closed, paused, over), seconds, why. Sums what was counted."""
    total, rows = 0.0, []
    for stretch in stretches:
        kind, seconds = _get(stretch, "kind"), float(_get(stretch, "seconds") or 0)
        total += seconds if kind == "counted" else 0
        rows.append(
            {
                "period": wording.period(_get(stretch, "start"), _get(stretch, "end"), current_zone(zone)),
                "kind": kind,
                "why": reason(str(_get(stretch, "why") or "")),
                "seconds": seconds,
                "total": total,
            }
        )
    return {"rows": rows, "total": total, "due_words": due_words}
