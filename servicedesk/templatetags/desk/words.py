"""Filters and tags for times and lengths: how `servicedesk.wording` reaches a template."""

from dataclasses import asdict
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from common import languages
from servicedesk import people, wording

register = template.Library()


def current_zone(value: str | tzinfo | None = None) -> tzinfo:
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
    return "" if at is None else wording.moment(at, now, current_zone())


@register.filter
def full_moment(at: datetime | None) -> str:
    return "" if at is None else wording.full_moment(at, current_zone())


@register.filter
def zone_name(at: datetime | None) -> str:
    """Whose time it is, for mails and anything that leaves the page: "HKT", "ICT", "UTC+8"."""
    return "" if at is None else wording.zone_name(at, current_zone())


@register.filter
def day(at: datetime | None, now: datetime) -> str:
    return "" if at is None else wording.day(at, now, current_zone())


@register.filter
def day_name(at: datetime | None) -> str:
    return "" if at is None else wording.date(at, current_zone())


@register.filter
def clock_time(at: datetime | None) -> str:
    return "" if at is None else wording.time_of_day(at, current_zone())


@register.filter
def clock_time_in(at: datetime | None, zone: str | tzinfo) -> str:
    return "" if at is None else wording.time_of_day(at, current_zone(zone))


@register.simple_tag
def zone_city(zone: str | tzinfo | None = None) -> str:
    """Whose time the page or mail shows, to be said once: "Shanghai"."""
    return wording.city(current_zone(zone))


@register.simple_tag
def due(at: datetime | None, now: datetime, site_zone: str | tzinfo | None = None) -> str:
    """Both zones where they differ. A `<time>`, so that machines and tooltips have the whole date."""
    if at is None:
        return ""
    words = wording.moment_for_site(at, now, current_zone(), current_zone(site_zone))
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full_moment(at), words)


@register.simple_tag
def ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return ""
    whole = full_moment(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), whole, wording.age(at, now))


@register.filter
def own_lang(text: object) -> SafeString | str:
    """A name or place in the language it is written in, where that is not the page's: spoken and drawn as its own."""
    words = str(text or "")
    page = languages.BCP47.get(get_language() or "en", "en")
    spoken = languages.detect(words, otherwise=page)
    return format_html('<span lang="{}">{}</span>', spoken, words) if spoken != page else words


@register.filter
def initials(name: str) -> str:
    return people.initials(name)


@register.simple_tag
def browser_words() -> SafeString:
    """The few sentences the script shows, as data."""
    return json_script(
        wording.patterns()
        | {
            "left": gettext("%(time)s left"),
            "over": gettext("%(time)s over"),
            "copied": gettext("Copied"),
            "draft_device": gettext("Saved on this device"),
            "sending": gettext("Sending in %(n)d s"),
            "draft_restored": gettext("Draft restored"),
            "dates": asdict(wording.date_format()),
        },
        "desk-words",
    )
