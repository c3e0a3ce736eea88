"""Who may open the agents' pages: staff. Customers are sent to their own pages, guests to the sign-in.

Decides nothing about single tickets: `visible_to` and the services do.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

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


def ticket_form(view: View) -> View:
    """A form of the ticket page. Its address is the page's after an error: read again (a reload, a bookmark, the live
    page) it gives the ticket.
    """

    @staff_page
    @wraps(view)
    def answered(request: Any, reference: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            return redirect(f"/tickets/{reference}/")
        return require_POST(view)(request, reference, *args, **kwargs)

    return answered
