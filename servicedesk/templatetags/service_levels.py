"""Words of the dashboard and the policy pages: targets by name, days without a time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo

from django import template
from django.forms import BaseForm
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from servicedesk import wording
from servicedesk.templatetags.desk.words import current_zone
from sla.attainment import NOTHING, Share
from sla.words import target_label

register = template.Library()


@register.filter
def target_name(code: str) -> str:
    return target_label(code)


@register.filter
def share_of(shares: Mapping[str, Share], code: str) -> Share:
    return shares.get(code, NOTHING)


@register.filter
def day_words(day: date) -> str:
    """A calendar day as it stands, in no zone: "Fri 13 Nov 2026"; of an instant the viewer's day."""
    if isinstance(day, datetime):
        return wording.date(day, current_zone())
    return wording.date(datetime.combine(day, time(12), UTC), UTC)


@register.filter
def moment_in(at: datetime, zone: tzinfo) -> str:
    """Day and time in that zone, without reference to now: "Fri 20 Nov 2026 17:50"."""
    return wording.full_moment(at, zone)


@register.simple_tag
def days_words(first: date, last: date, known: date | None = None) -> str:
    """A stretch of days: "1–17 Nov 2026"; without the year where `known`, which stands beside it, has the same."""
    return wording.days(first, last, known)


@register.filter
def month_words(day: date) -> str:
    return wording.month(day)


@register.simple_tag
def hidden_fields(form: BaseForm, names: str, kept: Mapping[str, str]) -> SafeString:
    """What a form does not ask but must keep: some fields of another one, as they were sent, and further parameters."""
    found = {name: form.data.get(name, "") for name in names.split()} | dict(kept)
    pattern = '<input type="hidden" name="{}" value="{}">'
    return format_html_join("", pattern, ((name, value) for name, value in found.items() if value))


STATES = {
    "running": gettext_lazy("running"),
    "paused": gettext_lazy("paused"),
    "met": gettext_lazy("kept"),
    "missed": gettext_lazy("missed"),
    "missed_stopped": gettext_lazy("late"),
    "replaced": gettext_lazy("replaced"),
    "void": gettext_lazy("not needed"),
}


@register.filter
def clock_state(state: str) -> str:
    return str(STATES.get(state, state))
