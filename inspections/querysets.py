"""Readers. Of checklists a customer sees none: his report shows what was asked. Plans are visible with their places."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models.functions import Cast

from customers.querysets import Visible
from tickets.querysets import OfTicket

if TYPE_CHECKING:
    from accounts.models import User

M = TypeVar("M", bound=models.Model)
UNSERVED = (
    models.Q(unit__is_retired=True)
    | models.Q(site__is_active=False)
    | models.Q(contract__organisation__is_active=False)
)


class ChecklistQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()


class VersionQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        return self if user.is_active and user.is_staff_member else self.none()

    def current(self) -> Self:
        """The latest version of each list."""
        return self.order_by("checklist__code", "-number").distinct("checklist__code")


class PictureQuerySet(models.QuerySet[M]):
    def visible_to(self, user: "User") -> Self:
        """A customer sees those of the lists that were walked on finished visits of his."""
        if user.is_active and user.is_staff_member:
            return self
        inspections: Any = self.model._meta.apps.get_model("inspections", "Inspection")
        seen = inspections.objects.visible_to(user).finished()
        return self.filter(models.Exists(self._versions(sheets__inspection__in=seen)))

    def unnamed(self) -> Self:
        """Those that no version and no draft shows."""
        drafts = self._naming("Checklist", "draft")
        return self.exclude(models.Exists(self._versions())).exclude(models.Exists(drafts))

    def _versions(self, **where: Any) -> models.QuerySet[Any]:
        return self._naming("ChecklistVersion", "document").filter(**where)

    def _naming(self, model: str, column: str) -> models.QuerySet[Any]:
        """Rows whose document holds the hash of the picture in the outer query."""
        rows: Any = self.model._meta.apps.get_model("inspections", model)
        text = Cast(column, models.TextField())
        return rows.objects.annotate(text=text).filter(text__contains=models.OuterRef("sha256"))  # type: ignore[no-any-return]

    def named_by(self, names: Iterable[str]) -> dict[str, M]:
        """Hash -> picture without its bytes."""
        wanted = set(names)
        return {str(row.sha256): row for row in self.filter(sha256__in=wanted).defer("data")} if wanted else {}  # type: ignore[attr-defined]


class PlanQuerySet(Visible[M]):
    """A customer sees the plans of his sites."""

    organisation_path = "site__organisation"
    site_path = "site"

    def owing(self) -> Self:
        """As `Plan.is_owing` says."""
        return self.filter(is_active=True).exclude(UNSERVED)

    def plannable(self) -> Self:
        """Owing, and its unit stands where it is to be visited."""
        return self.owing().filter(models.Q(unit__isnull=True) | models.Q(unit__site=models.F("site")))

    def stuck(self, day: date) -> Self:
        """As `Plan.is_stuck_on` says."""
        astray = models.Q(unit__isnull=False) & ~models.Q(unit__site=models.F("site"))
        found = self.owing().filter(astray | ~models.Q(trouble=""))
        return found.exclude(ends_on__lte=day).exclude(contract__ends_on__lte=day)

    def unserved(self) -> Self:
        """In use, of what is out of service for now."""
        return self.filter(UNSERVED, is_active=True)


class AppointmentQuerySet(OfTicket[M]):
    """Visible with their tickets."""

    def with_what_a_calendar_shows(self) -> Self:
        people = ("ticket__organisation", "ticket__site", "ticket__equipment__product", "ticket__assignee")
        return self.select_related(*people, "ticket__inspection__plan")

    def between(self, begins_at: datetime, ends_at: datetime) -> Self:
        return self.filter(planned_at__gte=begins_at, planned_at__lt=ends_at)


class InspectionQuerySet(OfTicket[M]):
    """Visible with their tickets. Of one that is under way a customer reads nothing: ask for those `finished`."""

    def finished(self) -> Self:
        return self.filter(sign_off__isnull=False)

    def readable_to(self, user: "User") -> Self:
        seen = self.visible_to(user)
        return seen if user.is_active and user.is_staff_member else seen.finished()


class OfInspection(models.QuerySet[M]):
    """Visible to staff; a customer gets what hangs on it through pages and answers made for him."""

    path = "inspection"

    def visible_to(self, user: "User") -> Self:
        if user.is_active and user.is_staff_member:
            return self
        inspections: Any = self.model._meta.apps.get_model("inspections", "Inspection")
        seen = inspections.objects.visible_to(user).finished()
        return self.filter(**{f"{self.path}__in": seen.values("pk")})


class OfSheet(OfInspection[M]):
    path = "sheet__inspection"


class ReportQuerySet(models.QuerySet[M]):
    """Staff see every edition, a customer what was sent to him."""

    def visible_to(self, user: "User") -> Self:
        if user.is_active and user.is_staff_member:
            return self
        inspections: Any = self.model._meta.apps.get_model("inspections", "Inspection")
        seen = inspections.objects.visible_to(user)
        return self.filter(sent_at__isnull=False, inspection__in=seen.values("pk"))

    def sent_of(self, ticket: Any) -> Self:
        """For whoever may open that case; the last one first."""
        return self.filter(sent_at__isnull=False, inspection__ticket=ticket).order_by("-number")


class AnalysisQuerySet(models.QuerySet[M]):
    """Staff see every edition; the customer those that were sent, of the contracts he may see."""

    def visible_to(self, user: "User") -> Self:
        if user.is_active and user.is_staff_member:
            return self
        contracts: Any = self.model._meta.apps.get_model("customers", "Contract")
        seen = contracts.objects.visible_to(user)
        return self.filter(sent_at__isnull=False, contract__in=seen.values("pk"))
