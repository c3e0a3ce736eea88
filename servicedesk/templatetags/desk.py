"""Template tags of the design system: one tag per component, each drawing its partial in templates/components/.

Generic only: no tag reads the database or the clock; `now` comes from the view. Block tags carry page content:
`{% banner kind="warn" title=... %}...{% endbanner %}`; `{% slot as name %}...{% endslot %}` keeps markup for an argument.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from servicedesk import clockface, people, wording

register = template.Library()
UNDO = "undo:"
CHOICE_INPUTS = {"radio"}


# --- words: times and lengths -----------------------------------------------------------------------------------------
def _zone(value: str | tzinfo | None = None) -> tzinfo:
    if isinstance(value, str) and value:
        return ZoneInfo(value)
    return value if isinstance(value, tzinfo) else timezone.get_current_timezone()


@register.filter
def duration(length: timedelta | float | None) -> str:
    return "" if length is None else wording.duration(length)


@register.filter
def working_duration(length: timedelta | float | None) -> str:
    """Counted time is never turned into days: "40h"."""
    return "" if length is None else wording.duration(length, days=False)


@register.filter
def counted(length: timedelta | float | None) -> str:
    return "" if length is None else wording.counted(length)


@register.filter
def age(since: datetime | None, now: datetime) -> str:
    return "" if since is None else wording.age(since, now)


@register.filter
def moment(at: datetime | None, now: datetime) -> str:
    """`{{ clock.due_at|moment:now }}`: "today 14:35", in the viewer's zone."""
    return "" if at is None else wording.moment(at, now, _zone())


@register.filter
def full_moment(at: datetime | None) -> str:
    return "" if at is None else wording.full_moment(at, _zone())


@register.filter
def day(at: datetime | None, now: datetime) -> str:
    return "" if at is None else wording.day(at, now, _zone())


@register.filter
def day_name(at: datetime | None) -> str:
    return "" if at is None else wording.date(at, _zone())


@register.filter
def clock_time(at: datetime | None) -> str:
    return "" if at is None else wording.time_of_day(at, _zone())


@register.simple_tag
def due(at: datetime | None, now: datetime, site_zone: str | tzinfo | None = None) -> str:
    """Both zones where they differ. A `<time>`, so that machines and tooltips have the whole date."""
    if at is None:
        return ""
    words = wording.moment_for_site(at, now, _zone(), _zone(site_zone))
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full_moment(at), words)


@register.simple_tag
def ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    whole = full_moment(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), whole, wording.age(at, now))


@register.filter
def initials(name: str) -> str:
    return people.initials(name)


# --- small marks ------------------------------------------------------------------------------------------------------
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


# --- clocks -----------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/clock.html")
def clock_chip(
    clock: clockface.ClockLike | None, now: datetime, long: bool = False, end: bool = False
) -> dict[str, Any]:
    """The chip of one clock; nothing for None ("not promised" is said beside it)."""
    if clock is None:
        return {"face": None}
    return {"face": clockface.face(clock, now, _zone(), long=long), "end": end, "now": now, "long": long}


@register.inclusion_tag("components/clocks.html")
def clocks_panel(rows: Iterable[Any], now: datetime, long: bool = True, site_zone: str = "") -> dict[str, Any]:
    """`rows`: label, clock (None: not promised), optional detail. The next urgent one to end is tinted."""
    drawn = []
    for row in rows:
        clock = _get(row, "clock")
        face = clockface.face(clock, now, _zone(), long=long) if clock is not None else None
        drawn.append({"label": _get(row, "label"), "detail": _get(row, "detail"), "clock": clock, "face": face})
    urgent = [row for row in drawn if row["face"] and row["face"].is_urgent and row["clock"].due_at]
    next_up = min(urgent, key=lambda row: row["clock"].due_at, default=None)
    for row in drawn:
        row["is_next"] = row is next_up
    return {"rows": drawn, "now": now, "site_zone": site_zone, "long": long}


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
                "period": wording.period(_get(stretch, "start"), _get(stretch, "end"), _zone(zone)),
                "kind": kind,
                "why": _get(stretch, "why") or "",
                "seconds": seconds,
                "total": total,
            }
        )
    return {"rows": rows, "total": total, "due_words": due_words}


# --- forms ------------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, hint: str = "", optional: bool = False, heading: bool = False, **attrs: str
) -> dict[str, Any]:
    """Label, hint, errors above the control. Extra arguments become attributes (`autocomplete="tel"`)."""
    kind = getattr(bound.field.widget, "input_type", "") or bound.field.widget.__class__.__name__.lower()
    described = [f"{bound.auto_id}_hint"] if (hint or bound.help_text) else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    own: dict[str, Any] = {name.replace("_", "-"): value for name, value in attrs.items()}
    if kind not in {"radio", "checkbox", "file"}:
        own["class"] = " ".join(filter(None, [bound.field.widget.attrs.get("class", ""), "input"]))
    if described:
        own["aria-describedby"] = " ".join(described)
    if bound.errors:
        own["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind,
        "control": "" if kind in CHOICE_INPUTS else bound.as_widget(attrs=own),
        "hint": hint or bound.help_text,
        "optional": optional,
        "heading": heading,
    }


@register.inclusion_tag("components/errsum.html")
def error_summary(form: Any) -> dict[str, Any]:
    """On top of the page, with a link to each field in error."""
    return {"form": form}


@register.inclusion_tag("components/choice.html")
def choice(
    name: str, value: str, title: str, more: str = "", promise: str = "", checked: bool = False, id: str = ""
) -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/pf.html")
def pass_fail(name: str, value: str = "", label: str = "") -> dict[str, Any]:
    """Pass, fail, not applicable: `value` is "pass", "fail", "na" or empty."""
    return {"name": name, "value": value, "label": label}


