"""Who may open a page that looks after records: asked of the policy tables before anything is read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import Table, require

View = Callable[..., HttpResponse]


def page_for(action: str, table: Table) -> Callable[[View], View]:
    """403 for every other role, the sign-in for a guest."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            require(actor(request), action, table)
            return view(request, *args, **kwargs)

        return never_cache(login_required(guarded))

    return guard


def actor(request: HttpRequest) -> Actor:
    assert isinstance(request.user, User)  # login_required
    return Actor(user=request.user)
