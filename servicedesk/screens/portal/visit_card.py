"""The card about a visit: who comes and when, or since when he is there. Plain values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from inspections import manners
from servicedesk import wording
from servicedesk.screens.portal import coming


@dataclass(frozen=True)
class VisitCard:
    """What is known of it. `is_on_the_way` or `since`: he may be called about it now."""

    title: str
    time: str
    left: str
    since: str
    engineer: str
    phone: str
    is_on_the_way: bool

    @property
    def is_under_way(self) -> bool:
        return self.is_on_the_way or bool(self.since)

    @property
    def phone_address(self) -> str:
        return "tel:" + self.phone.replace(" ", "")


def of(who: coming.Coming, now: datetime, zone: tzinfo, manner: str = manners.ON_SITE) -> VisitCard | None:
    if who == coming.NOBODY:
        return None
    return VisitCard(
        title=_title(who.at or who.left_at or who.here_at or now, now, zone, manners.AFAR.get(manner)),
        time=wording.time_of_day(who.at, zone) if who.at else "",
        left=wording.moment(who.left_at, now, zone) if who.left_at else "",
        since=wording.moment(who.here_at, now, zone) if who.here_at else "",
        engineer=who.name,
        phone=who.phone,
        is_on_the_way=who.left_at is not None,
    )


def _title(at: datetime, now: datetime, zone: tzinfo, afar: Mapping[str, LazyText] | None) -> str:
    days = (at.astimezone(zone).date() - now.astimezone(zone).date()).days
    if afar is not None:
        day = {"day": wording.date(at, zone)}
        return str(afar[{0: "today", 1: "tomorrow"}.get(days, "on_day")]) % day
    if days == 0:
        return _("Visit today")
    return _("Visit tomorrow") if days == 1 else _("Visit on %(day)s") % {"day": wording.date(at, zone)}