# --- blocks: components that carry page content -----------------------------------------------------------------------
def _block(partial: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{partial}.html", {"content": mark_safe(content.strip()), **context})  # noqa: S308


@register.simple_block_tag
def slot(content: str) -> SafeString:
    """Keeps rendered markup for an argument: `{% slot as acts %}<button ...>{% endslot %}`."""
    return mark_safe(content)  # noqa: S308  rendered by this very template


@register.simple_block_tag
def banner(
    content: str, kind: str = "", title: str = "", icon: str = "info", acts: str = "", role: str = "", id: str = ""
) -> SafeString:
    """`kind`: "" (note), ok, warn, conflict, error or pause."""
    return _block("banner", content, kind=kind, title=title, icon=icon, acts=acts, role=role, id=id)


@register.simple_block_tag
def card(content: str, title: str = "", text: str = "", css: str = "", end: str = "", level: int = 2) -> SafeString:
    return _block("card", content, title=title, text=text, css=css, end=end, level=level)


@register.simple_block_tag
def fold(content: str, title: str = "", icon: str = "", mark: str = "", open: bool = True, id: str = "") -> SafeString:
    """A panel section that folds; `mark` is markup before the title (a level badge), `icon` its plain form."""
    return _block("fold", content, title=title, icon=icon, mark=mark, open=open, id=id)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, acts: str = "", is_open: bool = False) -> SafeString:
    """A `<dialog>` that a `data-dialog="id"` control opens; its page of the same address works without script."""
    return _block("dialog", content, id=id, title=title, acts=acts, is_open=is_open)


@register.simple_block_tag
def data_table(content: str, label: str, caption: str = "", css: str = "") -> SafeString:
    """thead and tbody inside; the wrapper scrolls sideways, takes focus and has a name."""
    return _block("data_table", content, label=label, caption=caption, css=css)


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """What is true as title; what comes next and one action inside."""
    return _block("empty", content, title=title)


@register.simple_block_tag
def bulk(content: str, count: int, label: str = "") -> SafeString:
    return _block("bulk", content, count=count, label=label)


@register.simple_block_tag
def message_entry(
    content: str,
    author: str,
    at: datetime,
    via: str = "",
    us: bool = False,
    note: bool = False,
    me: bool = False,
    files: str = "",
    lang: str = "",
    id: str = "",
) -> SafeString:
    """A message of the conversation; `us`: from the desk, `note`: internal, on paper."""
    context = dict(locals())
    context.pop("content")
    return _block("message", content, **context)


@register.simple_block_tag
def event_entry(content: str, at: datetime, icon: str = "info", tone: str = "", id: str = "") -> SafeString:
    """One line of what happened; `tone`: "", risk, pause or met."""
    return _block("event", content, at=at, icon=icon, tone=tone, id=id)


@register.inclusion_tag("components/day.html")
def day_entry(words: str, is_new: bool = False) -> dict[str, Any]:
    return {"words": words, "is_new": is_new}


@register.inclusion_tag("components/composer.html", takes_context=True)
def composer(
    context: Any,
    address: str,
    readers: str = "",
    kind: str = "reply",
    text: str = "",
    draft_key: str = "",
    error: str = "",
    saved: str = "",
    version: str = "",
    files: bool = True,
) -> dict[str, Any]:
    """Posts kind ("reply" or "note") and body; nothing typed is lost: `text` is what came back with an error."""
    return {
        "address": address,
        "readers": readers,
        "kind": kind,
        "text": text,
        "draft_key": draft_key,
        "error": error,
        "saved": saved,
        "version": version,
        "files": files,
        "csrf_token": context.get("csrf_token"),
    }


# --- small bars -------------------------------------------------------------------------------------------------------
@register.inclusion_tag("components/toast.html", takes_context=True)
def toast(context: Any, text: str, undo_url: str = "") -> dict[str, Any]:
    return {"text": text, "undo_url": undo_url, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/newpill.html")
def new_pill(text: str, address: str = "") -> dict[str, Any]:
    return {"text": text, "address": address}


@register.inclusion_tag("components/chip.html")
def filter_chip(name: str, value: str, remove_address: str) -> dict[str, Any]:
    return {"name": name, "value": value, "remove_address": remove_address}


@register.inclusion_tag("components/journey.html")
def journey(steps: Iterable[Any], vertical: bool = False) -> dict[str, Any]:
    """`steps`: label, detail, state ("done", "now" or "")."""
    return {"steps": steps, "vertical": vertical}


@register.inclusion_tag("components/steps.html")
def steps(number: int, of: int, words: str = "") -> dict[str, Any]:
    return {"marks": range(1, of + 1), "number": number, "of": of, "words": words}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Any, query: str = "") -> dict[str, Any]:
    """`page`: a paginator's page, or anything with previous_address and next_address; `query` keeps the filters."""
    return {"page": page, "query": query}


# --- messages framework -----------------------------------------------------------------------------------------------
@register.filter
def toast_messages(messages: Iterable[Message] | None) -> list[Message]:
    return [message for message in messages or [] if message.level < constants.WARNING]


@register.filter
def banner_messages(messages: Iterable[Message] | None) -> list[Message]:
    return [message for message in messages or [] if message.level >= constants.WARNING]


@register.filter
def undo_address(extra_tags: str | None) -> str:
    """`messages.success(request, text, extra_tags="undo:/address/")` gives the toast its button."""
    tags = extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""
