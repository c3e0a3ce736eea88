"""A visit over the wire: what stands, answers and photos in. The phone's page and REST clients use the same routes.

Staff work on every visit; a customer reads those of his sites that are signed, and gets 404 for the others.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse
from django.urls import reverse
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
from common.errors import Invalid, NotVisible
from common.rest.fields import Instant, Text
from common.rest.problems import Problem
from common.rest.serializers import Strict, read
from common.whole_numbers import whole_number
from inspections import facts, services
from inspections.models import ChecklistVersion, Inspection, Photo
from inspections.policies import TABLE
from tickets import filestore, pictures
from tickets.api import numbers
from tickets.models import Ticket

ROOM_FOR_THE_FORM = 1024 * 1024
SENT_AS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, max-age=3600",
}


class EntryInput(Strict):
    """`answer`: result (passed, failed, not-applicable, open), reading, choice, text, reason, finding, outcome (empty,
    cured, watch, ticket) and the level of the ticket to raise; what is left out is empty.
    """

    id = serializers.UUIDField(help_text="Made by the device; sending it again changes nothing.")
    sheet = serializers.IntegerField(min_value=1, max_value=10**18 - 1)
    item = Text(max_length=60)
    base = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The entry it was written on top of."
    )
    at = Instant(help_text="When it was given, by the device's clock.")
    answer = serializers.JSONField()

    def validate_answer(self, value: Any) -> Any:
        if not isinstance(value, dict):
            raise serializers.ValidationError(_("An object is expected."))
        return value


class EntriesInput(Strict):
    entries = serializers.ListField(child=EntryInput(), max_length=services.MOST_ENTRIES)


class EntryAnswer(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    kept = serializers.BooleanField()
    error = serializers.CharField()


class PhotoState(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    url = serializers.CharField()


class ItemState(serializers.Serializer[Any]):
    entry = serializers.UUIDField(allow_null=True)
    answer = serializers.JSONField(allow_null=True)
    result = serializers.CharField(help_text="What was pressed, or what follows from the value.")
    ticket = serializers.CharField(help_text="The number of the ticket that was raised; empty for none.")
    answered_twice = serializers.BooleanField(
        help_text="Two devices gave different answers, and nobody has chosen yet."
    )
    photos = PhotoState(many=True)


class SheetState(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    unit = serializers.CharField(allow_null=True, help_text="Its serial number; null for the site as a whole.")
    checklist = serializers.CharField()
    version = serializers.IntegerField()
    items = serializers.DictField(child=ItemState())


class VisitState(serializers.Serializer[Any]):
    reference = serializers.CharField()
    begun = serializers.BooleanField()
    signed = serializers.BooleanField()
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
    sheets = SheetState(many=True)


class EntriesAnswer(serializers.Serializer[Any]):
    entries = EntryAnswer(many=True)
    state = VisitState()


class PhotoInput(Strict):
    id = serializers.UUIDField()
    sheet = serializers.IntegerField(min_value=1, max_value=10**18 - 1)
    item = serializers.CharField(max_length=60)
    at = Instant()
    file = serializers.FileField(allow_empty_file=True)


class SheetInput(Strict):
    unit = Text(
        required=False, default="", max_length=80, allow_blank=True, help_text="Its serial number; empty: the site."
    )
    checklist = Text(max_length=50)


class WordsInput(Strict):
    """Only what is named is written; what is named empty is emptied."""

    summary = Text(required=False, allow_blank=True)
    advice = Text(required=False, allow_blank=True)
    parts_wanted = Text(required=False, allow_blank=True)
    training = Text(required=False, allow_blank=True)
    attended = Text(required=False, allow_blank=True)
    seen = serializers.DictField(
        child=Text(allow_blank=True),
        required=False,
        help_text="By field, what stood there when the writer began. Where somebody else wrote meanwhile, both texts "
        "are kept; what is left out is written over.",
    )


class WordsAnswer(VisitState):
    words = serializers.DictField(child=serializers.CharField(), help_text="As they stand now, by field.")


class SheetAnswer(serializers.Serializer[Any]):
    sheet = serializers.IntegerField()
    state = VisitState()


class OfVisit(Resource):
    """Below the address of one visit. `is_page`: mounted beside the page, whose photos have addresses of their own."""

    is_page = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """What somebody gave on a phone is not taken as another's, whoever is signed in there when it is sent."""
        super().initial(request, *args, **kwargs)
        meant = request.headers.get("Visit-Person", "")
        if meant and meant != str(self.person.pk):
            words = _("Somebody else is signed in. Sign in as the person who gave this.")
            raise Problem(409, words, slug="other-person", headers={"Other-Person": "1"})

    def visit(self, reference: str) -> Inspection:
        """With its ticket. Raises NotVisible for what is not there, not his, or of another kind."""
        number = numbers.parse(reference)
        tickets = Ticket.objects.visible_to(self.person).select_related("organisation", "site", "equipment")
        ticket = tickets.filter(number=number).first() if number is not None else None
        row = facts.of_ticket(ticket) if ticket else None
        if row is None or not (self.person.is_staff_member or row.signed_at is not None):
            raise NotVisible(_("There is no such inspection."))
        return row

    def photo_url(self, inspection: Inspection, photo: Photo) -> str:
        name = "visit_photo" if self.is_page else "api-inspection-photo"
        return reverse(name, args=[inspection.ticket.reference, photo.pk])

    def state(self, visit: facts.Visit) -> dict[str, Any]:
        row = visit.inspection
        sheets = [
            {
                "id": sheet.pk,
                "unit": sheet.unit.serial_number if sheet.unit else None,
                "checklist": sheet.version.checklist.code,
                "version": sheet.version.number,
                "items": {check.item.code: self._item(row, check) for check in visit.asked if check.sheet == sheet},
            }
            for sheet in visit.sheets
        ]
        counts = {"answered": visit.answered, "total": visit.total}
        stands = {"begun": row.begun_at is not None, "signed": row.signed_at is not None}
        return {"reference": row.ticket.reference, **stands, **counts, "sheets": sheets}

    def _item(self, row: Inspection, check: facts.Check) -> dict[str, Any]:
        ticket = check.finding.ticket if check.finding else None
        return {
            "entry": check.answer.entry_id if check.answer else None,
            "answer": check.answer.entry.answer if check.answer else None,
            "result": check.judgement.result.value,
            "ticket": ticket.reference if ticket else "",
            "answered_twice": bool(check.answer and check.answer.other_id),
            "photos": [{"id": photo.pk, "url": self.photo_url(row, photo)} for photo in check.photos],
        }


