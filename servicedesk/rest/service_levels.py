"""How well the promises were kept, as numbers: what the dashboard shows, for programs. For whoever runs the desk."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from zoneinfo import ZoneInfo

from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.resources import Resource
from accounts.policies import require
from common.errors import Invalid
from common.rest import filters
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict
from servicedesk.service_levels import period
from servicedesk.service_levels.figures import Figures
from sla import attainment
from sla.attainment import Row, Share
from sla.policies import TABLE


class PeriodFilter(Strict):
    """`since` and `until` (inclusive days in `zone`), a `month`, or a `period` up to now; else the last 30 days."""

    period = Text(required=False, help_text="7, 30, 90, this-month, last-month or this-year")
    month = Text(required=False, help_text="YYYY-MM")
    since = Text(required=False, help_text="YYYY-MM-DD")
    until = Text(required=False, help_text="YYYY-MM-DD, inclusive")
    compare = Text(required=False, help_text="previous (the same length before), month, year or none")
    organisation = Text(required=False, help_text="its code; none: tickets without one")
    contract = Text(required=False, help_text="its number; none: tickets without one")
    team = Text(required=False, help_text="its code; none: tickets without one")
    level = Text(required=False, help_text="gravity of the level, 1 (gravest) to 4")
    zone = Text(required=False, help_text="where the days begin; UTC unless you say otherwise")


class ShareAnswer(serializers.Serializer[Any]):
    met = serializers.IntegerField()
    missed = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)


class TargetAnswer(ShareAnswer):
    target = serializers.CharField()
    goal = serializers.FloatField()
    percent_before = serializers.FloatField(allow_null=True, help_text="in the period it is compared with")


class SeverityAnswer(serializers.Serializer[Any]):
    severity = serializers.IntegerField()
    tickets = serializers.IntegerField(help_text="reported in the period")
    targets = serializers.DictField(child=ShareAnswer())


class ContractAnswer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    organisation_code = serializers.CharField(help_text="empty: none")
    contract = serializers.CharField(help_text="empty: none")
    targets = serializers.DictField(child=ShareAnswer())


class WeekAnswer(serializers.Serializer[Any]):
    monday = serializers.DateField()
    targets = serializers.DictField(child=ShareAnswer())


class CauseAnswer(serializers.Serializer[Any]):
    cause = serializers.CharField()
    missed = serializers.IntegerField()


class PeakAnswer(serializers.Serializer[Any]):
    weekday = serializers.IntegerField(help_text="1 is Monday")
    hour = serializers.IntegerField(help_text="in the zone that was asked for")
    faults = serializers.IntegerField()


class HolderAnswer(serializers.Serializer[Any]):
    name = serializers.CharField(help_text="empty: unassigned")
    email = serializers.CharField()
    total = serializers.IntegerField()
    late = serializers.IntegerField()
    soon = serializers.IntegerField(help_text="within the hour")
    later = serializers.IntegerField()
    paused = serializers.IntegerField()
    rest = serializers.IntegerField(help_text="without a clock")


class ServiceLevelsAnswer(serializers.Serializer[Any]):
    start = Instant()
    end = Instant()
    compared_start = Instant(allow_null=True)
    compared_end = Instant(allow_null=True)
    as_of = Instant()
    tickets = serializers.IntegerField(help_text="reported in the period")
    targets = TargetAnswer(many=True)
    severities = SeverityAnswer(many=True)
    contracts = ContractAnswer(many=True)
    weeks = WeekAnswer(many=True)
    causes = CauseAnswer(many=True)
    peaks = PeakAnswer(many=True, help_text="faults by hour of the week, over the twelve weeks of `weeks`")
    holders = HolderAnswer(many=True)
    open = serializers.DictField(child=serializers.IntegerField())


class ServiceLevels(Resource):
    """How well the promises of a period were kept. An open ticket that is late counts as missed now."""

    @extend_schema(operation_id="service_levels_read", parameters=[PeriodFilter], responses=ServiceLevelsAnswer)
    def get(self, request: Request) -> Response:
        require(self.actor, "sla.see_attainment", TABLE)
        chosen = _period(filters.read(request, PeriodFilter))
        return Response(ServiceLevelsAnswer(_answer(chosen)).data)


def _period(values: dict[str, Any]) -> period.Period:
    """Read by the form of the dashboard, so that both understand the same."""
    name = values.pop("zone", "UTC")
    try:
        zone = UTC if name == "UTC" else ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise Invalid.field("zone", f"There is no time zone {name!r}.") from None
    query = QueryDict(mutable=True)
    query.update(values)
    form, chosen = period.read(query, timezone.now(), zone)
    if form.errors:
        raise Invalid({field: [str(sentence) for sentence in found] for field, found in form.errors.items()})
    return chosen


def _answer(chosen: period.Period) -> dict[str, Any]:
    figures = Figures(chosen, timezone.now())
    before = chosen.before
    return {
        "start": figures.scope.start,
        "end": figures.scope.end,
        "compared_start": before and before.start,
        "compared_end": before and before.end,
        "as_of": figures.now,
        "tickets": sum(figures.tickets.values()),
        "targets": [_target(code, share, figures) for code, share in figures.shares.items()],
        "severities": _severities(figures),
        "contracts": [_contract(row) for row in figures.contracts()],
        "weeks": [{"monday": week.monday, **_targets(week.shares)} for week in figures.weeks],
        "causes": [{"cause": cause, "missed": number} for cause, number in figures.causes],
        "peaks": [
            {"weekday": weekday, "hour": hour, "faults": number}
            for (weekday, hour), number in sorted(figures.peaks.counts.items())
        ],
        "holders": [
            {"name": holder.name, "email": holder.email, "total": holder.total, **holder.counts}
            for holder in figures.holders
        ],
        "open": figures.open,
    }


def _target(code: str, share: Share, figures: Figures) -> dict[str, Any]:
    before = figures.before.get(code, attainment.NOTHING).percent
    return {"target": code, "goal": attainment.goal(code), "percent_before": before, **_share(share)}


def _severities(figures: Figures) -> list[dict[str, Any]]:
    shares = {row.key: row.shares for row in figures.severities}
    found = sorted({*shares, *figures.tickets} - {0})
    return [{"severity": key, "tickets": figures.tickets.get(key, 0), **_targets(shares.get(key, {}))} for key in found]


def _contract(row: Row) -> dict[str, Any]:
    names = {"organisation": row.name, "organisation_code": row.organisation, "contract": row.number}
    return names | _targets(row.shares)


def _targets(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {"targets": {code: _share(share) for code, share in shares.items()}}


def _share(share: Share) -> dict[str, Any]:
    return {"met": share.met, "missed": share.missed, "percent": share.percent}
