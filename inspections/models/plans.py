"""Plans of what contracts owe. Decides nothing; `planning` says when."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from customers.models import Contract, Equipment, Site
from inspections.models.checklists import Checklist
from inspections.planning import Every, Rhythm
from inspections.querysets import PlanQuerySet

BY_DATES = (Every.DATES, Every.ONCE)
DEFAULT_MINUTES, LONGEST_MINUTES = 120, 7 * 24 * 60


class Plan(models.Model):
    """Inspections that a contract owes at a site, of one unit there or of the whole; `planning` says when.

    `ends_on` empty: as long as the contract. `days`: of "working days" every so many, of "before dates" so many before.
    What was over on `made_on` is left out: nobody here knows about it. `follows_warranty`: made by the program, for the
    end of the unit's warranty. `pace`: the rhythm it has gone by since `paced_on` (empty: from the first); whoever
    generates brings it in step with `every` and with the unit's importance. `edition` counts the changes of when.
    `trouble`: why the program could not plan it the last time, in English; empty while it can.
    """

    class Manner(models.TextChoices):
        ON_SITE = "on-site", _("On site")
        PHONE = "phone", _("By phone")
        REMOTE = "remote", _("Remote")

    class Weekdays(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    class Rhythms(models.TextChoices):
        MONTH = Every.MONTH.value, _("Every month")
        QUARTER = Every.QUARTER.value, _("Every three months")
        HALF_YEAR = Every.HALF_YEAR.value, _("Every six months")
        YEAR = Every.YEAR.value, _("Every year")
        WEEKS = Every.WEEKS.value, _("Every so many weeks, on one day of the week")
        WORKING_DAYS = Every.WORKING_DAYS.value, _("Every so many working days")
        DATES = Every.DATES.value, _("So many working days before given dates")
        ONCE = Every.ONCE.value, _("Once, within 60 days before a date")
        IMPORTANCE = Every.IMPORTANCE.value, _("By the importance of the unit")

    class Paces(models.TextChoices):
        MONTH = Every.MONTH.value, _("Every month")
        QUARTER = Every.QUARTER.value, _("Every three months")
        HALF_YEAR = Every.HALF_YEAR.value, _("Every six months")
        YEAR = Every.YEAR.value, _("Every year")

    contract = models.ForeignKey(Contract, models.PROTECT, related_name="inspection_plans", verbose_name=_("contract"))
    site = models.ForeignKey(Site, models.PROTECT, related_name="inspection_plans", verbose_name=_("site"))
    unit = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="inspection_plans", verbose_name=_("unit")
    )
    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="plans", verbose_name=_("checklist"))
    every = models.CharField(_("how often"), max_length=12, choices=Rhythms.choices, default=Rhythms.HALF_YEAR)
    days = models.PositiveSmallIntegerField(_("working days"), default=1)
    weekday = models.PositiveSmallIntegerField(_("day of the week"), null=True, blank=True, choices=Weekdays.choices)
    dates = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("dates"))
    vital_every = models.CharField(_("vital units"), max_length=9, choices=Paces.choices, default=Paces.MONTH)
    important_every = models.CharField(_("important units"), max_length=9, choices=Paces.choices, default=Paces.QUARTER)
    ordinary_every = models.CharField(_("ordinary units"), max_length=9, choices=Paces.choices, default=Paces.HALF_YEAR)
    begins_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until (first day not covered)"), null=True, blank=True)
    manner = models.CharField(_("how"), max_length=8, choices=Manner.choices, default=Manner.ON_SITE)
    is_joint = models.BooleanField(_("together with the maker"), default=False)
    maker_contact = models.CharField(_("contact at the maker"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length of a visit, minutes"), default=DEFAULT_MINUTES)
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("engineer")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    made_on = models.DateField(editable=False)
    follows_warranty = models.BooleanField(default=False, editable=False)
    pace = models.CharField(max_length=12, choices=Rhythms.choices, blank=True, editable=False)
    paced_on = models.DateField(null=True, editable=False)
    edition = models.PositiveSmallIntegerField(default=1, editable=False)
    trouble = models.CharField(_("cannot be planned"), max_length=300, blank=True, editable=False)

    objects = PlanQuerySet["Plan"].as_manager()

    class Meta:
        ordering = ["contract", "site", "pk"]
        verbose_name = _("inspection plan")
        verbose_name_plural = _("inspection plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("begins_on")), name="plan_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(follows_warranty=True), name="warranty_end_planned_once"
            ),
            models.CheckConstraint(
                condition=~Q(every=Every.IMPORTANCE.value) | Q(unit__isnull=False), name="plan_by_importance_has_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract}, {self.unit or self.site}"

    def clean(self) -> None:
        if self.ends_on and self.begins_on and self.ends_on <= self.begins_on:
            raise ValidationError({"ends_on": gettext("Enter a day after the first one.")})

    @property
    def is_owing(self) -> bool:
        """In use, of what is served."""
        is_served = self.site.is_active and self.contract.organisation.is_active
        return self.is_active and is_served and not (self.unit is not None and self.unit.is_retired)

    def is_astray_on(self, day: date) -> bool:
        """Its unit stands at another site: nothing can be planned until somebody says what is to be visited."""
        is_over = self.last_day is not None and self.last_day <= day
        return self.is_owing and not is_over and self.unit is not None and self.unit.site_id != self.site_id

    def is_stuck_on(self, day: date) -> bool:
        """Nobody will plan its visits until somebody mends it."""
        is_over = self.last_day is not None and self.last_day <= day
        return self.is_astray_on(day) or (self.is_owing and not is_over and bool(self.trouble))

    @property
    def engineer(self) -> User | None:
        """Who is sent: nobody whose account is closed."""
        return self.assignee if self.assignee is not None and self.assignee.is_active else None

    @property
    def wanted(self) -> str:
        """The rhythm it should go by from now on."""
        if self.every != Every.IMPORTANCE or self.unit is None:
            return str(self.every)
        return str(getattr(self, f"{self.unit.importance}_every"))

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(Every(self.pace or self.wanted), self.days, tuple(self.dates), self.weekday)

    @property
    def timing(self) -> dict[str, object]:
        """What says when. Another one is another edition; dates name themselves, so that they may come and go."""
        return {name: getattr(self, name) for name in ("every", "days", "weekday", "begins_on")}

    def key_of(self, key: str) -> str:
        """What is owed by another edition is another thing, though it had the same name."""
        return key if self.edition == 1 or self.every in BY_DATES else f"{key}~{self.edition}"

    def is_of_this_edition(self, key: str) -> bool:
        """By importance none is: it keeps its names and changes its pace, so that each may be of another one."""
        return self.every != Every.IMPORTANCE and (self.every in BY_DATES or key == self.key_of(key.partition("~")[0]))

    @property
    def counts_from(self) -> date:
        """What was over then is left out: before the plan was made, or before it went by this rhythm."""
        return max(self.made_on, self.paced_on or self.made_on)

    @property
    def how_often(self) -> str:
        said = str(self.Rhythms(self.rhythm.every.value).label)
        return gettext("%(often)s, by importance") % {"often": said} if self.every == Every.IMPORTANCE else said

    @property
    def last_day(self) -> date | None:
        """The first day on which nothing is owed any more: the plan's or the contract's, whichever is first."""
        ends = [day for day in (self.ends_on, self.contract.ends_on) if day is not None]
        return min(ends, default=None)
