"""Who may open the agents' pages: staff. Customers are sent to their own pages, guests to the sign-in.

Decides nothing about single tickets: `visible_to` and the services do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User

PORTAL = "/portal/"


class StaffRequest(HttpRequest):
    """A request of a signed-in member of staff."""

    user: User


View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_staff_member:
            return redirect(PORTAL)
        return view(request, *args, **kwargs)

    return login_required(guarded)
