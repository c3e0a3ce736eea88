"""No storm of mail: what is over a limit waits, and goes out when the hour allows it."""

from datetime import timedelta

import pytest

from accounts.actors import GUEST
from notifications.models import Delivery
from tests.notifications.conftest import NOW
from tickets import services

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def reports(alice, report):
    def make(count):
        for number in range(count):
            report(by=alice, reporter=alice, title=f"Fault {number}", at=NOW, now=NOW)

    return make


@pytest.fixture
def _two_an_hour(settings):
    settings.NOTIFICATION_LIMITS = {
        "automatic": {"ticket": 1, "address": 2, "overall": 100},
        "ordinary": {"ticket": 3, "address": 100, "overall": 100},
    }


@pytest.mark.usefixtures("_two_an_hour")
def test_automatic_mail_over_the_limit_of_an_address_waits(reports, run_outbox):
    reports(3)
    assert len(run_outbox(NOW)) == 2
    held = Delivery.objects.get(status="pending")
    assert held.next_attempt_at == NOW + HOUR
    assert (held.attempts, held.error[:9]) == (0, "Held back")
    assert len(run_outbox(NOW + HOUR)) == 1


@pytest.mark.usefixtures("_two_an_hour")
def test_other_addresses_are_not_held_up(reports, carol, borealis, report, run_outbox):
    reports(3)
    report(by=carol, reporter=carol, at=NOW, now=NOW, organisation=borealis.organisation, site=borealis.site)
    assert len(run_outbox(NOW)) == 3


@pytest.mark.usefixtures("_two_an_hour")
def test_peoples_own_steps_have_the_wider_limit(case, agent, happen, run_outbox):
    for kind in ("departed", "arrived", "restored"):
        happen(case, kind, by=agent)
    assert len(run_outbox(NOW)) == 3


def test_the_limit_of_all_mail_together_holds_everything(settings, reports, run_outbox):
    wide = {"ticket": 100, "address": 100, "overall": 1}
    settings.NOTIFICATION_LIMITS = {"automatic": wide, "ordinary": wide}
    reports(2)
    assert len(run_outbox(NOW)) == 1


@pytest.mark.usefixtures("_two_an_hour")
def test_guest_is_counted_by_address_whatever_its_case(db):
    for email in ("Guest@x.test", "guest@x.test", "GUEST@x.test"):
        intake = services.Intake(title="Dead", contact=services.Contact(email=email))
        services.report(intake=intake, by=GUEST, at=NOW, now=NOW)
    assert {row.address for row in Delivery.objects.all()} == {"guest@x.test"}
