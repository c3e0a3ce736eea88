"""Who may open the agents' pages: staff. Customers are sent to their own pages, guests to the sign-in.

Decides nothing about single tickets: `visible_to` and the services do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from accounts.models import User
from servicedesk.screens.writing import session

PORTAL = "/portal/"


class StaffRequest(HttpRequest):
    """A request of a signed-in member of staff."""

    user: User
    due_next: int  # set where the views of the queue were counted already, so that the frame need not


View = Callable[..., HttpResponseBase]


def staff_page(view: View) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return session.over(request) or redirect_to_login(request.get_full_path())
        if not request.user.is_staff_member:
            return redirect(PORTAL)
        return view(request, *args, **kwargs)

    return guarded
