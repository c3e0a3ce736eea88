"""What the demo desk signed is intact, as its page says."""

import pytest

from inspections import facts, services
from servicedesk.demo import reports
from tests.inspections.conftest import NOW

pytestmark = pytest.mark.django_db


def test_the_visits_of_the_demo_desk_are_signed_for_what_they_hold(acme, lead, engineer):
    people = {"lead": lead, "engineer": engineer}
    row = reports._visit(acme.unit, {"inlet-temperature": "27.6", "room-temperature": "24.9"}, people, NOW)
    kept = facts.of_ticket(row.ticket)
    assert services.is_intact(facts.load(kept))
    assert [check.item.code for check in facts.load(kept).findings] == ["inlet-temperature"]
