"""A story told to the engine: what the clocks and the program would have made of it. For staff; nothing is stored."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Invalid, NotVisible
from common.instants import format_instant
from common.rest import filters
from common.rest.fields import Instant, Text, Truth, Whole, instant
from common.rest.problems import Problem
from common.rest.serializers import Strict, read
from common.worktime import CalendarError
from sla import facts, library, reports, simulation
from sla.api.calendars import EARLIEST, LATEST, StaffResource
from sla.api.clocks import ExplainedClockAnswer, explained_all
from sla.api.places import Country, Zone
from sla.api.schemes import VersionFilter
from sla.engine import Case, Event, Scheme, Story, StoryError
from tickets.kinds import REPORTED_CHOICES, Channel, Kind
from tickets.promises import UnknownPromise

MOST_EVENTS = 500
# A forgotten crisis has a record to miss each hour; a story without end would be told for minutes.
LONGEST_STORY = timedelta(days=1100)
FIELDS = ("level", "down", "agreed_at", "planned_at", "note")


class SiteInput(Strict):
    zone = Zone()
    country = Country()
    travel_minutes = Whole(required=False, allow_null=True, max_value=100_000)
    local_loaner = Truth(required=False, default=False)


class CaseInput(Strict):
    kind = serializers.ChoiceField(REPORTED_CHOICES, required=False, default=Kind.FAULT)
    channel = serializers.ChoiceField(Channel.choices, required=False, allow_null=True)
    category = Text(required=False, allow_null=True, allow_blank=True, max_length=40)
    cause = Text(required=False, allow_null=True, allow_blank=True, max_length=40)
    in_warranty = Truth(required=False, allow_null=True)


class StoryEvent(Strict):
    type = Text(max_length=30)
    at = Instant()
    level = Text(required=False, allow_null=True, max_length=20)
    down = Truth(required=False, allow_null=True)
    agreed_at = Instant(required=False, allow_null=True)
    planned_at = Instant(required=False, allow_null=True)
    note = Text(required=False, allow_null=True, allow_blank=True, max_length=2000)


class StoryInput(Strict):
    site = SiteInput(required=False)
    ticket = CaseInput(required=False)
    events = serializers.ListField(child=StoryEvent(), allow_empty=False, max_length=MOST_EVENTS)
    as_of = Instant()


class StoryEventAnswer(serializers.Serializer[Any]):
    seq = serializers.IntegerField()
    type = serializers.CharField()
    at = Instant()
    automatic = serializers.BooleanField()
    level = serializers.CharField(required=False, help_text="Where the event has one.")
    data = serializers.DictField()  # type: ignore[assignment]


class StoryAnswer(serializers.Serializer[Any]):
    events = StoryEventAnswer(many=True)
    clocks = ExplainedClockAnswer(many=True)
    level = serializers.CharField()
    next_due_at = Instant(allow_null=True)


class Simulate(StaffResource):
    @extend_schema(
        operation_id="schemes_simulate", parameters=[VersionFilter], request=StoryInput, responses=StoryAnswer
    )
    def post(self, request: Request, code: str) -> Response:
        scheme = _scheme(code, filters.read(request, VersionFilter).get("version"))
        values = read(StoryInput, request.data)
        _check_years(values)
        site, ticket = values.get("site") or {}, values.get("ticket") or {}
        events = [_event(entry, ticket.get("kind", Kind.FAULT)) for entry in values["events"]]
        try:
            story, _calendars = simulation.play(
                scheme=scheme, place=_place(site), case=_case(site, ticket), events=events, as_of=values["as_of"]
            )
        except StoryError as error:
            raise _impossible(error) from error
        except CalendarError as error:
            raise Invalid.field("events", _("The story leaves the years for which calendars are known.")) from error
        return Response(_told(story, scheme))


def _scheme(code: str, version: int | None) -> Scheme:
    try:
        return library.scheme(code, version if version is not None else library.version_in_force(code))
    except UnknownPromise:
        raise NotVisible(_("There is no such scheme.")) from None
    except library.BrokenScheme as error:
        raise Problem(409, _("This version of the scheme cannot be read."), slug="broken-scheme") from error


def _check_years(values: Mapping[str, Any]) -> None:
    sentence = _("This is outside the years for which calendars are known.")
    instants = {"as_of": values["as_of"]}
    for position, entry in enumerate(values["events"]):
        for name in ("at", "agreed_at", "planned_at"):
            if entry.get(name) is not None:
                instants[f"events[{position}].{name}"] = entry[name]
    wrong = {name: [sentence] for name, at in instants.items() if not EARLIEST <= at <= LATEST}
    if wrong:
        raise Invalid(wrong)
    if values["as_of"] - min(entry["at"] for entry in values["events"]) > LONGEST_STORY:
        raise Invalid.field("as_of", _("A story is told for three years at most."))


def _place(site: Mapping[str, Any]) -> facts.Place:
    return facts.Place(site.get("zone", facts.DEFAULT_ZONE), site.get("country", facts.DEFAULT_COUNTRY))


def _case(site: Mapping[str, Any], ticket: Mapping[str, Any]) -> Case:
    return Case(
        kind=str(ticket.get("kind", Kind.FAULT)),
        channel=ticket.get("channel") or None,
        category=ticket.get("category") or None,
        cause=ticket.get("cause") or None,
        in_warranty=ticket.get("in_warranty"),
        travel_minutes=site.get("travel_minutes"),
        local_loaner=site.get("local_loaner", False),
    )


def _event(entry: Mapping[str, Any], kind: str) -> Event:
    data = {name: entry[name] for name in FIELDS if entry.get(name) is not None}
    if entry["type"] in ("reopened", "not_satisfied"):
        data.setdefault("down", kind == Kind.FAULT)
    return Event(entry["type"], entry["at"], 0, data)


def _impossible(error: StoryError) -> Problem:
    return Problem(
        422,
        str(error),
        slug="impossible-story",
        errors={f"events[{error.index}]": [error.message]},
        entry=error.index,
    )


def _told(story: Story, scheme: Scheme) -> dict[str, Any]:
    plan = story.plan
    return {
        "events": [_shown(event) for event in story.events],
        "clocks": explained_all(reports.views(plan, scheme)),
        "level": plan.level,
        "next_due_at": instant(plan.next_due_at),
    }


def _shown(event: Event) -> dict[str, Any]:
    data = {name: format_instant(v) if hasattr(v, "astimezone") else v for name, v in event.data.items()}
    shown: dict[str, Any] = {
        "seq": event.seq,
        "type": event.type,
        "at": format_instant(event.at),
        "automatic": event.is_by_program,
        "data": data,
    }
    if "level" in data:
        shown["level"] = data["level"]
    return shown
