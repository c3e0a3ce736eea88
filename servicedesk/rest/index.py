"""The front door of the REST interface, and the answer for addresses that are none."""

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.resources import Resource
from common.rest.problems import not_found

PLACES = {
    "tickets": "api-tickets",
    "organisations": "api-organisations",
    "sites": "api-sites",
    "equipment": "api-equipment",
    "contracts": "api-contracts",
    "memberships": "api-memberships",
    "schemes": "api-schemes",
    "system-analyses": "api-analyses",
    "service-levels": "api-service-levels",
    "calendars": "api-calendars",
    "people": "api-people",
    "teams": "api-teams",
    "me": "api-me",
    "keys": "api-keys",
    "schema": "api-schema",
    "docs": "api-docs",
}


class Index(Resource):
    @extend_schema(
        operation_id="index", responses=inline_serializer("Index", {name: serializers.URLField() for name in PLACES})
    )
    def get(self, request: Request) -> Response:
        return Response({name: reverse(route, request=request) for name, route in PLACES.items()})


class Nothing(Resource):
    """Whatever is below /api/ and is no address, with any method: a problem document like every other."""

    permission_classes: list[Any] = []
    throttle_classes: list[Any] = []

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise not_found()
