"""A person's own API keys: list, make, revoke. The text of a key is in the answer that makes it and nowhere else."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.resources import ListResource, Resource
from accounts.models import ApiKey
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict, read


class KeyInput(Strict):
    name = Text(max_length=100)
    scopes = serializers.ListField(
        child=serializers.ChoiceField(ApiKey.Scope.choices), required=False, allow_empty=False
    )
    expires_at = Instant(required=False, allow_null=True)


class KeyAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(ApiKey.Scope.choices))
    created_at = Instant()
    expires_at = Instant(allow_null=True)
    last_used_at = Instant(allow_null=True)
    revoked_at = Instant(allow_null=True)


class NewKeyAnswer(KeyAnswer):
    key = serializers.CharField(help_text="The key itself, shown this once only.")


class Keys(ListResource):
    orderings = ("created_at",)
    default_ordering = "-created_at"

    @extend_schema(operation_id="keys_list", responses=KeyAnswer(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        rows = ApiKey.objects.filter(user=self.person)
        return self.page(rows, lambda keys: KeyAnswer(keys, many=True).data)

    @extend_schema(operation_id="keys_create", request=KeyInput, responses={201: NewKeyAnswer})
    def post(self, request: Request) -> Response:
        values: dict[str, Any] = read(KeyInput, request.data)
        key, text = services.create_key(user=self.person, by=self.actor, now=timezone.now(), **values)
        return Response({**KeyAnswer(key).data, "key": text}, status=201)


class Key(Resource):
    @extend_schema(operation_id="keys_revoke", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        services.revoke_own_key(pk=pk, by=self.actor, now=timezone.now())
        return Response(status=204)
