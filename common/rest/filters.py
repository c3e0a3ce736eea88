"""Parameters of a list, read by a Strict serializer: unknown ones are refused, never ignored."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from common.rest.pagination import PARAMETERS
from common.rest.serializers import Strict


class NoFilters(Strict):
    """A list that can only be paged through."""


def read(request: Request, filters: type[Strict]) -> dict[str, Any]:
    """The filters of a request; several values as `a,b` or repeated, where the filter takes a list."""
    reader = filters()
    given: dict[str, Any] = {}
    for name, values in request.query_params.lists():
        if name in PARAMETERS:
            continue
        if isinstance(reader.fields.get(name), serializers.ListField):
            given[name] = [part for value in values for part in value.split(",") if part]
        elif len(values) > 1:
            raise ValidationError({name: [_("Give this once.")]})
        else:
            given[name] = values[0]
    found = filters(data=given)
    found.is_valid(raise_exception=True)
    answer: dict[str, Any] = found.validated_data
    return answer
