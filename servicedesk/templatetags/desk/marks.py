"""The small marks: icon, level badge, avatar, tag, meter, and the clocks in their three shapes."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache, lru_cache
from types import SimpleNamespace
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from servicedesk import clockface, people, wording
from servicedesk.templatetags.desk.words import current_zone
from sla.wording import reason

register = template.Library()


@register.simple_tag
@cache  # a page has a hundred of them, out of some dozens
def icon(name: str, size: int = 16) -> SafeString:
    """16 is the size of the drawing; 12, 14, 20 and 24 are the others the design has."""
    sized = "" if size == 16 else f" i-{size}"
    return format_html('<svg class="i{}" aria-hidden="true"><use href="#i-{}"/></svg>', sized, name)


@lru_cache(maxsize=4096)
def _drawn(template: str, language: str | None, facts: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(render_to_string(template, dict(facts)))


def drawn(template: str, **facts: Any) -> SafeString:
    """A mark as its template draws it, remembered for each look and language: a page has a hundred of a few looks."""
    return _drawn(template, get_language(), tuple(facts.items()))


@register.simple_tag
def lvl(level: Any, large: bool = False, decorative: bool = False) -> SafeString:
    """`level` has label (1 or 2 characters), rank (1 worst) and name; ranks past 4 are drawn as the mildest weight."""
    rank = getattr(level, "rank", None) or getattr(level, "severity_rank", None) or 4
    return drawn(
        "components/lvl.html",
        label=str(getattr(level, "label", None) or getattr(level, "code", "") or "–"),
        rank=min(max(int(rank), 1), 4),
        name=str(getattr(level, "name", "")),
        large=bool(large),
        decorative=bool(decorative),
    )


@register.simple_tag
def level(label: str, rank: int, name: str = "") -> SimpleNamespace:
    """A level from its parts: `{% level "B" 2 _("serious limits") as b %}{% lvl b %}`."""
    return SimpleNamespace(label=label, rank=rank, name=name)


@register.simple_tag
def avatar(
    name: str = "",
    me: bool = False,
    customer: bool = False,
    large: bool = False,
    act: str = "",
    decorative: bool = False,
) -> SafeString:
    """No name: the dashed figure of an unassigned ticket. `act`: "viewing" or "writing"."""
    return drawn(
        "components/avatar.html",
        name=str(name or ""),
        initials=people.initials(name or ""),
        me=bool(me),
        customer=bool(customer),
        large=bool(large),
        act=act,
        act_icon={"viewing": "eye", "writing": "pencil"}.get(act, ""),
        decorative=bool(decorative),
    )


@register.inclusion_tag("components/tag.html")
def tag(text: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    """`tone`: "", line, met, risk, breach, pause or accent."""
    return {"text": text, "tone": tone, "icon": icon}


@register.inclusion_tag("components/tags.html")
def tag_list(words: Iterable[str], can_remove: bool = False) -> dict[str, Any]:
    """The words a desk put on a ticket, each with the address of its list; `can_remove`: it stands in a form."""
    return {"words": words, "can_remove": can_remove}


@register.inclusion_tag("components/meter.html")
def meter(value: float, target: float | None = None, label: str = "") -> dict[str, Any]:
    """A bar of `value` percent with a mark at `target`; the number itself stands beside it on the page."""
    return {
        "value": f"{min(max(value, 0), 100):.6g}",
        "target": None if target is None else f"{target:.6g}",
        "label": label,
    }


@register.simple_tag
def clock_chip(clock: clockface.ClockLike | None, now: datetime, long: bool = False, end: bool = False) -> str:
    """The chip of one clock; nothing for None ("not promised" is said beside it). Not a template: a list has fifty."""
    if clock is None:
        return ""
    face = clockface.face(clock, now, current_zone(), long=long)
    pie = format_html('<span class="pie" style="--used:{}"></span>', f"{face.used:.3f}")
    counts = format_html(' data-due="{}"', face.counts_to.isoformat()) if face.counts_to else ""
    return format_html(
        '<span class="{}clock" data-state="{}"{}{}>{}<span class="clock__text">{}</span></span>',
        "clocks__end " if end else "",
        face.state,
        counts,
        mark_safe(" data-long") if counts and long else "",
        icon(face.icon) if face.icon else pie,
        face.text,
    )


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
    total, rows, stretches = 0, [], list(stretches)
    spans = [(_get(each, "start"), _get(each, "end"), _get(each, "kind") == "counted") for each in stretches]
    for stretch, (start, end, counts), seconds in zip(stretches, spans, wording.shown_lengths(spans), strict=True):
        total += seconds if counts else 0
        rows.append(
            {
                "period": wording.period(start, end, current_zone(zone)),
                "kind": _get(stretch, "kind"),
                "why": reason(str(_get(stretch, "why") or "")),
                "seconds": seconds,
                "total": total,
            }
        )
    return {"rows": rows, "total": total, "due_words": due_words}
