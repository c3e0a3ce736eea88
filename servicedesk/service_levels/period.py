"""Which days a report of the promises speaks of, and which it is held against: read from the address, written back."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from servicedesk.service_levels.selection import FIELDS, SelectionForm, ids
from sla.attainment import Scope

DEFAULT_PERIOD, LONGEST_DAYS = "30", 400
PERIODS = (
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("90", _("Last 90 days")),
    ("this-month", _("This month")),
    ("last-month", _("Last month")),
    ("this-year", _("This year")),
)
DEFAULT_COMPARISON = "previous"
COMPARISONS = (
    ("previous", _("The days before")),
    ("month", _("A month earlier")),
    ("year", _("A year earlier")),
    ("none", _("No comparison")),
)
EARLIEST, LAST = date(2000, 1, 1), date(2099, 12, 31)


class PeriodForm(SelectionForm):
    """`since` and `until` together win over `month`, and that over `period`."""

    period = forms.ChoiceField(label=_("Period"), choices=[("", _("From – to")), *PERIODS], required=False)
    month = forms.RegexField(
        r"\A20[0-9]{2}-(0[1-9]|1[0-2])\Z",
        label=_("Month"),
        required=False,
        error_messages={"invalid": _("Enter a month as 2026-11.")},
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To, inclusive"), required=False, widget=forms.DateInput({"type": "date"}))
    compare = forms.ChoiceField(label=_("Compared with"), choices=[("", "–"), *COMPARISONS], required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if self.errors:
            return values
        if (since is None) != (until is None):
            self.add_error("until" if since else "since", _("Enter both days, or neither."))
        elif since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        elif since and until and ((until - since).days >= LONGEST_DAYS or since < EARLIEST or until > LAST):
            self.add_error("until", _("Choose at most 400 days, from 2000 to 2099."))
        return values


@dataclass(frozen=True)
class Period:
    """Whole local days, the last one inclusive. `preset` and `month`: how they were chosen, "" by day.

    `selection`: whose tickets, as in the address.
    """

    first: date
    last: date
    zone: tzinfo
    preset: str = ""
    month: str = ""
    compare: str = DEFAULT_COMPARISON
    selection: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        return Scope(
            self._start(self.first),
            self._start(self.last + timedelta(days=1)),
            organisation=self.keys.get("organisation"),
            contract=self.keys.get("contract"),
            team=self.keys.get("team"),
            severity=self.keys.get("severity"),
        )

    @property
    def before(self) -> Scope | None:
        """What the period is held against; None: nothing."""
        days = self.compared
        return days and self.scope.during(self._start(days[0]), self._start(days[1] + timedelta(days=1)))

    @property
    def compared(self) -> tuple[date, date] | None:
        if self.compare == "none":
            return None
        if self.compare == "previous":
            length = self.last - self.first + timedelta(days=1)
            return self.first - length, self.first - timedelta(days=1)
        months = 12 if self.compare == "year" else 1
        first, last = _earlier(self.first, months), _earlier(self.last, months)
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return first, last

    def query(self, **more: Any) -> str:
        """The same filters, and what is added to them or (None) taken away, as part of an address."""
        facts: dict[str, Any] = {"since": self.first, "until": self.last}
        if self.preset or self.month:
            facts = {"period": self.preset, "month": self.month}
        if self.compare != DEFAULT_COMPARISON:
            facts["compare"] = self.compare
        facts |= dict(self.selection) | more
        return urlencode({name: value for name, value in facts.items() if value not in (None, "")})

    def with_preset(self, preset: str) -> "Period":
        return replace(self, preset=preset, month="")

    def with_month(self, month: str) -> "Period":
        return replace(self, preset="", month=month)

    def _start(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, tzinfo=self.zone)


def read(query: QueryDict, now: datetime, zone: tzinfo) -> tuple[PeriodForm, Period]:
    """The form with its errors, and the period to show: the last 30 days where none can be read."""
    form = PeriodForm(query)
    form.is_valid()
    values = form.cleaned_data
    chosen = values if not form.errors else {}
    preset, month = chosen.get("period") or "", chosen.get("month") or ""
    today = now.astimezone(zone).date()
    if chosen.get("since"):
        first, last, preset, month = chosen["since"], chosen["until"], "", ""
    elif month:
        first = date(int(month[:4]), int(month[5:]), 1)
        last, preset = _end_of_month(first), ""
    else:
        preset = preset or DEFAULT_PERIOD
        first, last = _days(preset, today)
    return form, Period(
        first,
        last,
        zone,
        preset,
        month,
        chosen.get("compare") or DEFAULT_COMPARISON,
        {name: str(query.get(name, "")) for name in FIELDS if values.get(name)},
        ids(values),
    )


def _days(preset: str, today: date) -> tuple[date, date]:
    if preset == "this-month":
        return today.replace(day=1), today
    if preset == "last-month":
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if preset == "this-year":
        return today.replace(month=1, day=1), today
    return today - timedelta(days=int(preset) - 1), today


def _end_of_month(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def _earlier(day: date, months: int) -> date:
    """The same day so many months earlier, or the last one of that month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
