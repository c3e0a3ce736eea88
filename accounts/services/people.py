"""People: invited, changed, closed and opened again; the first administrator of an empty desk.

Somebody who leaves is made inactive, never deleted: the log names him for ever.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.contrib.admin.models import CHANGE
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import ApiKey, User
from accounts.policies import TABLE, require
from accounts.roles import Role
from accounts.services import records
from accounts.services.records import Saved
from common.errors import Illegal, Invalid

INVITATION = "account/email/invitation"


def is_new_desk() -> bool:
    """Nobody at all has an account, active or not."""
    return not User.objects.exists()


def create_first(*, values: Mapping[str, Any], password: str, by: Actor) -> User:
    """The first administrator. Whoever proves that he runs the desk may; of two at once one gets it. Raises Illegal."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")
        if not by.is_system or not is_new_desk():
            raise Illegal(_("This desk has an administrator already. Sign in, or ask for an account."))
        user = User(role=Role.ADMINISTRATOR, is_superuser=True)
        user.set_password(password)
        records.save(row=user, values=_lower(values), by=by)
        records.note(row=user, by=Actor(user=user), flag=CHANGE, what="first_administrator")
    return user


def invite(*, values: Mapping[str, Any], by: Actor) -> User:
    """A new person without a password: he chooses it by the link he is sent."""
    require(by, "account.manage_people", TABLE)
    user = User()
    user.set_unusable_password()
    with transaction.atomic():
        records.save(row=user, values=_lower(values), by=by)
        _keep_customers_out_of_teams(user)
    return user


def edit_person(*, user: User, values: Mapping[str, Any], by: Actor, seen: Mapping[str, Any] | None = None) -> Saved:
    """Raises Illegal for one's own role, and for the role of the last administrator; Invalid for a customer's teams."""
    require(by, "account.manage_people", TABLE)
    with transaction.atomic():
        role = values.get("role", user.role)
        if role != Role.ADMINISTRATOR:
            _keep_an_administrator(user, by, _("You cannot take the role of an administrator from yourself."))
        saved = records.save(row=user, values=_lower(values), by=by, seen=seen)
        if {"role", "teams"} & values.keys():
            _keep_customers_out_of_teams(saved.row)
        return saved


def deactivate(*, user: User, by: Actor, now: datetime) -> None:
    """Sessions, links and keys end at once and for good: back again means a new password and new keys."""
    require(by, "account.manage_people", TABLE)
    with transaction.atomic():
        _keep_an_administrator(user, by, _("You cannot close your own account. Another administrator can."))
        row = records.lock(user)
        if not row.is_active:
            return
        row.is_active = False
        row.set_unusable_password()
        row.save(update_fields=["is_active", "password"])
        ApiKey.objects.filter(user=row, revoked_at__isnull=True).update(revoked_at=now)
        records.note(row=row, by=by, flag=CHANGE, what="deactivated")


def reactivate(*, user: User, by: Actor) -> None:
    require(by, "account.manage_people", TABLE)
    with transaction.atomic():
        row = records.lock(user)
        if not row.is_active:
            row.is_active = True
            row.save(update_fields=["is_active"])
            records.note(row=row, by=by, flag=CHANGE, what="reactivated")


def password_path(user: User) -> str:
    """Where the person chooses a password. Good once, and until the time for links is over."""
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    arguments = {"uidb36": user_pk_to_url_str(user), "key": token}
    return reverse("account_reset_password_from_key", kwargs=arguments)


def send_password_link(*, user: User, by: Actor) -> None:
    """By mail, and in his history."""
    note_password_link(user=user, by=by, is_shown=False)
    get_adapter().send_mail(INVITATION, user.email, {"user": user})


def note_password_link(*, user: User, by: Actor, is_shown: bool) -> None:
    """Who sent or saw a link that opens somebody's account stands in his history."""
    require(by, "account.manage_people", TABLE)
    if not user.is_active:
        raise Illegal(_("The account is closed. Open it again first."))
    records.note(row=user, by=by, flag=CHANGE, what="link_shown" if is_shown else "link_sent")


def _lower(values: Mapping[str, Any]) -> dict[str, Any]:
    email = values.get("email")
    if email is None:
        return dict(values)
    if "\0" in email:
        raise Invalid.field("email", _("Enter a valid e-mail address."))
    return {**values, "email": email.lower()}


def _keep_customers_out_of_teams(user: User) -> None:
    """Teams share out the work of the staff, and their members see it."""
    if user.role == Role.CUSTOMER and user.teams.exists():
        raise Invalid.field("teams", _("A customer is in no team."))


def _keep_an_administrator(user: User, by: Actor, own: str) -> None:
    """Locks the administrators, so that two cannot remove each other at the same moment."""
    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    keys = set(administrators.select_for_update().values_list("pk", flat=True))
    if user.pk not in keys:
        return
    if by.user is not None and by.user.pk == user.pk:
        raise Illegal(own)
    if keys == {user.pk}:
        raise Illegal(_("This is the last administrator. Make somebody else an administrator first."))
