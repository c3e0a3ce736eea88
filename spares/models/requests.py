"""What a ticket needs of the store: one row is one card of the board, with one part from one place."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from spares.kinds import OPEN, Purpose, Source, State
from spares.models.catalogue import Part
from spares.models.stores import Store
from spares.querysets import PartRequestQuerySet
from tickets.models import Ticket


class PartRequest(models.Model):
    """`part` None: needed, not yet named; `wanted` says it in words. `store`: where it comes from, once chosen.

    `source`: how far the order of the scheme has been asked. `split_from`: what is left of a partial delivery. From
    picking until it is built in or back, a reservation keeps the part wherever it is. `asked_seq`: the line of the
    ticket's log that asked, where the log was first.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="part_requests")
    part = models.ForeignKey(Part, models.PROTECT, null=True, blank=True, related_name="requests")
    wanted = models.CharField(_("part"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    purpose = models.CharField(_("for"), max_length=6, choices=Purpose.choices, default=Purpose.REPAIR)
    state = models.CharField(_("state"), max_length=13, choices=State.choices, default=State.REQUESTED)
    source = models.CharField(_("source"), max_length=11, choices=Source.choices, default=Source.LOCAL)
    store = models.ForeignKey(
        Store, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("from")
    )
    piece = models.ForeignKey("spares.Piece", models.PROTECT, null=True, blank=True, related_name="requests")
    condition = models.CharField(max_length=11, blank=True)
    engineer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("engineer")
    )
    carrier = models.CharField(_("carrier"), max_length=60, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=80, blank=True)
    expected_at = models.DateTimeField(_("expected"), null=True, blank=True)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="splits")
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    received_by = models.CharField(_("received by"), max_length=150, blank=True)
    asked_seq = models.PositiveIntegerField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = PartRequestQuerySet["PartRequest"].as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("part request")
        verbose_name_plural = _("part requests")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="request_asks_for_something"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="request_state_known"),
            models.CheckConstraint(
                condition=Q(part__isnull=False) | Q(state__in=["requested", "used", "cancelled"]),
                name="what_moves_has_a_name",
            ),
            models.CheckConstraint(condition=Q(piece__isnull=True) | Q(quantity=1), name="a_requested_piece_is_one"),
            models.UniqueConstraint(
                fields=["piece"], condition=Q(state__in=list(OPEN)), name="piece_for_one_request_at_a_time"
            ),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state__in=list(OPEN)), name="request_open"),
            models.Index(fields=["ticket"], name="request_of_ticket"),
        ]

    def __str__(self) -> str:
        return f"{self.part or self.wanted} × {self.quantity}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
