"""The base of every REST view: problem documents, idempotent writes, filters and cursor pages, the actor."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actors import Actor
from accounts.api.idempotency import answer_once
from accounts.models import ApiKey, User
from common.rest import filters
from common.rest.pagination import CursorPages
from common.rest.serializers import Strict


class Resource(APIView):
    """Like APIView, but a write with an Idempotency-Key happens once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.args, self.kwargs = args, kwargs
        self.request = asked = self.initialize_request(request, *args, **kwargs)
        self.headers = self.default_response_headers
        try:
            self.initial(asked, *args, **kwargs)
            handler = self._handler(asked)
            response: Any = answer_once(asked, lambda: handler(asked, *args, **kwargs))
        except Exception as error:  # the framework's own way: whatever it does not know it raises again
            response = self.handle_exception(error)
        self.response = self.finalize_response(asked, response, *args, **kwargs)
        return self.response

    def _handler(self, request: Request) -> Callable[..., Response]:
        name = (request.method or "").lower()
        refuse: Callable[..., Response] = self.http_method_not_allowed
        return getattr(self, name, refuse) if name in self.http_method_names else refuse

    @property
    def person(self) -> User:
        assert isinstance(self.request.user, User)  # the permission class has seen to it
        return self.request.user

    @property
    def actor(self) -> Actor:
        key = self.request.auth
        return Actor(user=self.person, key=key if isinstance(key, ApiKey) else None)


class ListResource(Resource):
    """A list: `filters` reads its parameters, `orderings` are the columns it can be sorted by."""

    pagination_class = CursorPages
    filters: type[Strict] = filters.NoFilters
    orderings: tuple[str, ...] = ("id",)
    default_ordering = "id"

    def read_filters(self) -> dict[str, Any]:
        return filters.read(self.request, self.filters)

    def page(self, rows: QuerySet[Any], represent: Callable[[list[Any]], Any]) -> Response:
        pages = self.pagination_class()
        return pages.get_paginated_response(represent(pages.paginate_queryset(rows, self.request, self)))
