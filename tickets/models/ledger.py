"""The ledger: tickets, their append-only log, conversation, files, links. Rules live in services and lifecycle.

Columns that lists sort by (`next_due_at`, `severity`, `state`) are caches of the log, written only by services.
"""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey, Team, User
from customers.models import Contract, Equipment, Organisation, Site
from tickets import tags
from tickets.kinds import OPEN_STATES, Channel, Kind, LinkKind, State
from tickets.querysets import AttachmentQuerySet, EventQuerySet, OfTicket, TicketQuerySet


class NextTicketNumber(Func):
    """A database sequence: unique however many create at once; gaps are allowed."""

    function = "nextval"
    output_field = models.BigIntegerField()
    arity = 1


class Ticket(models.Model):
    """One piece of promised work. `version` counts changes (forms and ETags carry it), `last_seq` the log's entries."""

    number = models.BigIntegerField(
        unique=True, editable=False, db_default=NextTicketNumber(Value("tickets_ticket_number"))
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.FAULT)
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    language = models.CharField(_("language of the text"), max_length=10, blank=True)
    category = models.CharField(_("category"), max_length=40, blank=True)
    cause = models.CharField(_("cause"), max_length=40, blank=True)
    channel = models.CharField(_("channel"), max_length=12, choices=Channel.choices, default=Channel.WEB)

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="tickets")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="tickets")
    equipment = models.ForeignKey(Equipment, models.PROTECT, null=True, blank=True, related_name="tickets")
    contract = models.ForeignKey(Contract, models.PROTECT, null=True, blank=True, related_name="tickets")
    coverage_status = models.CharField(max_length=12, default="unknown")
    coverage_reason = models.CharField(max_length=250, blank=True)
    reporter = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="reported_tickets")
    contact_name = models.CharField(_("contact"), max_length=150, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_phone = models.CharField(_("phone"), max_length=40, blank=True)
    contact_language = models.CharField(_("language of the contact"), max_length=10, blank=True)
    organisation_text = models.CharField(_("organisation as typed"), max_length=150, blank=True)
    # How people get in, as told with this report. Never in the log: it may name codes, and must be able to go.
    access_notes = models.TextField(_("access notes"), blank=True, default="")

    scheme_code = models.CharField(max_length=50, blank=True)
    scheme_version = models.PositiveIntegerField(null=True, blank=True)
    asks_consent = models.BooleanField(default=False)
    level = models.CharField(_("level"), max_length=20, blank=True)
    severity = models.PositiveSmallIntegerField(null=True, blank=True)
    is_level_confirmed = models.BooleanField(default=False)

    state = models.CharField(_("status"), max_length=12, choices=State.choices, default=State.NEW)
    assignee = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="assigned_tickets")
    team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="tickets")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    watchers = models.ManyToManyField(User, blank=True, related_name="watched_tickets")

    # What the log leaves of them, in alphabetical order; see tickets/tags.py.
    tags = ArrayField(models.CharField(max_length=tags.LONGEST), verbose_name=_("tags"), default=list, blank=True)

    received_at = models.DateTimeField(_("received"))
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    next_due_at = models.DateTimeField(null=True, blank=True)
    next_due_target = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    last_seq = models.PositiveIntegerField(default=0)
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    search = SearchVectorField(null=True, editable=False)

    # The whole log, on the instance that has just been reported: its answer need not read back what was just written.
    fresh_log: "list[TicketEvent] | None" = None

    objects = TicketQuerySet["Ticket"].as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="ticket_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="ticket_state_known"),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="ticket_not_merged_into_itself"),
        ]
        indexes = [
            models.Index(
                F("next_due_at").asc(nulls_last=True),
                "id",
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="ticket_open_by_due",
            ),
            models.Index(F("next_due_at").asc(nulls_last=True), "id", name="ticket_by_due"),
            models.Index(
                F("next_due_at").asc(nulls_last=True),
                "id",
                condition=Q(next_due_at__isnull=False) | Q(state__in=sorted(OPEN_STATES)),
                name="ticket_owed_by_due",
            ),
            models.Index(F("severity").asc(nulls_last=True), "id", name="ticket_by_severity"),
            models.Index(fields=["organisation", "-received_at"], name="ticket_by_organisation"),
            models.Index(fields=["site", "-received_at"], name="ticket_by_site"),
            models.Index(
                fields=["assignee", "next_due_at"],
                condition=Q(state__in=sorted(OPEN_STATES)),
                name="ticket_open_by_owner",
            ),
            models.Index(fields=["state", "next_due_at", "id"], name="ticket_by_state"),
            models.Index(fields=["-received_at", "id"], name="ticket_by_receipt"),
            models.Index(fields=["-updated_at", "id"], name="ticket_by_update"),
            models.Index(
                fields=["updated_at"],
                condition=Q(state__in=sorted(frozenset(State) - OPEN_STATES)),
                name="ticket_over_by_update",
            ),
            GinIndex(fields=["search"], name="ticket_search"),
            # Most tickets have none, and are not in these.
            GinIndex(fields=["tags"], condition=~Q(tags=[]), name="ticket_by_tag"),
            models.Index(fields=["-updated_at"], condition=~Q(tags=[]), name="ticket_tagged_by_update"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return f"/tickets/{self.reference}/"

    @property
    def reference(self) -> str:
        """The number as people write it: SD-20418."""
        return f"SD-{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class TicketEvent(models.Model):
    """One line of the log. A trigger in the database refuses update and delete; corrections are further events.

    `occurred_at` is when it happened, `recorded_at` when it was written; `key` makes what the program writes unique.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=30)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    api_key = models.ForeignKey(ApiKey, models.PROTECT, null=True, blank=True, related_name="+")
    is_automatic = models.BooleanField(default=False)
    data = models.JSONField(default=dict)
    key = models.CharField(max_length=120, null=True, blank=True)

    objects = EventQuerySet["TicketEvent"].as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["ticket_id", "seq"]  # "ticket" would join and order by the ticket's own ordering
        constraints = [
            models.UniqueConstraint(fields=["ticket", "seq"], name="event_seq_once"),
            models.UniqueConstraint(fields=["ticket", "key"], name="event_key_once", condition=Q(key__isnull=False)),
        ]
        indexes = [models.Index(fields=["type", "occurred_at"], name="event_by_type")]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.seq} {self.type}"

    @property
    def place(self) -> tuple[datetime, bool, int]:
        """Its place in the story: at one instant what people did comes before what the program made of it.

        Work that goes on because the customer answered is the customer's doing.
        """
        return self.occurred_at, self.is_automatic and self.type != "resumed", self.seq


class Reply(models.Model):
    """A public message between customer and desk."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="replies")
    event = models.OneToOneField(TicketEvent, models.PROTECT, related_name="reply")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    is_from_customer = models.BooleanField()
    body = models.TextField(_("message"))
    language = models.CharField(max_length=10, blank=True)
    created_at = models.DateTimeField()

    objects = OfTicket["Reply"].as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("reply")
        verbose_name_plural = _("replies")

    def __str__(self) -> str:
        return self.body[:80]


class Note(models.Model):
    """An internal message. Never reaches a customer: a table of its own, so that no query can confuse the two."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="notes")
    event = models.OneToOneField(TicketEvent, models.PROTECT, related_name="note")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    body = models.TextField(_("note"))
    created_at = models.DateTimeField()

    objects = OfTicket["Note"].as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")

    def __str__(self) -> str:
        return self.body[:80]


class Attachment(models.Model):
    """A file of a ticket, stored under a random key outside the static root. `is_internal`: it came with a note."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="attachments")
    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    has_preview = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    event = models.ForeignKey(TicketEvent, models.PROTECT, null=True, blank=True, related_name="attachments")
    uploaded_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    objects = AttachmentQuerySet["Attachment"].as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """`source` is a duplicate of, caused by, part of `target`."""

    source = models.ForeignKey(Ticket, models.PROTECT, related_name="links")
    target = models.ForeignKey(Ticket, models.PROTECT, related_name="linked_from")
    kind = models.CharField(max_length=20, choices=LinkKind.choices)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="link_not_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
