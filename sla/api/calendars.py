"""Business time over REST: add a duration, measure between two instants. For staff."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from common import durations
from common.calendars import CALENDARS
from common.errors import Forbidden, Invalid, NotVisible
from common.instants import format_instant
from common.rest.fields import Duration, Instant, Whole
from common.rest.serializers import Strict, read
from common.worktime import CalendarError, WorkTime
from sla import facts
from sla.api.places import Country, Zone

LATEST = datetime(facts.LAST_YEAR - 3, 1, 1, tzinfo=UTC)
EARLIEST = datetime(facts.FIRST_YEAR + 1, 1, 1, tzinfo=UTC)
# However short its hours, a calendar is open more than a fifth of the time, holidays aside.
WALL_PER_OPEN = 5
MOST_WORKING_DAYS = 5000
WORKING_DAYS = {
    "type": "object",
    "properties": {"working_days": {"type": "integer", "minimum": 1, "maximum": MOST_WORKING_DAYS}},
    "required": ["working_days"],
    "additionalProperties": False,
}
HOLIDAYS = timedelta(days=60)


@extend_schema_field({"oneOf": [{"type": "string", "format": "duration"}, WORKING_DAYS]})
class Span(Duration):
    """PT4H, or {"working_days": 2} as schemes write it."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, Mapping):
            return super().to_internal_value(data)
        try:
            span = durations.parse(data)
        except ValueError:
            self.fail("invalid")
        if isinstance(span, durations.WorkingDays) and span.days > MOST_WORKING_DAYS:
            self.fail("invalid")
        return span


class AddInput(Strict):
    start = Instant()
    duration = Span(required=False)
    working_days = Whole(required=False, min_value=1, max_value=MOST_WORKING_DAYS)
    zone = Zone()
    country = Country()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("duration" in attrs) == ("working_days" in attrs):
            raise serializers.ValidationError({"duration": [_("Give either a duration or working days.")]})
        if isinstance(attrs.get("duration"), durations.WorkingDays):
            attrs["working_days"] = attrs.pop("duration").days
        return attrs


class AddAnswer(serializers.Serializer[Any]):
    start = Instant(help_text="Moved to the next open moment.")
    end = Instant()
    provisional = serializers.BooleanField(help_text="The end rests on days nobody has decreed yet.")


class BetweenInput(Strict):
    zone = Zone()
    country = Country()

    def get_fields(self) -> dict[str, Any]:
        return {"from": Instant(), "to": Instant(), **super().get_fields()}


class BetweenAnswer(serializers.Serializer[Any]):
    seconds = serializers.FloatField(help_text="Open time; negative when `to` is earlier.")


class WindowAnswer(serializers.Serializer[Any]):
    code = serializers.CharField()
    always_open = serializers.BooleanField()
    uses_holidays = serializers.BooleanField()
    hours = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class StaffResource(Resource):
    """Customers read policies and tickets; the tools are for staff."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not self.person.is_staff_member:
            raise Forbidden(_("This is for staff."))

    def calendar(self, code: str, values: dict[str, Any], *instants: datetime) -> WorkTime:
        if code not in CALENDARS:
            raise NotVisible(_("There is no such calendar."))
        today = timezone.now().date()
        place = facts.Place(values["zone"], values["country"])
        return facts.calendars_for(place, instants, today=today)[code]


class Calendars(StaffResource):
    @extend_schema(operation_id="calendars_list", responses=WindowAnswer(many=True))
    def get(self, request: Request) -> Response:
        return Response([_shown(code) for code in CALENDARS])


class Add(StaffResource):
    @extend_schema(operation_id="calendars_add", request=AddInput, responses=AddAnswer)
    def post(self, request: Request, code: str) -> Response:
        values = read(AddInput, request.data)
        start = values["start"]
        _check_range("start", start)
        calendar = self.calendar(code, values, start, _far_enough(start, values))
        try:
            moved, end = _end(calendar, start, values)
        except (CalendarError, OverflowError) as error:
            raise Invalid.field("duration", _("The end is outside the years for which calendars are known.")) from error
        return Response(
            {
                "start": format_instant(moved),
                "end": format_instant(end),
                "provisional": calendar.is_provisional(end),
            }
        )


class Between(StaffResource):
    @extend_schema(operation_id="calendars_between", request=BetweenInput, responses=BetweenAnswer)
    def post(self, request: Request, code: str) -> Response:
        values = read(BetweenInput, request.data)
        for name in ("from", "to"):
            _check_range(name, values[name])
        calendar = self.calendar(code, values, values["from"], values["to"])
        seconds = calendar.between(values["from"], values["to"]).total_seconds()
        return Response({"seconds": int(seconds) if seconds.is_integer() else seconds})


def _check_range(name: str, instant: datetime) -> None:
    if not EARLIEST <= instant <= LATEST:
        raise Invalid.field(name, _("This is outside the years for which calendars are known."))


def _far_enough(start: datetime, values: dict[str, Any]) -> datetime:
    """An instant by which the end has certainly come, within the years that are known."""
    try:
        span = values.get("duration") or timedelta(days=values.get("working_days", 0))
        return min(start + span * WALL_PER_OPEN + HOLIDAYS, LATEST)
    except OverflowError:
        return LATEST


def _end(calendar: WorkTime, start: datetime, values: dict[str, Any]) -> tuple[datetime, datetime]:
    """Where counting starts, and where it ends."""
    moved = calendar.snap(start)
    if "working_days" in values:
        return moved, calendar.working_days_after(start, values["working_days"])
    return moved, calendar.add(start, values["duration"])


def _shown(code: str) -> dict[str, Any]:
    spec = CALENDARS[code]
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    hours = {days[day]: [str(window) for window in spec.weekly[day]] for day in sorted(spec.weekly)}
    return {"code": code, "always_open": spec.always, "uses_holidays": spec.uses_holidays, "hours": hours}
