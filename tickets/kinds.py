"""The closed vocabularies of a ticket: kind, channel, state. Pure names and labels; rules live in `lifecycle`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.kinds import Category

__all__ = [
    "OPEN_STATES", "OVER_STATES", "REPORTED", "REPORTED_CHOICES", "Category", "Cause", "Channel", "Kind", "LinkKind",
    "State",
]  # fmt: skip


class Kind(models.TextChoices):
    FAULT = "fault", _("Fault")
    QUESTION = "question", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    CHANGE = "change", _("Change request")
    INSPECTION = "inspection", _("Inspection")
    JOB = "job", _("Planned work")


# What somebody reports; planned work comes from its own pages, which give it its steps.
REPORTED = tuple(kind for kind in Kind if kind != Kind.JOB)
REPORTED_CHOICES = [choice for choice in Kind.choices if choice[0] != Kind.JOB]


class Channel(models.TextChoices):
    WEB = "web", _("Web form")
    PORTAL = "portal", _("Portal")
    PHONE = "phone", _("Phone")
    EMAIL = "email", _("E-mail")
    API = "api", _("REST client")
    MONITORING = "monitoring", _("Monitoring")
    VISIT = "visit", _("On site")


class State(models.TextChoices):
    """States of the work as the customer would say them."""

    NEW = "new", _("New")
    IN_PROGRESS = "in_progress", _("In progress")
    REMOTE = "remote", _("Working remotely")
    VISIT_BOOKED = "visit_booked", _("Visit booked")
    ON_THE_WAY = "on_the_way", _("Engineer on the way")
    ON_SITE = "on_site", _("On site")
    WAITING = "waiting", _("Waiting for customer")
    WAITING_PART = "waiting_part", _("Waiting for part")
    RESTORED = "restored", _("Restored")
    RESOLVED = "resolved", _("Resolved")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


OVER_STATES = (State.CLOSED, State.CANCELLED)
OPEN_STATES = frozenset(State) - set(OVER_STATES)


class LinkKind(models.TextChoices):
    DUPLICATE = "duplicate_of", _("Duplicate of")
    CAUSED_BY = "caused_by", _("Caused by")
    PARENT = "parent", _("Part of")
    CURED_BY = "cured_by", _("Cured by upgrade")
    RELATED = "related", _("Related to")


class Cause(models.TextChoices):
    DESIGN_DEFECT = "design_defect", _("Design defect")
    WEAR = "wear", _("Wear")
    OPERATION = "operation", _("Operating error")
    ENVIRONMENT = "environment", _("Environment")
    THIRD_PARTY = "third_party", _("Third party")
    FORCE_MAJEURE = "force_majeure", _("Force majeure")
    UNKNOWN = "unknown", _("Unknown")
