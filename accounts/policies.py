"""May this actor do this at all? One question, answered from tables role x action; each app brings its table.

Which rows somebody sees is the other question; `visible_to` on the querysets answers it.
"""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.roles import LEADS, STAFF, Role
from common.errors import Forbidden

Table = Mapping[str, frozenset[Role]]

TABLE: Table = {
    "account.use_keys": frozenset(Role),
    "account.manage_people": frozenset({Role.ADMINISTRATOR}),
    "account.manage_duties": LEADS,
    "account.manage_teams": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "account.see_directory": LEADS,
    "account.see_people": STAFF,
    "account.keep_views": STAFF,
    "account.share_views": LEADS,
}


def may(by: Actor, action: str, table: Table) -> bool:
    """SYSTEM may everything, a guest what his link grants, a person what the table says of the role.

    KeyError: unknown action.
    """
    roles = table[action]
    if by.is_system or (by.user is None and action in by.grants):
        return True
    return by.user is not None and by.user.is_active and by.user.role in roles


def require(by: Actor, action: str, table: Table) -> None:
    """Raises Forbidden unless `may`."""
    if not may(by, action, table):
        raise Forbidden(_("Your role does not allow this. A team lead or an administrator can help."))
