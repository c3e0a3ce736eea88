"""Reference pictures of checklists over REST: sent once, then named by items under their hash."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from accounts.policies import require
from common.errors import NotVisible
from common.rest.fields import Instant
from common.rest.serializers import Strict, read
from inspections import services
from inspections.models import ReferencePicture
from inspections.policies import TABLE
from tickets import pictures


class PictureInput(Strict):
    picture_file = serializers.FileField(allow_empty_file=True)


class PictureAnswer(serializers.Serializer[Any]):
    sha256 = serializers.CharField(help_text="What `picture` of an item names.")
    size = serializers.IntegerField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    added_at = Instant()


class Pictures(Resource):
    parser_classes = [MultiPartParser]

    @extend_schema(operation_id="checklists_pictures_send", request=PictureInput, responses={201: PictureAnswer})
    def post(self, request: Request) -> Response:
        """It is drawn anew and small; the same picture sent again is the same."""
        require(self.actor, "inspection.manage_checklists", TABLE)
        file = read(PictureInput, request.data)["picture_file"]
        row = services.keep_picture(source=file, size=file.size, by=self.actor, now=timezone.now())
        return Response(PictureAnswer(row).data, status=201)


class PictureContent(Resource):
    @extend_schema(
        operation_id="checklists_pictures_fetch", responses={(200, pictures.CONTENT_TYPE): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, key: str) -> Any:
        row = ReferencePicture.objects.visible_to(self.person).filter(sha256=key).first()
        if row is None:
            raise NotVisible(_("There is no such picture."))
        return HttpResponse(bytes(row.data), content_type=pictures.CONTENT_TYPE)
