"""The secret addresses of calendars: made, renewed, given up by their owners alone."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import require
from accounts.roles import Role
from common.errors import Forbidden
from common.whole_numbers import COUNT_DIGITS, whole_number
from inspections.models import CalendarFeed
from inspections.policies import TABLE

ACTION = "inspection.subscribe"
LENGTH = 40


def token_of(feed: CalendarFeed) -> str:
    return f"{feed.pk}-{_secret(feed)}"


def _secret(feed: CalendarFeed) -> str:
    value = f"{feed.pk}:{feed.user_id}:{feed.generation}"
    return salted_hmac("inspections.feed", value, algorithm="sha256").hexdigest()[:LENGTH]


def feed_of(token: str) -> CalendarFeed | None:
    """The subscription that this address opens, while its owner may sign in."""
    number, _mark, secret = token.partition("-")
    pk = whole_number(number, digits=COUNT_DIGITS)
    rows = CalendarFeed.objects.select_related("user").filter(is_active=True, user__is_active=True)
    feed = rows.filter(pk=pk).first() if pk is not None else None
    return feed if feed is not None and constant_time_compare(secret, _secret(feed)) else None


@transaction.atomic
def subscribe(*, by: Actor, now: datetime, shows_all: bool | None = None, renew: bool = False) -> CalendarFeed:
    """Makes one's address, or with `renew` another one in its place. An engineer begins with his own visits."""
    user = _owner(by)
    begins_with_all = user.role != Role.ENGINEER
    feed, is_new = CalendarFeed.objects.select_for_update().get_or_create(
        user=user, defaults={"made_at": now, "shows_all": begins_with_all if shows_all is None else shows_all}
    )
    if not is_new:
        if renew or not feed.is_active:
            feed.generation, feed.made_at = feed.generation + 1, now
        feed.is_active = True
        feed.shows_all = feed.shows_all if shows_all is None else shows_all
        feed.save()
    return feed


@transaction.atomic
def unsubscribe(*, by: Actor) -> None:
    """The address is gone at once."""
    for feed in CalendarFeed.objects.select_for_update().filter(user=_owner(by)):
        feed.is_active, feed.generation = False, feed.generation + 1
        feed.save(update_fields=["is_active", "generation"])


def _owner(by: Actor) -> User:
    require(by, ACTION, TABLE)
    if by.user is None:
        raise Forbidden(_("Sign in to subscribe."))
    return by.user
