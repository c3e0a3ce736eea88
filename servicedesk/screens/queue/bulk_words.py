"""What can be done to many tickets at once, and in which words the page says what came of it. Pure of writes."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import may
from servicedesk.screens.queue import bulk_levels
from servicedesk.screens.queue.listing import Listing
from servicedesk.screens.ticket_steps import VERBS
from tickets.models import Ticket
from tickets.policies import TABLE

# The events that make sense for several tickets at once, in the order of the menu.
STATES = ("responded", "waiting", "resumed", "restored", "resolved", "closed", "reopened", "cancelled")
NAMED = 8  # refusals that are told one by one


def choices(found: Listing) -> dict[str, Any]:
    """For the toolbar: owners, the levels of the schemes on this page, states."""
    return {
        "people": User.objects.staff().order_by("name").values_list("pk", "name"),
        "levels": bulk_levels.groups(found.page.rows),
        "tags": Ticket.objects.visible_to(found.user).tags_in_use,
        "states": [(code, VERBS[code]) for code in STATES],
        "can_tell": can_tell(found.user),
    }


def can_tell(user: User) -> bool:
    """Whether this person says something to a customer with a status."""
    return may(Actor(user=user), "ticket.reply", TABLE)


def summary(done: int, of: int, action: str) -> str:
    """ "5 of 6 assigned"."""
    whole = {
        "assign": ngettext("%(done)d of %(all)d assigned", "%(done)d of %(all)d assigned", done),
        "reply": ngettext("%(done)d of %(all)d replied to", "%(done)d of %(all)d replied to", done),
        "tag": ngettext("%(done)d of %(all)d tagged", "%(done)d of %(all)d tagged", done),
        "untag": ngettext("Tags removed from %(done)d of %(all)d", "Tags removed from %(done)d of %(all)d", done),
        "merge": ngettext("%(done)d of %(all)d merged", "%(done)d of %(all)d merged", done),
    }
    words = whole.get(action) or ngettext("%(done)d of %(all)d changed", "%(done)d of %(all)d changed", done)
    return words % {"done": done, "all": of}


def refusals(refused: Sequence[tuple[str, str]]) -> str:
    """By number and reason; beyond a handful only how many more."""
    told = [f"{number}: {why}" for number, why in refused[:NAMED]]
    if len(refused) > NAMED:
        more = len(refused) - NAMED
        told.append(ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more})
    return " ".join(told)


def no_selection() -> str:
    return _("Choose at least one ticket.")
