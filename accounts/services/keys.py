"""Profiles, API keys and kept answers. A key's text exists once, in the answer to who made it."""

import base64
import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.contrib.admin.models import CHANGE
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import ApiKey, IdempotentAnswer, User
from accounts.policies import TABLE, require
from accounts.services import records
from common.errors import Forbidden, Invalid, NotVisible

MARK = "sd_"
RANDOM_BYTES = 32
PREFIX_LENGTH = 10
USE_IS_NOTED_EVERY = timedelta(minutes=1)
ANSWERS_ARE_KEPT = timedelta(hours=24)


def digest_of(text: str) -> str:
    """What is stored of a key. 256 random bits need no slow hash: there is nothing to guess."""
    return hashlib.sha256(text.encode()).hexdigest()


def create_key(
    *,
    user: User,
    name: str,
    by: Actor,
    now: datetime,
    scopes: Collection[str] = tuple(ApiKey.Scope.values),
    expires_at: datetime | None = None,
) -> tuple[ApiKey, str]:
    """A new key and its text. A key that makes a key cannot make a stronger or a longer one."""
    require(by, "account.use_keys", TABLE)
    if by.user is not None and by.user != user:
        require(by, "account.manage_people", TABLE)
    _check(name, scopes, expires_at, now)
    if by.key is not None:
        _check_not_stronger(by.key, scopes, expires_at)
    text = MARK + base64.urlsafe_b64encode(secrets.token_bytes(RANDOM_BYTES)).decode().rstrip("=")
    key = ApiKey.objects.create(
        user=user,
        name=name.strip(),
        prefix=text[:PREFIX_LENGTH],
        digest=digest_of(text),
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    return key, text


def _check(name: str, scopes: Collection[str], expires_at: datetime | None, now: datetime) -> None:
    if not name.strip():
        raise Invalid.field("name", _("Say what the key is for."))
    if not scopes or not set(scopes) <= set(ApiKey.Scope.values):
        raise Invalid.field("scopes", _("Choose read, write, or both."))
    if expires_at is not None and expires_at <= now:
        raise Invalid.field("expires_at", _("This time is over already."))


def _check_not_stronger(key: ApiKey, scopes: Collection[str], expires_at: datetime | None) -> None:
    lives_longer = key.expires_at is not None and (expires_at is None or expires_at > key.expires_at)
    if lives_longer or not set(scopes) <= set(key.scopes):
        raise Forbidden(_("A key cannot make a key that may do more, or lives longer, than itself."))


def revoke_key(*, key: ApiKey, by: Actor, now: datetime) -> None:
    """For good; the row stays, because the log names it. Revoking twice is revoking."""
    if by.user is not None and by.user.pk != key.user_id:
        require(by, "account.manage_people", TABLE)
    ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now)


def revoke_own_key(*, pk: int, by: Actor, now: datetime) -> None:
    """Raises NotVisible for somebody else's key."""
    key = ApiKey.objects.filter(pk=pk, user=by.user).first()
    if key is None:
        raise NotVisible(_("There is no such key."))
    revoke_key(key=key, by=by, now=now)


def revoke_keys_of(*, user: User, by: Actor, now: datetime) -> int:
    """All that still work; how many those were."""
    require(by, "account.manage_people", TABLE)
    revoked = ApiKey.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)
    if revoked:
        records.note(row=user, by=by, flag=CHANGE, what="keys_revoked")
    return revoked


PROFILE = frozenset({"name", "phone", "language", "zone", "theme", "density", "keys"})


def edit_profile(*, user: User, by: Actor, fields: Sequence[str]) -> None:
    """Saves what a person may set about himself; `user` carries the new values. Never the role or the address."""
    if by.user is None or by.user.pk != user.pk:
        require(by, "account.manage_people", TABLE)
    user.save(update_fields=[name for name in fields if name in PROFILE])


def note_use(*, key: ApiKey, now: datetime) -> None:
    """At most one write a minute, however busy the key is; two at the same moment write once."""
    if key.last_used_at is not None and now - key.last_used_at < USE_IS_NOTED_EVERY:
        return
    stale = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)


def forget_answers(*, now: datetime) -> int:
    """Removes answers kept for longer than promised. Returns how many."""
    gone, _detail = IdempotentAnswer.objects.filter(created_at__lt=now - ANSWERS_ARE_KEPT).delete()
    return gone
