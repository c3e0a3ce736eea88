"""A serial number without its hyphens is found by index, however many units and tickets there are."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Equipment
from tickets import search
from tickets.models import Ticket

NOW = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
UNITS, TICKETS = 1_000, 5_000
pytestmark = pytest.mark.django_db


@pytest.fixture
def years(report, acme):
    """Many units, and tickets of theirs that say little."""
    units = Equipment.objects.bulk_create(
        Equipment(serial_number=f"UX-{n}", product=acme.unit.product, site=acme.hq) for n in range(UNITS)
    )
    facts = {"kind": "fault", "scheme_code": "infrastructure", "state": "closed"}
    facts |= {"received_at": NOW, "created_at": NOW, "updated_at": NOW}
    facts |= {"search": search.vector("Server does not start"), "organisation": acme.organisation, "site": acme.hq}
    first = report().number + 1
    Ticket.objects.bulk_create(
        [Ticket(number=first + n, title="Old", equipment=units[n % UNITS], **facts) for n in range(TICKETS)],
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_ticket, customers_equipment")


def test_units_and_their_tickets_are_found_by_index(years):
    with CaptureQueriesContext(connection) as captured:
        found = Ticket.objects.matching("ux77", notes=True).order_by("pk")[:50]
        assert len(found) == TICKETS // UNITS
    plans = []
    for query in [each["sql"] for each in captured]:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {query}")
            plans.append("\n".join(line for (line,) in cursor.fetchall()))
    assert any("unit_by_bare_serial" in plan for plan in plans)
    assert not re.search(r"Seq Scan", "\n".join(plans)), plans


def test_so_is_the_unit_of_a_form_and_of_a_filter(years):
    for found in (Equipment.objects.with_serial("ux 77"), Equipment.objects.matching("UX77")):
        assert [unit.serial_number for unit in found] == ["UX-77"]
        plan = found.explain()
        assert "unit_by_bare_serial" in plan
        assert "Seq Scan on customers_equipment" not in plan
