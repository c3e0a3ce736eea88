"""The words of the store room: kinds of places, conditions, reasons, states of a request. Tables; no database."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StoreKind(models.TextChoices):
    """`way`: what is on its way; there is one such store, and it is nobody's shelf."""

    DEPOT = "depot", _("Depot")
    VAN = "van", _("Van")
    SITE = "site", _("At the customer's")
    MAKER = "maker", _("Consignment at the maker's")
    WAY = "way", _("On the way")


class Condition(models.TextChoices):
    NEW = "new", pgettext_lazy("condition of a part", "New")
    REFURBISHED = "refurbished", pgettext_lazy("condition of a part", "Refurbished")
    FAULTY = "faulty", pgettext_lazy("condition of a part", "Faulty")
    SCRAPPED = "scrapped", pgettext_lazy("condition of a part", "Scrapped")


AVAILABLE = (Condition.NEW, Condition.REFURBISHED)


class Reason(models.TextChoices):
    """Why a part moved."""

    BOUGHT = "bought", _("Bought")
    FOUND = "found", _("Found in a count")
    RETURNED = "returned", _("Came back")
    REPAIRED = "repaired", _("Back from repair")
    TRANSFER = "transfer", _("Moved to another store")
    SENT = "sent", _("Sent out")
    ARRIVED = "arrived", pgettext_lazy("a part", "Arrived")
    USED = "used", _("Built in")
    LENT = "lent", _("Lent")
    TO_REPAIR = "to_repair", _("Sent for repair")
    MISSING = "missing", _("Missing in a count")
    SOLD = "sold", pgettext_lazy("a part", "Charged")
    SCRAPPED = "scrapped", _("Scrapped")
    JUDGED = "judged", _("Condition judged anew")
    REVERSED = "reversed", _("Wrong entry taken back")


class State(models.TextChoices):
    """Of a request. The first four are columns of the board; what is due back has a row of its own."""

    REQUESTED = "requested", pgettext_lazy("part", "Requested")
    PICKING = "picking", pgettext_lazy("part", "Picking")
    ON_THE_WAY = "on_the_way", pgettext_lazy("part", "On the way")
    WITH_ENGINEER = "with_engineer", pgettext_lazy("part", "With engineer")
    DELIVERED = "delivered", pgettext_lazy("part", "Delivered")
    USED = "used", pgettext_lazy("part", "Built in")
    UNUSED = "unused", pgettext_lazy("part", "Not used")
    CANCELLED = "cancelled", pgettext_lazy("part", "Cancelled")


OUTSTANDING = (State.REQUESTED, State.PICKING)  # nothing has left yet
MOVING = (*OUTSTANDING, State.ON_THE_WAY)  # nothing is there yet
OPEN = (*MOVING, State.WITH_ENGINEER, State.DELIVERED)


class Purpose(models.TextChoices):
    REPAIR = "repair", _("Repair")
    LOANER = "loaner", _("Loaner")
    EVENT = "event", _("Spare set for an event")


class Source(models.TextChoices):
    """Where a part comes from, in the order in which the schemes ask."""

    LOCAL = "local", _("Local depot")
    REGIONAL = "regional", _("Regional depot")
    OTHER = "other", _("Another depot")
    MAKER = "maker", _("Maker's emergency service")
    THIRD_PARTY = "third_party", _("Third party")
