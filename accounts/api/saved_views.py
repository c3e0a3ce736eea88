"""Saved views of the queue: those one sees; make, delete. `query` is the filter as it stands in the queue's address."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import services
from accounts.api.resources import ListResource, Resource
from accounts.models import SavedView, Team
from common.errors import Invalid, NotVisible
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict, read


class SavedViewInput(Strict):
    name = Text(max_length=SavedView.LONGEST_NAME)
    query = Text(max_length=500, allow_blank=True)
    is_shared = serializers.BooleanField(default=False, help_text="For a team, or without one for the whole desk.")
    team = Text(max_length=50, required=False, help_text="Code of the team that it is shared with.")


class SavedViewAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    query = serializers.CharField()
    is_shared = serializers.BooleanField()
    team = serializers.CharField(source="team.code", default=None, allow_null=True)
    created_at = Instant()


class SavedViews(ListResource):
    orderings = ("name",)
    default_ordering = "name"

    @extend_schema(operation_id="views_list", responses=SavedViewAnswer(many=True))
    def get(self, request: Request) -> Response:
        self.read_filters()
        rows = SavedView.objects.visible_to(self.person).select_related("team")
        return self.page(rows, lambda views: SavedViewAnswer(views, many=True).data)

    @extend_schema(operation_id="views_create", request=SavedViewInput, responses={201: SavedViewAnswer})
    def post(self, request: Request) -> Response:
        values: dict[str, Any] = read(SavedViewInput, request.data)
        code = values.pop("team", None)
        team = Team.objects.filter(code=code).first() if code else None
        if code and team is None:
            raise Invalid.field("team", _("There is no such team."))
        view = services.save_view(by=self.actor, now=timezone.now(), team=team, **values)
        return Response(SavedViewAnswer(view).data, status=201)


class OneSavedView(Resource):
    @extend_schema(operation_id="views_delete", responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        view = SavedView.objects.visible_to(self.person).filter(pk=pk).first()
        if view is None:
            raise NotVisible(_("There is no such view."))
        services.delete_view(view=view, by=self.actor, now=timezone.now())
        return Response(status=204)
