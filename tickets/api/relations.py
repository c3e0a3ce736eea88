"""How a ticket is tied to others and to people: links, merging a duplicate, watchers."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import ListResource, Resource
from accounts.models import User
from common.errors import Invalid, NotVisible
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict, read
from tickets import services
from tickets.api import numbers
from tickets.api.base import OfTicket
from tickets.kinds import LinkKind
from tickets.models import Link, Ticket


class LinkInput(Strict):
    kind = serializers.ChoiceField(LinkKind.choices)
    target = Text(max_length=30, help_text="A ticket's number.")


class LinkAnswer(serializers.Serializer[Any]):
    """`source` is a duplicate of, caused by, part of `target`."""

    kind = serializers.ChoiceField(LinkKind.choices)
    source = serializers.CharField(source="source.reference")  # type: ignore[assignment]
    target = serializers.CharField(source="target.reference")
    created_at = Instant()


class MergeInput(Strict):
    into = Text(max_length=30, help_text="The number of the ticket that goes on.")


class MergeAnswer(serializers.Serializer[Any]):
    number = serializers.CharField()
    state = serializers.CharField()
    merged_into = serializers.CharField()


class WatcherInput(Strict):
    user = Text(required=False, max_length=254, help_text="An e-mail address; oneself when missing.")


class WatcherAnswer(serializers.Serializer[Any]):
    user = serializers.CharField(source="email")
    name = serializers.CharField()


def other_ticket(resource: Resource, text: str, field: str) -> Ticket:
    number = numbers.parse(text)
    ticket = Ticket.objects.visible_to(resource.person).filter(number=number).first() if number is not None else None
    if ticket is None:
        raise Invalid.field(field, _("There is no such ticket."))
    return ticket


class Links(OfTicket, ListResource):
    orderings = ("created_at",)
    default_ordering = "created_at"

    @extend_schema(operation_id="tickets_links_list", responses=LinkAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        self.read_filters()
        ticket = self.ticket(number)
        mine = Ticket.objects.visible_to(self.person).values("pk")
        links = Link.objects.filter(Q(source=ticket) | Q(target=ticket)).select_related("source", "target")
        if not self.person.is_staff_member:
            links = links.filter(source__in=mine, target__in=mine)
        return self.page(links, lambda found: LinkAnswer(found, many=True).data)

    @extend_schema(operation_id="tickets_links_create", request=LinkInput, responses={201: LinkAnswer})
    def post(self, request: Request, number: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        values = read(LinkInput, request.data)
        target = other_ticket(self, values["target"], "target")
        link = services.link(ticket=ticket, target=target, kind=values["kind"], by=self.actor, now=timezone.now())
        return Response(LinkAnswer(link).data, status=201)


class OneLink(OfTicket):
    @extend_schema(operation_id="tickets_links_remove", responses={204: None})
    def delete(self, request: Request, number: int, kind: str, target: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        other = self.ticket(target)
        if not Link.objects.filter(source=ticket, target=other, kind=kind).exists():
            raise NotVisible(_("There is no such link."))
        services.unlink(ticket=ticket, target=other, kind=kind, by=self.actor, now=timezone.now())
        return Response(status=204)


class Merge(OfTicket):
    @extend_schema(operation_id="tickets_merge", request=MergeInput, responses={200: MergeAnswer})
    def post(self, request: Request, number: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        values = read(MergeInput, request.data)
        into = other_ticket(self, values["into"], "into")
        merged = services.merge(ticket=ticket, into=into, by=self.actor, now=timezone.now())
        return Response({"number": merged.reference, "state": merged.state, "merged_into": into.reference})


class Watchers(OfTicket, ListResource):
    orderings = ("name",)
    default_ordering = "name"

    @extend_schema(operation_id="tickets_watchers_list", responses=WatcherAnswer(many=True))
    def get(self, request: Request, number: int) -> Response:
        self.read_filters()
        watchers = User.objects.visible_to(self.person).filter(watched_tickets=self.ticket(number))
        return self.page(watchers, lambda found: WatcherAnswer(found, many=True).data)

    @extend_schema(operation_id="tickets_watchers_create", request=WatcherInput, responses={201: WatcherAnswer})
    def post(self, request: Request, number: int) -> Response:
        ticket, _version = self.ticket_to_change(number)
        user = self._user(read(WatcherInput, request.data).get("user"))
        services.watch(ticket=ticket, user=user, by=self.actor)
        return Response(WatcherAnswer(user).data, status=201)

    def _user(self, email: str | None) -> User:
        if email is None:
            return self.person
        user = User.objects.visible_to(self.person).filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise Invalid.field("user", _("There is nobody with this address."))
        return user


class Watcher(OfTicket):
    @extend_schema(operation_id="tickets_watchers_remove", responses={204: None})
    def delete(self, request: Request, number: int, email: str) -> Response:
        ticket, _version = self.ticket_to_change(number)
        watchers = User.objects.visible_to(self.person).filter(watched_tickets=ticket)
        user = watchers.filter(email__iexact=email).first() if "\0" not in email else None
        if user is None:
            raise NotVisible(_("This person does not follow the ticket."))
        services.unwatch(ticket=ticket, user=user, by=self.actor)
        return Response(status=204)
