"""Words of the dashboard and the policy pages: targets by name, days without a time."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from django import template

from servicedesk import wording
from sla.attainment import NOTHING, Share
from sla.wording import target_label

register = template.Library()


@register.filter
def target_name(code: str) -> str:
    return target_label(code)


@register.filter
def share_of(shares: Mapping[str, Share], code: str) -> Share:
    return shares.get(code, NOTHING)


@register.filter
def day_words(day: date) -> str:
    """A calendar day as it stands, in no zone: "Fri 13 Nov 2026"."""
    return wording.date(datetime.combine(day, time(12), UTC), UTC)
