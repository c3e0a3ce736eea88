"""People over REST: listed for leads, invited, changed and closed by administrators; whom one may not see is missing.

The services decide who may; here names become rows, and the mail with the link goes out as from the page.
"""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services, zones
from accounts.api.resources import ListResource, Resource
from accounts.models import Team, User
from accounts.policies import TABLE, require
from accounts.querysets import UserQuerySet
from accounts.roles import Role
from common.editing import read as stored
from common.errors import Invalid, NotVisible
from common.merging import plain
from common.rest import etags, versions
from common.rest.fields import Instant, Text, Truth
from common.rest.serializers import Strict, read

COLUMNS = ("name", "email", "role", "phone", "language", "zone", "teams", "is_active")


class Zone(Text):
    """A place of the IANA list; empty is UTC."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "allow_blank": True, **options})

    def to_internal_value(self, data: Any) -> str:
        zone = super().to_internal_value(data)
        if zone and zone not in zones.names():
            raise serializers.ValidationError(_("Enter a time zone of the IANA list, such as Asia/Shanghai."))
        return zone


class PersonChanges(Strict):
    """All optional; what is not named stays as it is."""

    name = Text(max_length=150, required=False)
    email = Text(max_length=254, required=False)
    role = serializers.ChoiceField(Role.choices, required=False)
    phone = Text(max_length=40, required=False, allow_blank=True)
    language = serializers.ChoiceField(settings.LANGUAGES, required=False)
    zone = Zone()
    teams = serializers.ListField(child=Text(max_length=50), required=False, max_length=200, help_text="Codes.")
    active = Truth(required=False, help_text="False closes the account: sessions, links and keys end at once.")


class PersonInput(PersonChanges):
    name = Text(max_length=150)
    email = Text(max_length=254, help_text="Signs in with it, and gets the link to choose a password there.")
    role = serializers.ChoiceField(Role.choices)
    active = None  # type: ignore[assignment]  # who is invited is active


class PersonAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    email = serializers.CharField()
    name = serializers.CharField()
    role = serializers.ChoiceField(Role.choices)
    phone = serializers.CharField()
    language = serializers.ChoiceField(settings.LANGUAGES)
    zone = serializers.CharField(help_text="Empty: UTC.")
    teams = serializers.SerializerMethodField()
    active = serializers.BooleanField(source="is_active")
    created_at = Instant()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_teams(self, person: User) -> list[str]:
        return sorted(team.code for team in person.teams.all())


class PeopleFilters(Strict):
    email = serializers.CharField(required=False, max_length=254)
    role = serializers.ListField(child=serializers.ChoiceField(Role.choices), required=False, allow_empty=False)
    team = serializers.CharField(required=False, max_length=50)
    active = serializers.BooleanField(required=False)
    q = serializers.CharField(required=False, max_length=100, help_text="Words of name, address or phone.")


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """Rows for the codes of teams; unknown ones are named together."""
    if "teams" not in values:
        return values
    found = list(Team.objects.filter(code__in=values["teams"]))
    missing = sorted(set(values["teams"]) - {team.code for team in found})
    if missing:
        raise Invalid.field("teams", _("There is nothing named %(names)s.") % {"names": ", ".join(missing[:5])})
    return {**values, "teams": found}


def shown(person: User, status: int = 200) -> Response:
    prefetch_related_objects([person], "teams")  # for what is shown and for its version
    return versions.shown(person, PersonAnswer(person).data, status, COLUMNS)


class People(ListResource):
    filters = PeopleFilters
    orderings = ("name", "email", "created_at")
    default_ordering = "name"

    @extend_schema(operation_id="people_list", parameters=[PeopleFilters], responses=PersonAnswer(many=True))
    def get(self, request: Request) -> Response:
        require(self.actor, "account.see_directory", TABLE)
        rows = _narrow(User.objects.visible_to(self.person).prefetch_related("teams"), self.read_filters())
        return self.page(rows, lambda people: PersonAnswer(people, many=True).data)

    @extend_schema(
        operation_id="people_create",
        description="Invites: the person gets a mail with a link to choose a password.",
        request=PersonInput,
        responses={201: PersonAnswer},
    )
    def post(self, request: Request) -> Response:
        require(self.actor, "account.manage_people", TABLE)
        values = columns(read(PersonInput, request.data))
        with transaction.atomic():
            person = services.invite(values=values, by=self.actor)
            services.send_password_link(user=person, by=self.actor)
        return shown(person, 201)


def _narrow(rows: UserQuerySet, filters: dict[str, Any]) -> UserQuerySet:
    if "email" in filters:
        rows = rows.filter(email__iexact=filters["email"])
    if "role" in filters:
        rows = rows.filter(role__in=filters["role"])
    if "team" in filters:
        rows = rows.filter(teams__code=filters["team"])
    if "active" in filters:
        rows = rows.filter(is_active=filters["active"])
    return rows.matching(filters.get("q", ""))


class OfPerson(Resource):
    def found(self, pk: int, action: str) -> User:
        """Invisible is missing; visible, and not for this role, is refused."""
        person = User.objects.visible_to(self.person).filter(pk=pk).first()
        if person is None:
            raise NotVisible(_("There is no such person."))
        require(self.actor, action, TABLE)
        return person


class OnePerson(OfPerson):
    @extend_schema(operation_id="people_read", responses=PersonAnswer)
    def get(self, request: Request, pk: int) -> Response:
        return shown(self.found(pk, "account.see_directory"))

    @extend_schema(operation_id="people_change", request=PersonChanges, responses=PersonAnswer)
    def patch(self, request: Request, pk: int) -> Response:
        person = self.found(pk, "account.manage_people")
        versions.check(request, person, COLUMNS)
        values = columns(read(PersonChanges, request.data))
        is_active = values.pop("active", None)
        # Somebody who is faster between here and the lock: his value of the same field is not overwritten.
        seen = {name: plain(stored(person, name)) for name in values} if etags.has_condition(request) else None
        with transaction.atomic():
            services.edit_person(user=person, values=values, by=self.actor, seen=seen)
            if is_active is not None:
                self._open_or_close(person, timezone.now(), is_active=is_active)
        return shown(User.objects.get(pk=pk))

    def _open_or_close(self, person: User, now: datetime, *, is_active: bool) -> None:
        if is_active:
            services.reactivate(user=person, by=self.actor)
        else:
            services.deactivate(user=person, by=self.actor, now=now)


class Invitation(OfPerson):
    @extend_schema(
        operation_id="people_invite",
        description="Sends a new link to choose a password: after an invitation that was lost, or a re-opened account.",
        request=None,
        responses={204: None},
    )
    def post(self, request: Request, pk: int) -> Response:
        person = self.found(pk, "account.manage_people")
        with transaction.atomic():
            services.send_password_link(user=person, by=self.actor)
        return Response(status=204)
