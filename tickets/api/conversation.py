"""Replies, which the customer reads, and notes, which he never does: two addresses, as they are two things."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource
from accounts.policies import require
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict, read
from tickets import services
from tickets.api.base import OfTicket
from tickets.api.serializers import LONGEST_TEXT, name_of
from tickets.models import Note, Reply
from tickets.policies import TABLE


class ReplyInput(Strict):
    body = Text(max_length=LONGEST_TEXT, trim_whitespace=False)
    language = Text(required=False, allow_blank=True, max_length=10)


class NoteInput(Strict):
    body = Text(max_length=LONGEST_TEXT, trim_whitespace=False)


class ReplyAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    body = serializers.CharField()
    author = serializers.SerializerMethodField()
    from_customer = serializers.BooleanField(source="is_from_customer")
    language = serializers.CharField()
    created_at = Instant()

    def get_author(self, reply: Reply) -> str | None:
        """To a customer a colleague is the name that signs the reply on his pages."""
        if reply.author is None:
            return None
        return name_of(reply.author, is_for_staff=self.context["is_staff"], otherwise=reply.author.name)


class NoteAnswer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    body = serializers.CharField()
    author = serializers.CharField(source="author.email", allow_null=True)
    created_at = Instant()


class Replies(OfTicket, ListResource):
    orderings = ("created_at",)
    default_ordering = "created_at"

    @extend_schema(operation_id="tickets_replies_list", responses=ReplyAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        self.read_filters()
        replies = Reply.objects.filter(ticket=self.ticket(number)).select_related("author")
        return self.page(replies, lambda found: ReplyAnswer(found, many=True, context=self._reader).data)

    @extend_schema(operation_id="tickets_replies_create", request=ReplyInput, responses={201: ReplyAnswer})
    def post(self, request: Request, number: int) -> Response:
        ticket, version = self.ticket_to_change(number)
        values: dict[str, Any] = read(ReplyInput, request.data)
        reply = services.reply(ticket=ticket, by=self.actor, now=timezone.now(), expected_version=version, **values)
        return Response(ReplyAnswer(reply, context=self._reader).data, status=201)

    @property
    def _reader(self) -> dict[str, Any]:
        return {"is_staff": self.person.is_staff_member}


class Notes(OfTicket, ListResource):
    orderings = ("created_at",)
    default_ordering = "created_at"

    @extend_schema(operation_id="tickets_notes_list", responses=NoteAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        ticket = self.ticket(number)
        require(self.actor, "ticket.note", TABLE)
        self.read_filters()
        notes = Note.objects.filter(ticket=ticket).select_related("author")
        return self.page(notes, lambda found: NoteAnswer(found, many=True).data)

    @extend_schema(operation_id="tickets_notes_create", request=NoteInput, responses={201: NoteAnswer})
    def post(self, request: Request, number: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        values: dict[str, Any] = read(NoteInput, request.data)
        note = services.note(ticket=ticket, by=self.actor, now=timezone.now(), **values)
        return Response(NoteAnswer(note).data, status=201)
