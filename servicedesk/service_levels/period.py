"""Which days and whose tickets a report of the promises speaks of, read from the address and written back into it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from customers.models import Organisation
from sla.attainment import Scope

DEFAULT_DAYS, LONGEST_DAYS = 30, 400
CHOICES = (("7", _("Last 7 days")), ("30", _("Last 30 days")), ("90", _("Last 90 days")))
EARLIEST = date(2000, 1, 1)


class PeriodForm(forms.Form):
    """`since` and `until` together win over `period`."""

    period = forms.ChoiceField(label=_("Period"), choices=[("", _("From – to")), *CHOICES], required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label=_("To, inclusive"), required=False, widget=forms.DateInput({"type": "date"}))
    organisation = forms.ModelChoiceField(
        Organisation.objects.all(), label=_("Organisation"), required=False, to_field_name="code",
        empty_label=_("All organisations"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if self.errors:
            return values
        if (since is None) != (until is None):
            self.add_error("until" if since else "since", _("Enter both days, or neither."))
        elif since and until and until < since:
            self.add_error("until", _("Choose a day that is not before the first one."))
        elif since and until and ((until - since).days >= LONGEST_DAYS or since < EARLIEST):
            self.add_error("until", _("Choose at most 400 days, none before the year 2000."))
        return values


@dataclass(frozen=True)
class Period:
    """Whole local days, the last one inclusive."""

    first: date
    last: date
    zone: tzinfo
    days: int = 0  # 7, 30 or 90 up to today; 0: chosen by day
    organisation: Organisation | None = None

    @property
    def scope(self) -> Scope:
        start = datetime(self.first.year, self.first.month, self.first.day, tzinfo=self.zone)
        after = self.last + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=self.zone)
        return Scope(start, end, self.organisation.pk if self.organisation else None)

    def query(self, **more: Any) -> str:
        """The same filters, and what is added to them, as part of an address."""
        facts: dict[str, Any] = {"period": self.days} if self.days else {"since": self.first, "until": self.last}
        if self.organisation:
            facts["organisation"] = self.organisation.code
        return urlencode(facts | {name: value for name, value in more.items() if value not in (None, "")})

    def choices(self, **more: Any) -> list[tuple[str, str, bool]]:
        """The usual periods, each with its address and whether it is this one; the other filters stay."""
        return [
            (str(label), replace(self, days=int(days)).query(**more), self.days == int(days)) for days, label in CHOICES
        ]


def read(query: QueryDict, now: datetime, zone: tzinfo) -> tuple[PeriodForm, Period]:
    """The form with its errors, and the period to show: the last 30 days where none can be read."""
    form = PeriodForm(query)
    form.is_valid()
    chosen = form.cleaned_data if not form.errors else {}
    today = now.astimezone(zone).date()
    organisation = form.cleaned_data.get("organisation")
    if chosen.get("since"):
        return form, Period(chosen["since"], chosen["until"], zone, 0, organisation)
    days = int(chosen.get("period") or DEFAULT_DAYS)
    return form, Period(today - timedelta(days=days - 1), today, zone, days, organisation)
