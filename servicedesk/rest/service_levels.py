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
from servicedesk.service_levels import open_now, period
from sla import attainment
from sla.attainment import Row, Share
from sla.policies import TABLE


class PeriodFilter(Strict):
    """`since` and `until` (inclusive days in `zone`), or the last `period` days; without either the last 30."""

    period = Text(required=False, help_text="7, 30 or 90")
    since = Text(required=False, help_text="YYYY-MM-DD")
    until = Text(required=False, help_text="YYYY-MM-DD, inclusive")
    organisation = Text(required=False)
    zone = Text(required=False, help_text="where the days begin; UTC unless you say otherwise")


class ShareAnswer(serializers.Serializer[Any]):
    met = serializers.IntegerField()
    missed = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)


class TargetAnswer(ShareAnswer):
    target = serializers.CharField()
    goal = serializers.FloatField()
    percent_before = serializers.FloatField(allow_null=True, help_text="in the period before, of the same length")


class SeverityAnswer(serializers.Serializer[Any]):
    severity = serializers.IntegerField()
    targets = serializers.DictField(child=ShareAnswer())


class ContractAnswer(serializers.Serializer[Any]):
    organisation = serializers.CharField()
    contract = serializers.CharField()
    targets = serializers.DictField(child=ShareAnswer())


class WeekAnswer(serializers.Serializer[Any]):
    monday = serializers.DateField()
    targets = serializers.DictField(child=ShareAnswer())


class ServiceLevelsAnswer(serializers.Serializer[Any]):
    start = Instant()
    end = Instant()
    as_of = Instant()
    targets = TargetAnswer(many=True)
    severities = SeverityAnswer(many=True)
    contracts = ContractAnswer(many=True)
    weeks = WeekAnswer(many=True)
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
    now, scope = timezone.now(), chosen.scope
    before = attainment.by_target(scope.before(), now)
    return {
        "start": scope.start,
        "end": scope.end,
        "as_of": now,
        "targets": [
            {
                "target": code,
                "goal": attainment.goal(code),
                "percent_before": before.get(code, attainment.NOTHING).percent,
                **_share(share),
            }
            for code, share in attainment.by_target(scope, now).items()
        ],
        "severities": [{"severity": row.key, **_targets(row.shares)} for row in attainment.by_severity(scope, now)],
        "contracts": [_contract(row) for row in attainment.by_contract(scope, now)],
        "weeks": [
            {"monday": week.monday, **_targets(week.shares)} for week in attainment.by_week(scope, now, chosen.zone)
        ],
        "open": open_now.totals(open_now.holders(now, chosen.organisation)),
    }


def _contract(row: Row) -> dict[str, Any]:
    return {"organisation": row.name, "contract": row.number, **_targets(row.shares)}


def _targets(shares: Mapping[str, Share]) -> dict[str, Any]:
    return {"targets": {code: _share(share) for code, share in shares.items()}}


def _share(share: Share) -> dict[str, Any]:
    return {"met": share.met, "missed": share.missed, "percent": share.percent}
