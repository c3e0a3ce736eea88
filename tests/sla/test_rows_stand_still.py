"""What is promised does not depend on when one looks: rows of a case nobody touches never change."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import SYSTEM
from sla import services
from tickets import services as tickets

# 17:50:00.205925 in Shanghai: a promise that ends with a working day then has no whole number of seconds
RECEIVED = datetime(2026, 11, 20, 9, 50, 0, 205925, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("late", [timedelta(hours=80, microseconds=us) for us in (0, 100_000, 300_000, 794_075)])
def test_overdue_report_is_promised_in_the_same_number_of_seconds_at_every_instant(report, late):
    ticket = report(at=RECEIVED, now=RECEIVED, level="3")
    restored_at = RECEIVED + timedelta(hours=2, microseconds=87)
    tickets.record(ticket=ticket, type="restored", by=SYSTEM, at=restored_at, now=restored_at)
    services.fire_due(now=RECEIVED + timedelta(hours=200))
    assert services.check(now=RECEIVED + timedelta(hours=200) + late).differences == []
