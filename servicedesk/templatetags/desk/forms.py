"""Fields with label, hint and error; the error summary; big choices; pass and fail."""

from datetime import date, datetime, time
from typing import Any

from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime, parse_time

from servicedesk import wording

register = template.Library()
CHOICE_INPUTS = {"radio"}
# Pickers show the browser's language, not the page's: what they hold is repeated in words beside them.
PICKERS = {"date": parse_date, "datetime-local": parse_datetime, "time": parse_time}


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    hint: str | None = None,
    label: str = "",
    optional: bool = False,
    heading: bool = False,
    **attrs: str,
) -> dict[str, Any]:
    """Label, hint, errors above the control. Extra arguments become attributes (`autocomplete="tel"`)."""
    hint = str(bound.help_text) if hint is None else hint
    kind = getattr(bound.field.widget, "input_type", "") or bound.field.widget.__class__.__name__.lower()
    described = [f"{bound.auto_id}_hint"] if hint else []
    if bound.errors:
        described.append(f"{bound.auto_id}_error")
    if kind in PICKERS:
        described.append(f"{bound.auto_id}_words")
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
        "hint": hint,
        "label": label or bound.label,
        "optional": optional,
        "heading": heading,
        "is_picker": kind in PICKERS,
        "chosen": chosen_words(bound.value(), kind) if kind in PICKERS else "",
    }


def chosen_words(value: Any, kind: str) -> str:
    """ "Wed 25 Nov 2026 11:45"; nothing for what is no moment: that is the form's to say."""
    try:
        known = PICKERS[kind](value) if isinstance(value, str) else value
    except ValueError:
        return ""
    if isinstance(known, datetime) and timezone.is_aware(known):
        known = timezone.localtime(known)
    return wording.chosen(known) if isinstance(known, date | time) else ""


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
