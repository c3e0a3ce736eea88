"""Pages of the store room, a module for each: import the module, as `spares.urls` does."""

from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """Who is signed in; `page_for` has seen to it."""
    assert isinstance(request.user, User)
    return request.user
