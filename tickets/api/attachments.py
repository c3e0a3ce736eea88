"""Files of a ticket: list, send, fetch, each with the ticket's permission. A file is never shown inline from here."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from accounts.api.resources import ListResource
from accounts.policies import require
from common.errors import Invalid, NotVisible
from common.rest.fields import Instant
from common.rest.problems import Problem
from common.rest.serializers import Strict, read
from common.whole_numbers import whole_number
from tickets import filestore, services
from tickets.api.base import OfTicket
from tickets.models import Attachment
from tickets.policies import TABLE

ROOM_FOR_THE_FORM = 1024 * 1024
SENT_AS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


class FileInput(Strict):
    file = serializers.FileField(allow_empty_file=True)
    internal = serializers.BooleanField(required=False, default=False, help_text="Staff only: not for the customer.")


class FileAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="key")
    name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    internal = serializers.BooleanField(source="is_internal")
    uploaded_by = serializers.CharField(source="uploaded_by.email", allow_null=True)
    created_at = Instant()
    url = serializers.SerializerMethodField()

    def get_url(self, file: Attachment) -> str:
        arguments = [file.ticket.number, file.key]
        return reverse("api-ticket-attachment", args=arguments, request=self.context["request"])


class Attachments(OfTicket, ListResource):
    parser_classes = [MultiPartParser]
    orderings = ("created_at",)
    default_ordering = "created_at"

    @extend_schema(operation_id="tickets_attachments_list", responses=FileAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        self.read_filters()
        files = Attachment.objects.visible_to(self.person).filter(ticket=self.ticket(number))
        return self.page(files.select_related("uploaded_by", "ticket"), lambda found: [self._show(f) for f in found])

    @extend_schema(
        operation_id="tickets_attachments_create",
        request={"multipart/form-data": FileInput},
        responses={201: FileAnswer},
    )
    def post(self, request: Request, number: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        require(self.actor, "ticket.attach", TABLE)
        values: dict[str, Any] = read(FileInput, request.data)
        if len(request.FILES.getlist("file")) > 1:
            raise Invalid.field("file", _("Send one file at a time."))
        if "internal" in request.data and not self.person.is_staff_member:
            raise Invalid.field("internal", _("Only staff may set this."))
        try:
            files = services.attach(
                ticket=ticket,
                uploads=[values["file"]],
                by=self.actor,
                now=timezone.now(),
                is_internal=values["internal"],
            )
        except Invalid as error:
            raise Invalid({"file": error.errors.get("files", [error.detail])}) from error
        return Response(self._show(files[0]), status=201)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
        most = settings.MAX_ATTACHMENT_BYTES * 2 + ROOM_FOR_THE_FORM
        if length is not None and length > most:
            raise Problem(413, _("The request is too big."))

    def _show(self, file: Attachment) -> dict[str, object]:
        return FileAnswer(file, context={"request": self.request}).data


class AttachmentContent(OfTicket):
    @extend_schema(
        operation_id="tickets_attachments_fetch", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, number: int, key: UUID) -> Any:
        files = Attachment.objects.visible_to(self.person)
        file = files.filter(ticket=self.ticket(number), key=key).first()
        if file is None:
            raise NotVisible(_("There is no such file."))
        try:
            source = filestore.path_of(file.key).open("rb")
        except OSError as error:
            raise Problem(503, _("The file cannot be read at the moment."), headers={"Retry-After": "5"}) from error
        return FileResponse(
            source, as_attachment=True, filename=file.name, content_type="application/octet-stream", headers=SENT_AS
        )
