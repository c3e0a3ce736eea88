"""Fields with label, hint and error; the error summary; big choices; pass and fail."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from servicedesk import wording

register = template.Library()
CHOICE_INPUTS = {"radio"}
# Pickers show the browser's language, not the page's: what they hold is repeated in words beside them.
PICKERS = {"date": parse_date, "datetime-local": parse_datetime, "time": parse_time}

MORE = re.compile("[?\uff1f:\uff1a]")  # ends the name in a label such as "Message: the customer reads it"
PHONE = re.compile(r"\+\d[\d ]+\d")


def _unbroken(number: re.Match[str]) -> str:
    """A phone number stays on one line."""
    return number[0].replace(" ", "\N{NO-BREAK SPACE}")


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    hint: str | None = None,
    optional: bool = False,
    heading: bool = False,
    **attrs: str,
) -> dict[str, Any]:
    """Label, hint, errors above the control. Extra arguments become attributes (`autocomplete="tel"`)."""
    hint = str(bound.help_text if hint is None else hint)  # a safe one stays safe
    if not isinstance(hint, SafeString):
        hint = PHONE.sub(_unbroken, str(hint))  # a lazy translation is no text yet
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
        "label": bound.label,
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
    """On top of the page, with a link to each field in error. Some of the pages that share a frame have no form."""
    if not form:
        return {}
    found = [(bound.auto_id, _named(bound, error)) for bound in form for error in bound.errors.as_data()]
    return {"others": form.non_field_errors(), "found": found}


def _named(bound: BoundField, error: ValidationError) -> str:
    """Far from its field, what is said of any field alike says of which; a hidden one has no name for people.

    A field among others of the same label has a `summary_label` of its own: no message could tell them apart.
    """
    said = str(next(iter(error)))
    own = getattr(bound.field, "summary_label", "")
    if bound.is_hidden or not (own or _is_said_of_any(bound, error)):
        return said
    return _("%(label)s: %(error)s") % {"label": MORE.split(str(own or bound.label))[0], "error": said}


def _is_said_of_any(bound: BoundField, error: ValidationError) -> bool:
    """Whether the words are those of a kind of field, and not written for this one: the very same object says so."""
    return any(error.message is words for words in _usual(bound))


def _usual(bound: BoundField) -> Iterator[Any]:
    """What fields and validators of these kinds say; those of the model check once more behind a form of a record."""
    fields: list[Any] = [bound.field]
    options = getattr(bound.form, "_meta", None)
    if options is not None and getattr(options, "model", None):
        fields += [known for known in options.model._meta.get_fields() if known.name == bound.name]
    for one in fields:
        for kind in type(one).__mro__:
            yield from vars(kind).get("default_error_messages", {}).values()
        for validator in getattr(one, "validators", ()):
            yield getattr(type(validator), "message", None)


@register.inclusion_tag("components/choice.html")
def choice(
    name: str, value: str, title: str, more: str = "", promise: str = "", checked: bool = False, id: str = ""
) -> dict[str, Any]:
    return dict(locals())


@register.inclusion_tag("components/pf.html")
def pass_fail(name: str, value: str = "", label: str = "") -> dict[str, Any]:
    """Pass, fail, not applicable: `value` is "pass", "fail", "na" or empty."""
    return {"name": name, "value": value, "label": label}
