"""The simulator's question: a report at a place, and what happens after it. Errors stand beside their fields."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.models import Site
from customers.zones import validate_country, validate_zone
from sla import facts
from sla.engine import Case, Event, Scheme
from sla.engine.vocabulary import PEOPLE
from tickets.event_types import TYPES
from tickets.kinds import Channel, Kind

ROWS = (1, 2, 3, 4)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2080, 12, 31)
# `received` begins the story; the other two need a date of their own, which these rows do not ask for.
NOT_OFFERED = frozenset({"received", "change_confirmed", "visit_planned"})
FOLLOW = ((24, _("1 day")), (72, _("3 days")), (168, _("7 days")), (720, _("30 days")))
WARRANTY = (("", _("Unknown")), ("yes", _("In warranty")), ("no", _("Warranty over")))


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Sites of different organisations have the same names."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.organisation}, {obj}"


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput({"type": "date"}), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput({"type": "time"}, format="%H:%M"), **options)


class SimulatorForm(forms.Form):
    """`level`, `day`, `time` are the report; a chosen site wins over zone, country and travel time."""

    level = forms.ChoiceField(label=_("If a fault of level"), widget=forms.RadioSelect)
    day = _day(label=_("is reported on"))
    time = _time(label=_("at, local time"))
    site = SiteField(
        Site.objects.none(),
        label=_("at the site"),
        required=False,
        to_field_name="code",
        empty_label=_("Another place"),
    )
    zone = forms.CharField(label=_("Time zone"), validators=[validate_zone], max_length=60)
    country = forms.CharField(label=_("Country"), validators=[validate_country], max_length=2)
    travel_minutes = forms.IntegerField(label=_("Travel time, minutes"), min_value=0, max_value=2880)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    channel = forms.ChoiceField(label=_("Reported by"), choices=Channel.choices)
    warranty = forms.ChoiceField(label=_("Warranty"), choices=WARRANTY, required=False)
    follow = forms.TypedChoiceField(label=_("Follow it for"), choices=FOLLOW, coerce=int)

    def __init__(self, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [(level.code, f"{level.code} – {level.name}" if level.name else level.code) for level in scheme.levels]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["site"].queryset = Site.objects.select_related("organisation")  # type: ignore[attr-defined]
        events = [("", "–")] + [(code, TYPES[code].label) for code in TYPES if code in PEOPLE - NOT_OFFERED]
        for row in ROWS:
            self.fields[f"event_{row}"] = forms.ChoiceField(label=_("What happens"), choices=events, required=False)
            self.fields[f"level_{row}"] = forms.ChoiceField(
                label=_("New level"), choices=[("", "–"), *levels], required=False
            )
            self.fields[f"day_{row}"] = _day(label=_("on"), required=False)
            self.fields[f"time_{row}"] = _time(label=_("at"), required=False)

    @property
    def has_place_errors(self) -> bool:
        return bool({"zone", "country", "travel_minutes", "kind", "channel", "warranty", "follow"} & self.errors.keys())

    @property
    def has_events(self) -> bool:
        """Whether the rows of events should lie open: something stands in them."""
        return any(self.data.get(f"event_{row}") for row in ROWS)

    @property
    def level_choices(self) -> list[tuple[str, str, bool]]:
        """Code, name and whether it is chosen, for the row of buttons."""
        chosen = self["level"].value()
        return [(code, name, code == chosen) for code, name in self.fields["level"].choices]  # type: ignore[attr-defined]

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        for row in ROWS:
            yield tuple(self[f"{name}_{row}"] for name in ("event", "day", "time", "level"))

    def clean_day(self) -> date:
        return _within(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for row in ROWS:
            self._clean_row(row, values)
        return values

    def _clean_row(self, row: int, values: dict[str, Any]) -> None:
        event, day, at = (values.get(f"{name}_{row}") for name in ("event", "day", "time"))
        if not event:
            return
        if day is None or at is None:
            if not {f"day_{row}", f"time_{row}"} & self.errors.keys():
                self.add_error(f"event_{row}", _("Enter the day and the time."))
        elif not FIRST_DAY <= day <= LAST_DAY:
            self.add_error(f"day_{row}", _("Choose a day between 2000 and 2080."))
        if event == "level_confirmed" and not values.get(f"level_{row}"):
            self.add_error(f"level_{row}", _("Choose the new level."))

    @property
    def zone_info(self) -> ZoneInfo:
        site = self.cleaned_data["site"]
        return ZoneInfo(site.zone if site else self.cleaned_data["zone"])

    @property
    def place(self) -> facts.Place:
        values = self.cleaned_data
        site = values["site"]
        return facts.Place(site.zone, site.country) if site else facts.Place(values["zone"], values["country"])

    @property
    def case(self) -> Case:
        values = self.cleaned_data
        site = values["site"]
        return Case(
            kind=values["kind"],
            channel=values["channel"],
            in_warranty={"yes": True, "no": False}.get(values["warranty"]),
            travel_minutes=site.travel_minutes if site else values["travel_minutes"],
            local_loaner=site.has_local_loaner if site else False,
        )

    @property
    def received_at(self) -> datetime:
        return self._instant(self.cleaned_data["day"], self.cleaned_data["time"])

    @property
    def events(self) -> list[tuple[int, Event]]:
        """(row, event), row 0 being the report."""
        values = self.cleaned_data
        found = [(0, Event("received", self.received_at, data={"level": values["level"]}))]
        for row in ROWS:
            if values[f"event_{row}"]:
                data = {"level": values[f"level_{row}"]} if values[f"level_{row}"] else {}
                at = self._instant(values[f"day_{row}"], values[f"time_{row}"])
                found.append((row, Event(values[f"event_{row}"], at, data=data)))
        return found

    @property
    def as_of(self) -> datetime:
        """So long after the last thing that happens."""
        last = max(event.at for _row, event in self.events)
        return last + timedelta(hours=self.cleaned_data["follow"])

    def _instant(self, day: date, at: time_of_day) -> datetime:
        return datetime.combine(day, at, self.zone_info)


def _within(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("Choose a day between 2000 and 2080."))
    return day
