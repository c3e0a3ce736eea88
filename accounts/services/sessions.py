"""Where somebody is signed in: noted at most every five minutes, listed for himself, ended one by one or all.

A session is Django's row; ours says what it is. One whose password has changed since is over, whatever its row says.
"""

from datetime import datetime, timedelta

from django.contrib.admin.models import CHANGE
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import SignIn, User
from accounts.policies import TABLE, require
from accounts.services import records
from common.errors import NotVisible

NOTED_EVERY = timedelta(minutes=5)


def note_session(*, user: User, session_key: str, address: str, device: str, now: datetime) -> None:
    """Two requests at the same moment write one row."""
    found = {"user": user, "address": address[:64], "device": device[:300], "seen_at": now}
    SignIn.objects.update_or_create(
        session_key=session_key, defaults=found, create_defaults={**found, "created_at": now}
    )


def sessions_of(user: User, now: datetime) -> list[SignIn]:
    """The one used last first."""
    rows = list(SignIn.objects.filter(user=user))
    keys = [row.session_key for row in rows]
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    alive = {session.session_key for session in sessions if _is_good(session, user)}
    return [row for row in rows if row.session_key in alive]


def _is_good(session: Session, user: User) -> bool:
    said = session.get_decoded()
    same = constant_time_compare(str(said.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    return same and str(said.get("_auth_user_id")) == str(user.pk)


def end_session(*, pk: int, by: Actor) -> None:
    """One of one's own. Raises NotVisible for somebody else's; ending twice is ending."""
    row = SignIn.objects.filter(pk=pk, user=by.user).first() if by.user is not None else None
    if row is None:
        raise NotVisible(_("There is no such sign-in."))
    _end([row.session_key])


def end_sessions(*, user: User, by: Actor, but: str = "") -> None:
    """All of a person, without the one he is using."""
    if by.user is None or by.user.pk != user.pk:
        require(by, "account.manage_people", TABLE)
        records.note(row=user, by=by, flag=CHANGE, what="sessions_ended")
    keys = SignIn.objects.filter(user=user).exclude(session_key=but)
    _end(list(keys.values_list("session_key", flat=True)))


def _end(keys: list[str]) -> None:
    with transaction.atomic():
        Session.objects.filter(session_key__in=keys).delete()
        SignIn.objects.filter(session_key__in=keys).delete()


def forget_sessions() -> int:
    """Those whose session is gone. Returns how many."""
    gone, _detail = SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone
