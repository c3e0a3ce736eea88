"""The view and the filters that a person used last: where the list begins when its address asks for nothing.

The address stays the truth for whoever follows a link; a search is a question, not a place to come back to.
"""

from accounts import services
from accounts.actors import Actor
from accounts.models import User
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.understood import without_unknown_view
from servicedesk.screens.queue.views import DEFAULT

PAGE = "queue_list"


def address(user: User) -> str:
    """Empty: the default view, all of it."""
    values = user.display.get(PAGE)
    query = values.get("query") if isinstance(values, dict) else None
    return Filters.of_address(query).address() if isinstance(query, str) else ""


def keep(user: User, filters: Filters) -> None:
    filters = without_unknown_view(filters)
    query = "" if filters == Filters(view=DEFAULT.code) else filters.address()
    if not filters.q and query != address(user):
        services.keep_display(user=user, page=PAGE, values={"query": query}, by=Actor(user=user))
