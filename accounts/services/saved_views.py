"""Saved views of the queue, and how somebody wants his lists drawn. What a query means is for the page to know."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import SavedView, Team, User
from accounts.policies import TABLE, require
from common.errors import Invalid, NotVisible

MOST = 20  # of one owner, of one team: each is counted on every page of the list
LONGEST_QUERY = 500


def save_view(
    *, name: str, query: str, by: Actor, now: datetime, is_shared: bool = False, team: Team | None = None
) -> SavedView:
    """One's own view; `is_shared`: the team's, or without a team the whole desk's."""
    require(by, "account.share_views" if is_shared else "account.keep_views", TABLE)
    if team is not None and not is_shared:
        raise Invalid.field("team", _("A view of your own belongs to no team."))
    _check(name, query)
    owner = None if is_shared else by.user
    if SavedView.objects.filter(owner=owner, team=team, deleted_at=None).count() >= MOST:
        raise Invalid.field("name", _("There are %(most)d views already. Delete one first.") % {"most": MOST})
    return SavedView.objects.create(
        name=name.strip(), query=query, owner=owner, team=team, created_by=by.user, created_at=now
    )


def change_view(*, view: SavedView, by: Actor, name: str | None = None, query: str | None = None) -> SavedView:
    """Another name, another filter, or both."""
    _check_may(view, by)
    view.name = view.name if name is None else name.strip()
    view.query = view.query if query is None else query
    _check(view.name, view.query)
    view.save(update_fields=["name", "query"])
    return view


def delete_view(*, view: SavedView, by: Actor, now: datetime) -> None:
    """The row stays for a while, so that it can come back. Deleting twice is deleting."""
    _check_may(view, by)
    SavedView.objects.filter(pk=view.pk, deleted_at=None).update(deleted_at=now)


def restore_view(*, view: SavedView, by: Actor) -> None:
    _check_may(view, by)
    SavedView.objects.filter(pk=view.pk).update(deleted_at=None)


def keep_display(*, user: User, page: str, values: Mapping[str, Any], by: Actor) -> None:
    """How this person wants this page drawn; replaces what was kept for the page."""
    if by.user is None or by.user.pk != user.pk:
        require(by, "account.manage_people", TABLE)
    user.display = {**user.display, page: dict(values)}
    user.save(update_fields=["display"])


def _check(name: str, query: str) -> None:
    if not name.strip():
        raise Invalid.field("name", _("Enter a name for the view."))
    if len(name.strip()) > SavedView.LONGEST_NAME:
        raise Invalid.field("name", _("Use at most %(most)d characters.") % {"most": SavedView.LONGEST_NAME})
    if len(query) > LONGEST_QUERY:
        raise Invalid.field("query", _("This filter is too long to be saved."))


def _check_may(view: SavedView, by: Actor) -> None:
    """One's own is one's own alone; what is shared is for those who may share."""
    if view.owner_id is None:
        require(by, "account.share_views", TABLE)
    elif by.user is None or by.user.pk != view.owner_id:
        raise NotVisible(_("There is no such view."))
