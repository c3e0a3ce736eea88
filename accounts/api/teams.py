"""Teams over REST: all of the staff read them, who looks after teams writes them."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.resources import ListResource, Resource
from accounts.models import Team, User
from accounts.policies import TABLE, require
from common.editing import read as stored
from common.errors import Invalid, NotVisible
from common.merging import plain
from common.rest import etags, versions
from common.rest.fields import Text
from common.rest.serializers import Strict, read

COLUMNS = ("code", "name", "lead", "members")


class TeamChanges(Strict):
    name = Text(max_length=100, required=False)
    lead = Text(max_length=254, required=False, allow_null=True, help_text="An e-mail address of staff.")
    members = serializers.ListField(
        child=Text(max_length=254), required=False, max_length=1000, help_text="E-mail addresses of staff: all of them."
    )


class TeamInput(TeamChanges):
    code = Text(max_length=50, help_text="A short name for programs, such as `field-service`.")
    name = Text(max_length=100)


class TeamAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    name = serializers.CharField()
    lead = serializers.CharField(source="lead.email", default=None, allow_null=True)
    members = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_members(self, team: Team) -> list[str]:
        return sorted(person.email for person in team.members.all() if person.is_active)


def columns(values: dict[str, Any]) -> dict[str, Any]:
    """Rows for addresses: of people who work here, and of those who are in the team already."""
    found = dict(values)
    if values.get("lead") is not None:
        found["lead"] = _people([values["lead"]], "lead")[0]
    if "members" in values:
        found["members"] = _people(values["members"], "members")
    return found


def _people(addresses: list[str], field: str) -> list[User]:
    wanted = {address.lower() for address in addresses}
    rows = list(User.objects.staff().filter(email__in=wanted))
    missing = sorted(wanted - {person.email for person in rows})
    if missing:
        words = _("Nobody on the staff has the address %(names)s.")
        raise Invalid.field(field, words % {"names": ", ".join(missing[:5])})
    return rows


def shown(team: Team, status: int = 200) -> Response:
    return versions.shown(team, TeamAnswer(team).data, status, COLUMNS)


class OfTeams(Resource):
    def everything(self) -> QuerySet[Team]:
        require(self.actor, "account.see_people", TABLE)
        return Team.objects.select_related("lead").prefetch_related("members")


class Teams(OfTeams, ListResource):
    orderings = ("name", "code")
    default_ordering = "name"

    @extend_schema(operation_id="teams_list", responses=TeamAnswer(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        return self.page(self.everything(), lambda teams: TeamAnswer(teams, many=True).data)

    @extend_schema(operation_id="teams_create", request=TeamInput, responses={201: TeamAnswer})
    def post(self, request: Request) -> Response:
        require(self.actor, "account.manage_teams", TABLE)
        saved = services.save_team(team=Team(), values=columns(read(TeamInput, request.data)), by=self.actor)
        return shown(saved.row, 201)


class OneTeam(OfTeams):
    def found(self, code: str) -> Team:
        team = self.everything().filter(code=code).first()
        if team is None:
            raise NotVisible(_("There is no such team."))
        return team

    @extend_schema(operation_id="teams_read", responses=TeamAnswer)
    def get(self, request: Request, code: str) -> Response:
        return shown(self.found(code))

    @extend_schema(operation_id="teams_change", request=TeamChanges, responses=TeamAnswer)
    def patch(self, request: Request, code: str) -> Response:
        team = self.found(code)
        require(self.actor, "account.manage_teams", TABLE)
        versions.check(request, team, COLUMNS)
        values = columns(read(TeamChanges, request.data))
        seen = {name: plain(stored(team, name)) for name in values} if etags.has_condition(request) else None
        services.save_team(team=team, values=values, by=self.actor, seen=seen)
        return shown(self.found(code))