class State(OfVisit):
    @extend_schema(operation_id="inspections_state", responses=VisitState)
    def get(self, request: Request, reference: str) -> Response:
        return Response(self.state(facts.load(self.visit(reference))))


class Entries(OfVisit):
    @extend_schema(operation_id="inspections_entries", request=EntriesInput, responses=EntriesAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """Up to 200 answers, kept in their order; each says what became of it."""
        row = self.visit(reference)
        values = read(EntriesInput, request.data)
        entries = [services.Entry(**entry) for entry in values["entries"]]
        taken, visit = services.take(inspection=row, entries=entries, by=self.actor, now=timezone.now())
        told = [{"id": one.id, "kept": one.is_kept, "error": one.error} for one in taken]
        return Response({"entries": told, "state": self.state(visit)})


class Sheets(OfVisit):
    @extend_schema(operation_id="inspections_sheets_create", request=SheetInput, responses=SheetAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """A further unit, or another list. What is there already is not added again."""
        row = self.visit(reference)
        require(self.actor, "inspection.work", TABLE)
        values = read(SheetInput, request.data)
        version = ChecklistVersion.objects.current().filter(checklist__code=values["checklist"]).first()
        if version is None:
            raise Invalid.field("checklist", _("There is no such checklist."))
        unit = services.unit_of(inspection=row, serial=values["unit"])
        sheet = services.add_sheet(inspection=row, version=version, unit=unit, by=self.actor, now=timezone.now())
        return Response({"sheet": sheet.pk, "state": self.state(facts.load(row))})


class Words(OfVisit):
    @extend_schema(operation_id="inspections_words", request=WordsInput, responses=WordsAnswer)
    def post(self, request: Request, reference: str) -> Response:
        """The closing words; 409 once the visit is signed."""
        row = self.visit(reference)
        words = read(WordsInput, request.data)
        seen = words.pop("seen", None)
        made = services.write_words(inspection=row, words=words, seen=seen, by=self.actor, now=timezone.now())
        stands = {name: getattr(made, name) for name in services.WORDS}
        return Response({**self.state(facts.load(row)), "words": stands})


class Photos(OfVisit):
    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="inspections_photos_create",
        request={"multipart/form-data": PhotoInput},
        responses={200: PhotoState},
    )
    def post(self, request: Request, reference: str) -> Response:
        """One picture of a check. Sending it again changes nothing."""
        row = self.visit(reference)
        values = read(PhotoInput, request.data)
        upload = values.pop("file")
        photo = services.add_photo(inspection=row, upload=upload, by=self.actor, now=timezone.now(), **values)
        return Response({"id": photo.pk, "url": self.photo_url(row, photo)})

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        length = whole_number(request.META.get("CONTENT_LENGTH") or "0")
        if length is not None and length > settings.MAX_ATTACHMENT_BYTES * 2 + ROOM_FOR_THE_FORM:
            raise Problem(413, _("The request is too big."))


class OnePhoto(OfVisit):
    @extend_schema(
        operation_id="inspections_photos_fetch", responses={(200, pictures.CONTENT_TYPE): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, reference: str, photo: UUID) -> Any:
        """Our own drawing of it, never the file that was sent."""
        row = self.visit(reference)
        found = Photo.objects.filter(pk=photo, sheet__in=row.sheets.all()).first()
        if found is None:
            raise NotVisible(_("There is no such photo."))
        try:
            source = filestore.preview_path_of(found.key).open("rb")
        except OSError as error:
            raise Problem(503, _("The file cannot be read at the moment."), headers={"Retry-After": "5"}) from error
        return FileResponse(source, content_type=pictures.CONTENT_TYPE, headers=SENT_AS)

    @extend_schema(operation_id="inspections_photos_remove", responses={204: None})
    def delete(self, request: Request, reference: str, photo: UUID) -> Response:
        require(self.actor, "inspection.work", TABLE)
        services.remove_photo(inspection=self.visit(reference), id=photo, by=self.actor, now=timezone.now())
        return Response(status=204)
