"""The simulator's question: a report at a place, and what happens after it. Errors stand beside their fields."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.editing import CountField
from customers.models import Site
from customers.zones import validate_country, validate_zone
from servicedesk.screens.ticket_forms import MomentField
from sla import facts
from sla.engine import Case, Event, Scheme
from sla.engine.vocabulary import NEEDS, PEOPLE
from tickets.event_types import TYPES
from tickets.kinds import REPORTED_CHOICES, Channel, Kind

ROWS = (1, 2, 3, 4)
PAUSE = 2  # its begin and its end
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2080, 12, 31)
NOT_OFFERED = frozenset({"received"})  # it begins the story
# What somebody plans or agrees on names a date of its own: event -> the fact that carries it.
DATED = {event: fact for event, fact in NEEDS.items() if fact != "level"}
FOLLOW = ((24, _("1 day")), (72, _("3 days")), (168, _("7 days")), (720, _("30 days")))
# The fields of a row, and what they are called in the summary of errors, where the row is not to be seen.
NAMES = {
    "event": _("Event %(n)d, what happens"),
    "day": _("Event %(n)d, day"),
    "time": _("Event %(n)d, time"),
    "for": _("Event %(n)d, planned or agreed for"),
    "level": _("Event %(n)d, new level"),
}
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
    travel_minutes = CountField(label=_("Travel time, minutes"), min_value=0, max_value=2880)
    kind = forms.ChoiceField(label=_("Kind"), choices=REPORTED_CHOICES)
    channel = forms.ChoiceField(label=_("Way in"), choices=Channel.choices)
    warranty = forms.ChoiceField(label=_("Warranty"), choices=WARRANTY, required=False)
    follow = forms.TypedChoiceField(label=_("Follow it for"), choices=FOLLOW, coerce=int)

    def __init__(self, scheme: Scheme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [(level.code, f"{level.code} – {level.name}" if level.name else level.code) for level in scheme.levels]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        self.fields["site"].queryset = Site.objects.select_related("organisation")  # type: ignore[attr-defined]
        events = [("", "–")] + [(code, TYPES[code].label) for code in TYPES if code in PEOPLE - NOT_OFFERED]
        # On the page the labels make one sentence; in the summary of errors each stands alone.
        self.fields["day"].summary_label = gettext("Day of the report")  # type: ignore[attr-defined]
        self.fields["time"].summary_label = gettext("Time of the report")  # type: ignore[attr-defined]
        for row in ROWS:
            self.fields[f"event_{row}"] = forms.ChoiceField(label=_("What happens"), choices=events, required=False)
            self.fields[f"level_{row}"] = forms.ChoiceField(
                label=_("New level"), choices=[("", "–"), *levels], required=False
            )
            self.fields[f"day_{row}"] = _day(label=_("on"), required=False)
            self.fields[f"time_{row}"] = _time(label=_("at"), required=False)
            self.fields[f"for_{row}"] = MomentField(label=_("Planned or agreed for"), required=False)
            for name, words in NAMES.items():
                self.fields[f"{name}_{row}"].summary_label = str(words) % {"n": row}  # type: ignore[attr-defined]

    @property
    def has_place_errors(self) -> bool:
        return bool({"zone", "country", "travel_minutes", "kind", "channel", "warranty", "follow"} & self.errors.keys())

    @property
    def has_events(self) -> bool:
        """Whether the rows of events should lie open: something stands in them, or is wrong there."""
        return any(self.data.get(f"event_{row}") or self._wrong_in(row) for row in ROWS)

    def _wrong_in(self, row: int) -> bool:
        return bool({f"{name}_{row}" for name in NAMES} & self.errors.keys())

    @property
    def level_choices(self) -> list[tuple[str, str, bool]]:
        """Code, name and whether it is chosen, for the row of buttons."""
        chosen = self["level"].value()
        return [(code, name, code == chosen) for code, name in self.fields["level"].choices]  # type: ignore[attr-defined]

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """Two, as a pause has; more as soon as these are taken, the last of them empty while there is room."""
        taken = max((row for row in ROWS if self.data.get(f"event_{row}") or self._wrong_in(row)), default=0)
        for row in ROWS[: max(taken + 1, PAUSE)]:
            yield tuple(self[f"{name}_{row}"] for name in NAMES)

    def clean_day(self) -> date:
        return _within(self.cleaned_data["day"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for row in ROWS:
            self._clean_row(row, values)
        if not self.errors:
            self._clean_order()
        return values

    def _clean_row(self, row: int, values: dict[str, Any]) -> None:
        event, day, at = (values.get(f"{name}_{row}") for name in ("event", "day", "time"))
        if not event:
            return
        if day is None or at is None:
            if not {f"day_{row}", f"time_{row}"} & self.errors.keys():
                self.add_error(f"day_{row}" if day is None else f"time_{row}", _("Enter the day and the time."))
        elif not FIRST_DAY <= day <= LAST_DAY:
            self.add_error(f"day_{row}", _("Choose a day between 2000 and 2080."))
        if event == "level_confirmed" and not values.get(f"level_{row}"):
            self.add_error(f"level_{row}", _("Choose the new level."))
        if event in DATED and not values.get(f"for_{row}") and f"for_{row}" not in self.errors:
            self.add_error(f"for_{row}", _("Enter the day and time that is planned or agreed."))
        kinds = TYPES[event].kinds
        if kinds and values.get("kind") and values["kind"] not in kinds:
            names = {"n": row, "event": TYPES[event].label, "kind": " / ".join(str(Kind(kind).label) for kind in kinds)}
            self.add_error("kind", gettext("Event %(n)d, “%(event)s”, needs the kind “%(kind)s”.") % names)

    def _clean_order(self) -> None:
        for row, event in self.events:
            if event.at < self.received_at:
                self.add_error(f"time_{row}", _("This time is before the report."))

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
                at = self._instant(values[f"day_{row}"], values[f"time_{row}"])
                found.append((row, Event(values[f"event_{row}"], at, data=self._data(row, values))))
        return found

    def _data(self, row: int, values: dict[str, Any]) -> dict[str, Any]:
        """The facts its event asks for; what stands in a field it does not show is no fact."""
        event, level, named = (values[f"{name}_{row}"] for name in ("event", "level", "for"))
        if event in DATED:
            return {DATED[event]: named.replace(tzinfo=self.zone_info)}  # on the clocks of the place, as the rest
        return {"level": level} if level and event == "level_confirmed" else {}

    @property
    def last_at(self) -> datetime:
        """When the last thing happens."""
        return max(event.at for _row, event in self.events)

    @property
    def as_of(self) -> datetime:
        """Until when time alone is followed after that."""
        return self.last_at + timedelta(hours=self.cleaned_data["follow"])

    def _instant(self, day: date, at: time_of_day) -> datetime:
        return datetime.combine(day, at, self.zone_info)


def _within(day: date) -> date:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise forms.ValidationError(_("Choose a day between 2000 and 2080."))
    return day
