"""Cursor pages over an ordering from a fixed list: stable while rows come and go, rows without a value last.

A cursor names the row it stands at, not a number of rows, so that the thousandth page costs what the first does.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from common.instants import parse_instant
from common.rest.problems import invalid
from common.whole_numbers import whole_number

PARAMETERS = frozenset({"cursor", "page_size", "count", "ordering"})
DEFAULT_SIZE = 50
LARGEST_SIZE = 200
LARGEST_COUNT = 10_000
_BIGGEST_KEY = 2**63 - 1
TEXTS = frozenset({"CharField", "SlugField", "TextField", "EmailField"})


@dataclass(frozen=True)
class Ordering:
    """A column and a direction; the primary key, always ascending, settles ties. Missing values come last both ways."""

    name: str
    column: str
    is_descending: bool
    is_nullable: bool
    type: str

    def terms(self, *, backwards: bool) -> list[Any]:
        is_down = self.is_descending != backwards
        nulls = {"nulls_first" if backwards else "nulls_last": True} if self.is_nullable else {}
        column = F(self.column)
        first = column.desc(**nulls) if is_down else column.asc(**nulls)
        return [first, "-pk" if backwards else "pk"]

    def beyond(self, value: Any, key: int, *, backwards: bool) -> Q:
        """The rows after (or before) the one with that value and key."""
        tie = Q(pk__lt=key) if backwards else Q(pk__gt=key)
        empty = Q(**{f"{self.column}__isnull": True})
        if value is None:
            return (empty & tie) | (~empty if backwards else Q(pk__in=[]))
        step = "lt" if self.is_descending != backwards else "gt"
        beyond = Q(**{f"{self.column}__{step}": value}) | (Q(**{self.column: value}) & tie)
        return beyond | empty if self.is_nullable and not backwards else beyond


@dataclass(frozen=True)
class Cursor:
    value: Any
    key: int
    is_backwards: bool

    def encode(self, ordering: Ordering) -> str:
        value = self.value.isoformat() if isinstance(self.value, date) else self.value  # a datetime is one, too
        text = json.dumps([ordering.name, int(self.is_backwards), value, self.key], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, ordering: Ordering) -> "Cursor":
        try:
            padded = text + "=" * (-len(text) % 4)
            name, backwards, value, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
            if name != ordering.name or backwards not in (0, 1) or not _is_key(key):
                raise ValueError(text)
            return cls(_value(value, ordering), key, bool(backwards))
        except (ValueError, TypeError, RecursionError, binascii.Error) as error:
            raise invalid("cursor", _("This is not a cursor of this list in this ordering.")) from error


def _is_key(key: Any) -> bool:
    return isinstance(key, int) and not isinstance(key, bool) and 0 <= key <= _BIGGEST_KEY


def _value(value: Any, ordering: Ordering) -> Any:
    """What a column of that type can hold; raises ValueError for anything else somebody wrote into a cursor."""
    if value is None and ordering.is_nullable:
        return None
    if ordering.type == "DateTimeField":
        return parse_instant(value)
    if ordering.type == "DateField" and isinstance(value, str):
        return date.fromisoformat(value)
    if ordering.type.endswith(("IntegerField", "AutoField")) and _is_key(value):
        return value
    if ordering.type in TEXTS and isinstance(value, str) and "\0" not in value and value.encode():
        return value
    raise ValueError(value)


class CursorPages(BasePagination):
    """The view says `orderings` (names of columns) and `default_ordering` (such as "-received_at")."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request = request
        self.ordering = _ordering(request, queryset.model, view)
        size = _size(request)
        self.count = _count(queryset) if _wants_count(request) else None
        text = request.query_params.get("cursor")
        cursor = Cursor.decode(text, self.ordering) if text else None
        backwards = cursor is not None and cursor.is_backwards
        rows = queryset
        if cursor is not None:
            rows = rows.filter(self.ordering.beyond(cursor.value, cursor.key, backwards=backwards))
        found = list(rows.order_by(*self.ordering.terms(backwards=backwards))[: size + 1])
        has_more, found = len(found) > size, found[:size]
        if backwards:
            found.reverse()
        self.next = self._at(found, -1, backwards=False) if (backwards or has_more) else None
        self.previous = self._at(found, 0, backwards=True) if (has_more if backwards else cursor) else None
        return found

    def _at(self, rows: Sequence[Model], index: int, *, backwards: bool) -> str | None:
        if not rows:
            return None
        row = rows[index]
        cursor = Cursor(getattr(row, self.ordering.column), row.pk, backwards)
        return replace_query_param(self.request.build_absolute_uri(), "cursor", cursor.encode(self.ordering))

    def get_paginated_response(self, data: Any) -> Response:
        body: dict[str, Any] = {"next": self.next, "previous": self.previous, "results": data}
        if self.count is not None:
            body["count"] = min(self.count, LARGEST_COUNT)
            body["count_is_capped"] = self.count > LARGEST_COUNT
        return Response(body)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link,
                "previous": link,
                "results": schema,
                "count": {"type": "integer", "description": "Only with ?count=1; at most 10000."},
                "count_is_capped": {"type": "boolean"},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        names = [sign + name for name in view.orderings for sign in ("", "-")]
        size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
        shapes: dict[str, dict[str, Any]] = {
            "cursor": {"type": "string"},
            "page_size": size,
            "count": {"type": "integer", "enum": [0, 1]},
            "ordering": {"type": "string", "enum": names, "default": view.default_ordering},
        }
        return [{"name": n, "in": "query", "required": False, "schema": s} for n, s in shapes.items()]


def _ordering(request: Request, model: type[Model], view: Any) -> Ordering:
    name = request.query_params.get("ordering", view.default_ordering)
    column = name.removeprefix("-")
    if column not in view.orderings:
        known = ", ".join(view.orderings)
        raise invalid("ordering", _("This list can be ordered by: %(known)s.") % {"known": known})
    field: Any = model._meta.get_field(column)
    return Ordering(name, column, name.startswith("-"), bool(field.null), field.get_internal_type())


def _size(request: Request) -> int:
    size = whole_number(request.query_params.get("page_size", str(DEFAULT_SIZE)))
    if size is None or not 1 <= size <= LARGEST_SIZE:
        raise invalid("page_size", _("Enter a number from 1 to %(largest)s.") % {"largest": LARGEST_SIZE})
    return size


def _wants_count(request: Request) -> bool:
    text = request.query_params.get("count", "0")
    if text not in ("0", "1", "true", "false"):
        raise invalid("count", _("Say 1 or 0."))
    return text in ("1", "true")


def _count(queryset: QuerySet[Any]) -> int:
    """Stops counting at the cap, so that it stays cheap."""
    return queryset.order_by()[: LARGEST_COUNT + 1].count()
