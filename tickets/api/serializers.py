"""What a ticket looks like over REST, and what may be said about one. Notes and their traces are not for customers."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts.models import User
from common.rest.fields import Instant, Text, Truth
from common.rest.serializers import Strict
from tickets.event_types import POSTABLE
from tickets.kinds import REPORTED_CHOICES, Cause, Channel, Kind, State
from tickets.models import Ticket, TicketEvent

LONGEST_TEXT = 50_000
LONGEST_SERIAL = 80
MOST_GIVEN = 200


def known(choices: list[tuple[str, Any]]) -> serializers.ChoiceField:
    """One of a closed list, or nothing; the refusal names the list. A typo would silently lose a promise."""
    words = ", ".join(value for value, _label in choices)
    refusal = format_lazy("{sentence} {names}.", sentence=_("This is not known. Known ones:"), names=words)
    messages: dict[str, Any] = {"invalid_choice": refusal}
    return serializers.ChoiceField(choices, required=False, allow_null=True, allow_blank=True, error_messages=messages)


class TicketInput(Strict):
    kind = serializers.ChoiceField(REPORTED_CHOICES)
    title = Text(max_length=200)
    description = Text(required=False, allow_blank=True, max_length=LONGEST_TEXT, trim_whitespace=False)
    organisation = Text(required=False, allow_null=True, max_length=50)
    site = Text(required=False, allow_null=True, max_length=50)
    equipment = Text(required=False, allow_null=True, max_length=LONGEST_SERIAL, help_text="A serial number.")
    level = Text(required=False, allow_null=True, max_length=20)
    category = Text(required=False, allow_null=True, allow_blank=True, max_length=40)  # a client's own word is welcome
    cause = known(Cause.choices)
    language = Text(required=False, allow_blank=True, max_length=10)
    channel = serializers.ChoiceField(Channel.choices, required=False, help_text="Staff only; else `api`.")
    received_at = Instant(required=False, allow_null=True, help_text="Staff only: when it was reported; else now.")
    scheme = Text(required=False, allow_null=True, max_length=50, help_text="Staff only; else the contract's.")
    contact_name = Text(required=False, allow_blank=True, max_length=150)
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    contact_phone = Text(required=False, allow_blank=True, max_length=40)


class TicketChanges(Strict):
    """All optional; what is not named stays as it is."""

    title = Text(required=False, max_length=200)
    description = Text(required=False, allow_blank=True, max_length=LONGEST_TEXT, trim_whitespace=False)
    category = Text(required=False, allow_null=True, allow_blank=True, max_length=40)  # a client's own word is welcome
    cause = known(Cause.choices)
    contact_name = Text(required=False, allow_blank=True, max_length=150)
    contact_email = serializers.EmailField(required=False, allow_blank=True)
    contact_phone = Text(required=False, allow_blank=True, max_length=40)
    assignee = Text(required=False, allow_null=True, max_length=254, help_text="An e-mail address of staff.")
    team = Text(required=False, allow_null=True, max_length=50, help_text="A team's code.")
    tags = serializers.ListField(
        child=Text(max_length=200, trim_whitespace=False),
        required=False,
        max_length=MOST_GIVEN,
        help_text="Staff only: all of them; those not named are taken off, also what somebody put on meanwhile: say "
        "with `If-Match` which version you have read. Letters, digits and hyphens.",
    )
    organisation = Text(
        required=False,
        allow_null=True,
        max_length=50,
        help_text="Staff only, by code. Another one leaves site and unit behind; coverage and scheme follow.",
    )
    site = Text(required=False, allow_null=True, max_length=50, help_text="Staff only, by code; brings its customer.")
    equipment = Text(
        required=False,
        allow_null=True,
        max_length=LONGEST_SERIAL,
        help_text="Staff only, by serial number; brings its site and customer.",
    )
    level = Text(
        required=False,
        allow_null=True,
        max_length=20,
        help_text="Only together with a place that brings another scheme; else post `level_confirmed`.",
    )


class TicketFilters(Strict):
    """Parameters of the list; lists are given as `a,b` or repeated."""

    state = serializers.ListField(child=serializers.ChoiceField(State.choices), required=False, allow_empty=False)
    open = serializers.BooleanField(required=False)
    level = serializers.ListField(child=serializers.CharField(max_length=20), required=False, allow_empty=False)
    severity = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=99), required=False, allow_empty=False
    )
    kind = serializers.ListField(child=serializers.ChoiceField(Kind.choices), required=False, allow_empty=False)
    organisation = serializers.CharField(required=False, max_length=50)
    site = serializers.CharField(required=False, max_length=50)
    equipment = serializers.CharField(required=False, max_length=LONGEST_SERIAL)
    assignee = serializers.CharField(
        required=False, max_length=254, help_text="An e-mail address, `me`, or `none` for tickets without an owner."
    )
    team = serializers.CharField(required=False, max_length=50)
    overdue = serializers.BooleanField(required=False)
    tag = serializers.ListField(
        child=serializers.CharField(max_length=200), required=False, allow_empty=False, help_text="Staff only."
    )
    due_before = Instant(required=False)
    q = serializers.CharField(required=False, max_length=200)


class SchemeRef(serializers.Serializer[Any]):
    code = serializers.CharField()
    version = serializers.IntegerField()


class CoverageAnswer(serializers.Serializer[Any]):
    status = serializers.CharField()
    reason = serializers.CharField()


class TicketAnswer(serializers.Serializer[Any]):
    number = serializers.CharField(source="reference")
    kind = serializers.ChoiceField(Kind.choices)
    state = serializers.ChoiceField(State.choices)
    scheme = serializers.SerializerMethodField()
    level = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    is_level_confirmed = serializers.BooleanField()
    title = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    category = serializers.SerializerMethodField()
    cause = serializers.SerializerMethodField()
    organisation = serializers.CharField(source="organisation.code", allow_null=True)
    site = serializers.CharField(source="site.code", allow_null=True)
    equipment = serializers.CharField(source="equipment.serial_number", allow_null=True)
    assignee = serializers.CharField(source="assignee.email", allow_null=True, help_text="Staff only, else null.")
    team = serializers.CharField(source="team.code", allow_null=True, help_text="Staff only, else null.")
    tags = serializers.ListField(child=serializers.CharField(), allow_null=True, help_text="Staff only, else null.")
    contact_name = serializers.CharField()
    contact_email = serializers.CharField()
    contact_phone = serializers.CharField()
    access_notes = serializers.CharField(
        help_text="How people get in, as told with this report; what is known of the site stands there."
    )
    channel = serializers.ChoiceField(Channel.choices)
    coverage = serializers.SerializerMethodField()
    received_at = Instant()
    updated_at = Instant()
    next_due_at = Instant(allow_null=True)
    next_due_target = serializers.SerializerMethodField()
    version = serializers.IntegerField(help_text="The number in the ETag.")
    url = serializers.SerializerMethodField()

    @extend_schema_field(SchemeRef(allow_null=True))
    def get_scheme(self, ticket: Ticket) -> dict[str, Any] | None:
        if not ticket.scheme_code:
            return None
        return {"code": ticket.scheme_code, "version": ticket.scheme_version}

    def get_category(self, ticket: Ticket) -> str | None:
        return ticket.category or None

    def get_cause(self, ticket: Ticket) -> str | None:
        return ticket.cause or None

    def get_next_due_target(self, ticket: Ticket) -> str | None:
        return ticket.next_due_target or None

    @extend_schema_field(CoverageAnswer)
    def get_coverage(self, ticket: Ticket) -> dict[str, Any]:
        return {"status": ticket.coverage_status, "reason": ticket.coverage_reason}

    def get_url(self, ticket: Ticket) -> str:
        return reverse("api-ticket", args=[ticket.number], request=self.context["request"])

    def to_representation(self, instance: Ticket) -> dict[str, Any]:
        """Who does the work, and why it broke in the desk's own words, is for staff."""
        shown: dict[str, Any] = super().to_representation(instance)
        return shown if self.context["request"].user.is_staff_member else shown | dict.fromkeys(INTERNAL)


