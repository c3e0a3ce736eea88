"""The readers with rules. `visible_to` is the one row rule; other apps delegate to it."""

import re
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from customers.models import Equipment
from tickets import search
from tickets.kinds import OPEN_STATES

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)
NUMBER = re.compile(r"(?:[Ss][Dd]-?)?(\d{1,15})")


class TicketQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """Staff see all; a customer his sites, his whole organisations, and what he reported without a site."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_staff_member:
            return self
        member = user.memberships.filter(organisation=OuterRef("organisation"))
        whole = Exists(member.filter(site__isnull=True))
        at_site = Exists(user.memberships.filter(site=OuterRef("site")))
        own_without_site = Q(Exists(member), site__isnull=True, reporter=user)
        return self.filter(Q(whole) | Q(at_site) | own_without_site)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_STATES)

    def by_due(self) -> Self:
        """What is due next first; without a due time last."""
        return self.order_by(F("next_due_at").asc(nulls_last=True), "pk")

    def matching(self, text: str) -> Self:
        """By the ticket's number, the unit's serial number, or words of the report and of the public conversation.

        Two Chinese words typed without a space are found loosely when nothing has them side by side.
        """
        number = NUMBER.fullmatch(text.strip())
        if number:
            # Units first: an OR across the join would read the whole table.
            serials = Equipment.objects.filter(serial_number__iexact=text.strip())
            return self.filter(Q(number=int(number[1])) | Q(equipment__in=list(serials.values_list("pk", flat=True))))
        strict = search.query(text)
        if strict is None:
            return self.none()
        found = self.filter(search=strict)
        if search.is_one_run(text) and not found.exists():
            return self.filter(search=search.query(text, is_loose=True))
        return found

    def for_settling(self) -> Self:
        """In the order in which tickets are locked, without the long texts that clocks do not read."""
        return self.defer("description", "search").order_by("pk")

    def with_people_and_places(self) -> Self:
        """Everything a row of a list shows, in one statement."""
        return self.select_related("organisation", "site", "equipment__product", "assignee", "team")


class OfTicket(models.QuerySet[M]):
    """Rows that hang on a ticket are visible with it."""

    def visible_to(self, user: "User") -> Self:
        if user.is_active and user.is_staff_member:
            return self
        tickets: Any = self.model._meta.get_field("ticket").related_model
        return self.filter(ticket__in=tickets.objects.visible_to(user).values("pk"))


class AttachmentQuerySet(OfTicket[M]):
    def visible_to(self, user: "User") -> Self:
        """What came with an internal note is for staff, like the note."""
        files = super().visible_to(user)
        return files if user.is_staff_member else files.public()

    def public(self) -> Self:
        return self.filter(is_internal=False)


class EventQuerySet(OfTicket[M]):
    def in_force(self) -> Self:
        """Without what was taken back; see the key of a retraction."""
        key = Concat(Value("retracted:"), Cast(OuterRef("seq"), models.CharField()), output_field=models.CharField())
        return self.exclude(Exists(self.model._default_manager.filter(ticket=OuterRef("ticket"), key=key)))

    def in_order(self) -> Self:
        """As things happened; the log's own order is `seq`."""
        return self.order_by("ticket_id", "occurred_at", "is_automatic", "seq")
