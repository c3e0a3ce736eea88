"""Filters and tags for times and lengths: how `servicedesk.wording` reaches a template."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from common import languages
from servicedesk import people, wording
from sla import policy_text

register = template.Library()
REFERENCE = re.compile(r"\b[A-Z]{2,}(?:-[A-Z0-9]+)*-\d+\b")
LAST_SPACE = re.compile(r"\s+(?=\S*$)")
SECOND_ZONE = re.compile(r"[(（][^()（）]*\d:\d\d [^()（）]*[)）]")


def current_zone(value: str | tzinfo | None = None) -> tzinfo:
    if isinstance(value, str) and value:
        return ZoneInfo(value)
    return value if isinstance(value, tzinfo) else timezone.get_current_timezone()


@register.simple_tag
def gap() -> str:
    """What stands between two sentences of a paragraph: nothing in Chinese."""
    return policy_text.sentences(["", ""])


@register.simple_tag
def comma() -> str:
    """What stands between two parts of a line, such as a unit and its place: full width in Chinese."""
    return policy_text.clauses(["", ""])


@register.simple_tag
def pause() -> str:
    """What stands between the entries of a list in a sentence."""
    return policy_text.listed(["", ""])


@register.simple_tag
def colon() -> str:
    """What stands between a name and what is said of it."""
    return policy_text.named("", "")


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


@register.filter
def second_zone_whole(words: str) -> SafeString:
    """Of a text that may say a time in two zones: the second one, in its brackets, stays on one line."""
    safe: str = conditional_escape(words)
    return mark_safe(SECOND_ZONE.sub(r'<span class="nowrap">\g<0></span>', safe))  # noqa: S308  escaped above


@register.filter
def references_whole(words: str) -> SafeString:
    """Numbers such as "SD-20413" do not break at their hyphen; what is copied stays as it was."""
    safe: str = conditional_escape(words)
    return mark_safe(REFERENCE.sub(r'<span class="nowrap">\g<0></span>', safe))  # noqa: S308  escaped above


@register.filter
def beginning(words: object, length: int) -> str:
    """As much of a text as has room, cut between two words where its language writes spaces."""
    text = str(words).strip()
    if len(text) <= length:
        return text
    head, *rest = LAST_SPACE.split(text[: length + 1], maxsplit=1)
    whole = head if rest and len(head) > length // 2 else text[:length]
    return f"{whole.rstrip(' ,.;:–-')}…"


@register.simple_tag
def due(at: datetime | None, now: datetime, site_zone: str | tzinfo | None = None) -> str:
    """Both zones where they differ. A `<time>`, so that machines and tooltips have the whole date."""
    if at is None:
        return ""
    words = wording.moment_for_site(at, now, current_zone(), current_zone(site_zone))
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', at.isoformat(), full_moment(at), second_zone_whole(words)
    )


@register.simple_tag
def ago(at: datetime | None, now: datetime) -> str:
    """An age in one unit, which the browser counts on."""
    if at is None:
        return ""
    whole = full_moment(at)
    return format_html('<time datetime="{}" title="{}" data-ago>{}</time>', at.isoformat(), whole, wording.age(at, now))


@register.filter
def own_lang(text: object) -> SafeString | str:
    """A name or place in the language it is written in, where that is not the page's: spoken and drawn as its own."""
    words = str(text or "")
    page = languages.BCP47.get(get_language() or "en", "en")
    spoken = languages.detect(words, otherwise=page)
    return format_html('<span lang="{}">{}</span>', spoken, words) if spoken != page else words


@register.filter
def told(text: object, langs: Mapping[str, str] | None) -> SafeString:
    """The lines of a paper's text, each marked where it is in another language than the paper (`langs`)."""
    found = [(line, (langs or {}).get(line)) for line in str(text or "").split("\n")]
    lines = (format_html('<span lang="{}">{}</span>', spoken, line) if spoken else line for line, spoken in found)
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


@register.filter
def initials(name: str) -> str:
    return people.initials(name)


@register.simple_tag
def browser_words() -> SafeString:
    """The few sentences the script shows, as data."""
    return json_script(
        {
            **wording.patterns(),
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
