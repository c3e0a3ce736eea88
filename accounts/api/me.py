"""Who is asking: everybody reads his own account and changes what a person may set about himself."""

from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.people import COLUMNS, PersonAnswer, Zone
from accounts.api.resources import Resource
from accounts.models import ApiKey, User
from common.rest import versions
from common.rest.fields import Text
from common.rest.serializers import Strict, read


class MeAnswer(PersonAnswer):
    scopes = serializers.SerializerMethodField(help_text="What this key, or this session, may do.")

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(ApiKey.Scope.choices)))
    def get_scopes(self, person: User) -> list[str]:
        key = self.context["key"]
        return list(key.scopes if key is not None else ApiKey.Scope.values)


class MeChanges(Strict):
    """Address, role and teams are an administrator's."""

    name = Text(max_length=150, required=False)
    phone = Text(max_length=40, required=False, allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False)
    zone = Zone()


class Me(Resource):
    @extend_schema(operation_id="me_read", responses=MeAnswer)
    def get(self, request: Request) -> Response:
        return self._shown(self.person)

    @extend_schema(operation_id="me_change", request=MeChanges, responses=MeAnswer)
    def patch(self, request: Request) -> Response:
        person = self.person
        versions.check(request, person, COLUMNS)
        values: dict[str, Any] = read(MeChanges, request.data)
        for name, value in values.items():
            setattr(person, name, value)
        services.edit_profile(user=person, by=self.actor, fields=list(values))
        return self._shown(person)

    def _shown(self, person: User) -> Response:
        prefetch_related_objects([person], "teams")  # for what is shown and for its version
        body = MeAnswer(person, context={"key": self.actor.key}).data
        return versions.shown(person, body, names=COLUMNS)
