"""Who may open a stream, and who may keep it. A constant number of statements however many are asked about at once.

Runs in a thread of its own and gives its database connection back each time: an open stream holds none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connections
from django.utils.crypto import constant_time_compare

from accounts.models import User
from common.whole_numbers import whole_number
from tickets import follow
from tickets.kinds import OPEN_STATES
from tickets.models import Ticket

LISTED = 200


@dataclass(frozen=True)
class Pass:
    """What a browser shows at the door. Staff: a session. A customer: also the number of a case, or that it is his list
    (`is_list`). A guest: his link.
    """

    session: str = ""
    case: int | None = None
    token: str | None = None
    is_list: bool = False


@dataclass(frozen=True)
class Verdict:
    """`who` counts against the limit of streams for one person; `cases` are the tickets that a customer hears of."""

    status: HTTPStatus
    who: str = ""
    user: int = 0
    cases: frozenset[int] | None = None


OUT = Verdict(HTTPStatus.UNAUTHORIZED)
NOWHERE = Verdict(HTTPStatus.NOT_FOUND)
FORBIDDEN = Verdict(HTTPStatus.FORBIDDEN)


def check(passes: Collection[Pass], now: datetime) -> dict[Pass, Verdict]:
    try:
        people = _people({one.session for one in passes if one.session}, now)
        return _guests(passes) | _signed_in([one for one in passes if one.token is None], people)
    finally:
        connections.close_all()


def _guests(passes: Collection[Pass]) -> dict[Pass, Verdict]:
    read = {one: follow.read(one.token) for one in passes if one.token is not None}
    pks = {pk for pk in read.values() if pk is not None}
    numbers = dict(Ticket.objects.filter(pk__in=pks).values_list("pk", "number")) if pks else {}
    return {
        one: Verdict(HTTPStatus.OK, who=f"link {pk}", cases=frozenset({numbers[pk]})) if pk in numbers else NOWHERE
        for one, pk in read.items()
    }


def _people(keys: Collection[str], now: datetime) -> dict[str, User]:
    """By session key, as Django's own middleware would find them; without its way of renewing what is old."""
    found = Session.objects.filter(session_key__in=keys, expire_date__gt=now) if keys else []
    sessions = {row.session_key: row.get_decoded() for row in found}
    pks = {str(values.get(SESSION_KEY, "")) for values in sessions.values()}
    numbers = [number for pk in pks if (number := whole_number(pk)) is not None]
    users = {str(user.pk): user for user in User.objects.filter(pk__in=numbers, is_active=True)}
    return {
        key: users[str(values[SESSION_KEY])]
        for key, values in sessions.items()
        if str(values.get(SESSION_KEY, "")) in users and _fits(users[str(values[SESSION_KEY])], values)
    }


def _fits(user: User, session: Mapping[str, Any]) -> bool:
    """A changed password ends sessions."""
    shown = str(session.get(HASH_SESSION_KEY, ""))
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(shown, known) for known in hashes)


def _signed_in(passes: Collection[Pass], people: Mapping[str, User]) -> dict[Pass, Verdict]:
    asked: dict[User, set[int]] = {}
    for one in passes:
        user = people.get(one.session)
        if user is not None and one.case is not None:
            asked.setdefault(user, set()).add(one.case)
    visible = {user.pk: _visible(user, cases) for user, cases in asked.items()}
    readers = {people[one.session] for one in passes if one.is_list and one.session in people}
    listed = {user.pk: _listed(user) for user in readers if not user.is_staff_member}
    return {one: _verdict(one, people.get(one.session), visible, listed) for one in passes}


def _visible(user: User, numbers: Collection[int]) -> set[int]:
    return set(Ticket.objects.visible_to(user).filter(number__in=numbers).values_list("number", flat=True))


def _listed(user: User) -> frozenset[int]:
    """What stands in the list of a customer: all that is open, and what came in last."""
    mine = Ticket.objects.visible_to(user).values_list("number", flat=True)
    latest = mine.order_by("-received_at")[:LISTED]
    opened = mine.filter(state__in=OPEN_STATES).order_by("-received_at")[:LISTED]
    return frozenset(latest).union(opened)


def _verdict(
    one: Pass, user: User | None, visible: Mapping[int, Collection[int]], listed: Mapping[int, frozenset[int]]
) -> Verdict:
    if user is None:
        return OUT
    if one.is_list:
        return Verdict(HTTPStatus.OK, f"user {user.pk}", user.pk, listed[user.pk]) if user.pk in listed else FORBIDDEN
    if one.case is None:
        return Verdict(HTTPStatus.OK, f"user {user.pk}", user.pk) if user.is_staff_member else FORBIDDEN
    if one.case not in visible.get(user.pk, ()):
        return NOWHERE
    return Verdict(HTTPStatus.OK, f"user {user.pk}", user.pk, frozenset({one.case}))


def session_of(cookies: Mapping[str, str]) -> str:
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return key if SessionStore()._validate_session_key(key) else ""  # type: ignore[attr-defined]