def name_of(person: User, *, is_for_staff: bool, otherwise: str = "staff") -> str:
    """Customers see their own people by address, but no address of a colleague."""
    return person.email if is_for_staff or not person.is_staff_member else otherwise


class EventInput(Strict):
    type = Text(max_length=30)
    at = Instant(required=False, allow_null=True, help_text="When it happened; now, unless staff say earlier.")
    note = Text(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=LONGEST_TEXT,
        help_text="Internal: only staff read it. Required beside `level_confirmed` that lowers the level.",
    )
    message = Text(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=LONGEST_TEXT,
        help_text="Staff only: what the customer reads about it; becomes a reply of its own, written with the event.",
    )
    level = Text(required=False, allow_null=True, max_length=20)
    down = Truth(required=False, allow_null=True)
    proposed_at = Instant(
        required=False,
        allow_null=True,
        help_text="With `change_answered`: by when the change can be delivered; the customer is asked to agree.",
    )
    agreed_at = Instant(
        required=False,
        allow_null=True,
        help_text="Goes with `change_confirmed`. A customer agrees to `proposed_at` where a time was proposed.",
    )
    planned_at = Instant(required=False, allow_null=True)
    expected_at = Instant(required=False, allow_null=True)
    contact = Text(
        required=False,
        allow_null=True,
        allow_blank=True,
        max_length=200,
        help_text="With `maker_asked` and `maker_confirmed`: who at the maker.",
    )


class EventFilters(Strict):
    type = serializers.ListField(child=serializers.CharField(max_length=30), required=False, allow_empty=False)


INTERNAL = ("assignee", "team", "cause", "tags")
FOR_CUSTOMERS = frozenset(
    {"level", "down", "proposed_at", "agreed_at", "planned_at", "expected_at", "minutes", "moved_from", "days", "words"}
)


class EventAnswer(serializers.Serializer[Any]):
    """`note` is for staff only; so is whatever of `data` the customer did not ask for."""

    seq = serializers.IntegerField()
    type = serializers.CharField()
    at = Instant(source="occurred_at")
    recorded_at = Instant()
    by = serializers.SerializerMethodField()
    automatic = serializers.BooleanField(source="is_automatic")
    data = serializers.SerializerMethodField()  # type: ignore[assignment]
    note = serializers.SerializerMethodField()

    def get_by(self, event: TicketEvent) -> str:
        if event.user is not None:
            return name_of(event.user, is_for_staff=self.context["is_staff"])
        return "system" if event.is_automatic else "guest"

    def get_data(self, event: TicketEvent) -> dict[str, Any]:
        if not self.context["is_staff"]:
            return {name: value for name, value in event.data.items() if name in FOR_CUSTOMERS}
        return {name: value for name, value in event.data.items() if name not in ("note", "was")}

    def get_note(self, event: TicketEvent) -> str | None:
        return event.data.get("note") if self.context["is_staff"] else None

    def to_representation(self, instance: TicketEvent) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if shown["note"] is None:
            del shown["note"]
        return shown


EVENT_NAMES = ", ".join(f"`{code}`" for code in POSTABLE)
