"""A clock as JSON, for tickets and for simulated stories alike."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from common.rest.fields import Instant, instant
from sla.engine import State, Stretch
from sla.reports import ClockView

STRETCH_KINDS = [("counted", "counted"), ("closed", "closed"), ("paused", "paused"), ("over", "over")]


class StretchAnswer(serializers.Serializer[Any]):
    """`from` and `to` are put in by hand: the first is a word of Python."""

    kind = serializers.ChoiceField(STRETCH_KINDS)
    seconds = serializers.IntegerField()
    why = serializers.CharField()
    working_day = serializers.IntegerField(required=False)

    def get_fields(self) -> dict[str, Any]:
        return {"from": Instant(), "to": Instant(), **super().get_fields()}


class BriefClockAnswer(serializers.Serializer[Any]):
    target = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    run = serializers.IntegerField()
    level = serializers.CharField()
    state = serializers.ChoiceField([(state.value, state.name) for state in State])
    started_at = Instant()
    due_at = Instant(allow_null=True)
    stopped_at = Instant(allow_null=True)
    paused = serializers.BooleanField()


class ClockAnswer(BriefClockAnswer):
    begun_at = Instant()
    warn_at = Instant(allow_null=True)
    elapsed_seconds = serializers.IntegerField()
    remaining_seconds = serializers.IntegerField()
    over_seconds = serializers.IntegerField()
    provisional = serializers.BooleanField()


class ExplainedClockAnswer(ClockAnswer):
    explanation = StretchAnswer(many=True)


def clock(view: ClockView) -> dict[str, Any]:
    """The members of ClockAnswer."""
    return {
        "target": view.target,
        "label": view.label,
        "run": view.run,
        "level": view.level,
        "state": view.state,
        "begun_at": instant(view.begun_at),
        "started_at": instant(view.started_at),
        "due_at": instant(view.due_at),
        "warn_at": instant(view.warn_at),
        "stopped_at": instant(view.stopped_at),
        "elapsed_seconds": view.elapsed_seconds,
        "remaining_seconds": view.remaining_seconds,
        "over_seconds": view.over_seconds,
        "paused": view.is_paused,
        "provisional": view.is_provisional,
    }


def explained(view: ClockView) -> dict[str, Any]:
    """The members of ExplainedClockAnswer."""
    return {**clock(view), "explanation": [_stretch(stretch) for stretch in view.explanation]}


def explained_all(views: Sequence[ClockView]) -> list[dict[str, Any]]:
    return [explained(view) for view in views]


def _stretch(stretch: Stretch) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "from": instant(stretch.start),
        "to": instant(stretch.end),
        "kind": stretch.kind,
        "seconds": stretch.seconds,
        "why": stretch.why,
    }
    if stretch.working_day is not None:
        shown["working_day"] = stretch.working_day
    return shown
