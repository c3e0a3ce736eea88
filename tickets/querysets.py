"""The readers with rules. `visible_to` is the one row rule; other apps delegate to it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import Exact

from customers.models import Equipment
from tickets import numbers, search, tags
from tickets.kinds import OPEN_STATES

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)
# What tells everybody of the desk that somebody should look: the customer spoke or decided, a promise was missed.
NEWS = frozenset({"received", "remote_granted", "remote_refused", "change_confirmed", "not_satisfied", "reopened"})
NEWS |= {"clock_missed", "level_raised"}
FEW = 1000
HAS_DIGIT = re.compile(r"\d")
MANY, OFFERED = 500, 100  # tickets whose tags are offered, and how many of them


def _units(text: str) -> list[int]:
    """Looked up first: an OR across the join would read the whole table of tickets."""
    return list(Equipment.objects.with_serial(text).order_by().values_list("pk", flat=True))


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

    def matching(self, text: str, *, notes: bool = False) -> Self:
        """By the ticket's number, the unit's serial number, or words of the report and the conversation; of internal
        notes only when `notes` says so.

        Two Chinese words typed without a space are found loosely when nothing has them side by side. What few tickets
        have is looked up at once: the planner's guess at a rare pair of words is wrong by the size of the table.
        """
        number = numbers.number_in(text)
        if number is not None:
            return self.filter(Q(number=number) | Q(equipment__in=_units(text)))
        strict = search.query(text, is_public=not notes)
        if strict is None:
            return self.none()
        units = _units(text) if HAS_DIGIT.search(text) else []
        few = self._few(strict)
        if few == [] and search.is_one_run(text):
            strict = search.query(text, is_loose=True, is_public=not notes)
            few = self._few(strict)
        found = Q(search=strict) if few is None else Q(pk__in=few)
        return self.filter(found | Q(equipment__in=units)) if units else self.filter(found)

    def _few(self, asked: search.LiteralQuery | None) -> list[int] | None:
        """The tickets that have it, None when there are more than a few."""
        found = list(self.filter(search=asked).order_by().values_list("pk", flat=True)[: FEW + 1])
        return found if len(found) <= FEW else None

    def tagged(self, words: Sequence[str]) -> Self:
        """With at least one of these tags, however they are typed."""
        return self.exclude(tags=[]).filter(tags__overlap=[tags.folded(word) for word in words])

    def tags_in_use(self) -> list[str]:
        """Those of the tickets that changed last, the frequent ones first."""
        found = self.exclude(tags=[]).order_by("-updated_at").values_list("tags", flat=True)[:MANY]
        return [word for word, _times in Counter(chain.from_iterable(found)).most_common(OFFERED)]

    def for_settling(self) -> Self:
        """In the order in which tickets are locked, without the long texts that clocks do not read."""
        return self.defer("description", "search").order_by("pk")

    def with_people_and_places(self) -> Self:
        """Everything a row of a list shows, in one statement."""
        return self.select_related("organisation", "site", "equipment__product", "assignee", "team")

    def with_unread_for(self, user: "User") -> Self:
        """`is_unread`: something this person should look at stands behind his mark (no mark: nothing was read yet).

        That is NEWS and the customer's messages; for the one concerned also being made the owner, and a colleague's
        note on a ticket he owns. What he did himself is no news, and what is over has none: every new person would
        find years of it in bold. A subquery on the log's own key, so it costs a list neither a join nor a statement.
        """
        events: Any = self.model._meta.get_field("events").related_model
        marks: Any = self.model._meta.get_field("read_marks").related_model
        mark = marks.objects.filter(ticket=OuterRef(OuterRef("pk")), user=user).values("seq")
        news = (
            Q(type__in=NEWS)
            | Q(type="replied", data__from_customer=True)
            | Q(type="assigned", data__changes__assignee__1=user.email)
            | (Q(type="noted") & Q(Exact(OuterRef("assignee_id"), user.pk)))
        )
        entries = events.objects.filter(news, ticket=OuterRef("pk"), seq__gt=Coalesce(Subquery(mark), 0))
        found = Q(state__in=OPEN_STATES) & Q(Exists(entries.exclude(user=user)))
        return self.annotate(is_unread=ExpressionWrapper(found, output_field=BooleanField()))


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
