"""Who may open the agents' pages: staff. Customers are sent to their own pages, guests to the sign-in.

Decides nothing about single tickets: `visible_to` and the services do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.actors import Actor
from accounts.models import User

P = ParamSpec("P")
PORTAL = "/portal/"


class StaffRequest(HttpRequest):
    """A request of a signed-in member of staff."""

    user: User


StaffView = Callable[Concatenate[Any, P], HttpResponseBase]


def staff_page(view: StaffView[P]) -> StaffView[P]:
    @wraps(view)
    def guarded(request: Any, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_staff_member:
            return redirect(PORTAL)
        return view(request, *args, **kwargs)

    return login_required(guarded)


def actor(request: HttpRequest) -> Actor:
    """The person at the other end, as services take it."""
    return Actor(user=request.user if isinstance(request.user, User) else None)
