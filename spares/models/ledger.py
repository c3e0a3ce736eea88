"""The ledger: every movement of a part, never edited; and what follows from it, written by the database alone.

`Balance` and the place of a `Piece` change through a trigger on `Movement` only, `Balance.reserved` through one on
`Reservation` (migration 0002).
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from spares.kinds import Condition, Reason
from spares.models.catalogue import Part
from spares.models.requests import PartRequest
from spares.models.stores import Store
from spares.querysets import BalanceQuerySet, StaffOnly
from tickets.models import Ticket


class Piece(models.Model):
    """One serial number. `store` None: in no store of ours (built in, lent, scrapped, at the maker's)."""

    part = models.ForeignKey(Part, models.PROTECT, related_name="pieces")
    serial_number = models.CharField(_("serial number"), max_length=80)
    store = models.ForeignKey(Store, models.PROTECT, null=True, editable=False, related_name="pieces")
    condition = models.CharField(max_length=11, choices=Condition.choices, blank=True, editable=False)

    objects = StaffOnly["Piece"].as_manager()

    class Meta:
        ordering = ["part", "serial_number"]
        verbose_name = _("piece")
        verbose_name_plural = _("pieces")
        constraints = [models.UniqueConstraint(fields=["part", "serial_number"], name="piece_once")]
        indexes = [
            models.Index(fields=["store", "part"], name="piece_in_store"),
            models.Index(fields=["serial_number"], name="piece_by_serial"),
        ]

    def __str__(self) -> str:
        return f"{self.part.number} {self.serial_number}"


class Movement(models.Model):
    """`from_store` None: it came from outside; `to_store` None: it left. `batch`: movements of one press belong
    together. `reverses`: the wrong entry that this one takes back.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="movements")
    piece = models.ForeignKey(Piece, models.PROTECT, null=True, related_name="movements")
    quantity = models.PositiveIntegerField()
    from_store = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    from_condition = models.CharField(max_length=11, choices=Condition.choices, blank=True)
    to_store = models.ForeignKey(Store, models.PROTECT, null=True, related_name="+")
    to_condition = models.CharField(max_length=11, choices=Condition.choices, blank=True)
    reason = models.CharField(max_length=9, choices=Reason.choices)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="part_movements")
    request = models.ForeignKey(PartRequest, models.PROTECT, null=True, related_name="movements")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    batch = models.UUIDField()
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
    written_at = models.DateTimeField()

    objects = StaffOnly["Movement"].as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("movement")
        verbose_name_plural = _("movements")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="movement_moves_something"),
            models.CheckConstraint(condition=Q(piece__isnull=True) | Q(quantity=1), name="a_piece_is_one"),
            models.CheckConstraint(
                condition=Q(from_store__isnull=True, from_condition="")
                | Q(from_store__isnull=False) & Q(from_condition__in=Condition.values),
                name="movement_from_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(to_store__isnull=True, to_condition="")
                | Q(to_store__isnull=False) & Q(to_condition__in=Condition.values),
                name="movement_to_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(from_store__isnull=False) | Q(to_store__isnull=False), name="movement_touches_a_store"
            ),
            models.CheckConstraint(
                condition=Q(from_store__isnull=True)
                | Q(to_store__isnull=True)
                | ~Q(from_store=F("to_store"))
                | ~Q(from_condition=F("to_condition")),
                name="movement_goes_somewhere",
            ),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="movement_reason_known"),
        ]
        indexes = [
            models.Index(fields=["part", "-id"], name="movement_of_part"),
            models.Index(fields=["from_store", "-id"], name="movement_out_of"),
            models.Index(fields=["to_store", "-id"], name="movement_into"),
            models.Index(fields=["batch"], name="movement_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.part.number} × {self.quantity}"


class Balance(models.Model):
    """How many there are. What is reserved is among them; only what works can be reserved."""

    store = models.ForeignKey(Store, models.PROTECT, related_name="balances")
    part = models.ForeignKey(Part, models.PROTECT, related_name="balances")
    condition = models.CharField(max_length=11, choices=Condition.choices)
    quantity: Any = models.IntegerField(default=0, db_default=0)
    reserved: Any = models.IntegerField(default=0, db_default=0)

    objects = BalanceQuerySet["Balance"].as_manager()

    class Meta:
        ordering = ["part", "store", "condition"]
        verbose_name = _("balance")
        verbose_name_plural = _("balances")
        constraints = [
            models.UniqueConstraint(fields=["store", "part", "condition"], name="balance_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="balance_never_negative"),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, reserved__lte=F("quantity")), name="balance_keeps_what_is_reserved"
            ),
            models.CheckConstraint(
                condition=Q(reserved=0) | Q(condition__in=["new", "refurbished"]), name="only_working_parts_reserved"
            ),
        ]
        indexes = [models.Index(fields=["part", "store"], name="balance_of_part")]

    def __str__(self) -> str:
        return f"{self.store}, {self.part}: {self.quantity}"

    @property
    def free(self) -> int:
        return int(self.quantity) - int(self.reserved)


class Reservation(models.Model):
    """Keeps so many pieces, or this one, for a request until they leave the shelf. Made and removed, never changed."""

    request = models.OneToOneField(PartRequest, models.PROTECT, related_name="reservation")
    store = models.ForeignKey(Store, models.PROTECT, related_name="reservations")
    part = models.ForeignKey(Part, models.PROTECT, related_name="reservations")
    condition = models.CharField(max_length=11, choices=Condition.choices)
    quantity = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = models.Manager["Reservation"]()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="reservation_keeps_something")]
        indexes = [models.Index(fields=["store", "part"], name="reservation_of_part")]

    def __str__(self) -> str:
        return f"{self.store}, {self.part}: {self.quantity}"
