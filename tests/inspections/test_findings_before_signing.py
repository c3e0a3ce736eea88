"""No finding ends in nothing: what a failed check needs before the visit can be signed, and which ticket it gets."""

import json
import uuid
from datetime import timedelta

import pytest

from accounts.actors import Actor
from common.errors import Illegal
from customers.models import Product
from inspections import facts, services
from inspections.models import Finding, SignOff
from tests import places
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import finish
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def again(answer, complete):
    """Answers a check of the complete visit once more."""

    def give(item, minute=1, **values):
        return answer(item, at=NOW + minute * MINUTE, now=NOW + minute * MINUTE, **values)

    return give


def blocked(visit, by, words):
    with pytest.raises(Illegal, match=words):
        finish(visit, by)
    assert not SignOff.objects.exists()


def test_failed_check_with_neither_words_nor_outcome_is_not_signed_for(complete, again, engineer):
    again("dust", result="failed")
    blocked(complete, engineer, r"3\. No dust on the grilles \(say what you found, or what comes of it\)")
    again("dust", 2, result="failed", outcome="cured")
    finish(complete, engineer)
    assert Finding.objects.get().outcome == "cured"


def test_words_alone_are_carried_to_the_next_visit(complete, again, engineer, report, acme, version):
    again("dust", result="failed", finding="A nest")
    finish(complete, engineer)
    later = report(kind="inspection", equipment=acme.unit, at=NOW + 30 * DAY, now=NOW + 30 * DAY)
    row = services.begin(ticket=later, version=version, by=Actor(engineer), now=NOW + 30 * DAY)
    assert list(row.sheets.get().asks.all()) == [Finding.objects.get()]


def test_ticket_that_was_refused_holds_the_signature_until_it_is_raised(client, complete, again, engineer, case):
    told = again("temp", reading="31.5", outcome="ticket", level="9")
    assert "not raised yet" in told.error
    blocked(complete, engineer, r"1\. Air temperature \(its ticket is not raised yet\)")
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{case.reference}/sign/", follow=True).content.decode()
    assert "1. Air temperature (its ticket is not raised yet)" in page
    assert "data-unraised" in page
    again("temp", 2, reading="31.5", outcome="ticket")
    finish(complete, engineer)
    assert Finding.objects.get().ticket is not None


def test_ticket_that_was_refused_is_tried_again_with_the_signature(complete, again, engineer):
    """What stood in its way is gone meanwhile."""
    site, other = complete.ticket.site, places.site(complete.ticket.organisation, "new-hq", "Asia/Shanghai", "CN", 30)
    complete.ticket.equipment.site = other
    complete.ticket.equipment.save()
    assert "another site" in again("temp", reading="31.5", outcome="ticket").error
    complete.ticket.equipment.site = site
    complete.ticket.equipment.save()
    made = finish(complete, engineer)
    ticket = Ticket.objects.get(finding__item="temp")
    assert ticket.reference in json.dumps(made.shown)
    assert services.is_intact(facts.load(facts.of_ticket(complete.ticket)))


def test_bad_reading_that_is_called_not_applicable_wants_a_reason(complete, again, engineer):
    again("temp", reading="99", result="not-applicable")
    blocked(complete, engineer, r"1\. Air temperature \(say why it is not as the value says\)")
    again("temp", 2, reading="99", result="not-applicable", reason="The sensor is broken")
    finish(complete, engineer)


def test_cancelled_ticket_says_what_helps(client, complete, engineer, lead, case):
    tickets.record(ticket=case, type="cancelled", by=Actor(lead), at=NOW, now=NOW, note="x")
    blocked(complete, engineer, "Have the desk open it again, then finish the visit")
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{case.reference}/sign/", follow=True)
    assert "Have the desk open it again" in page.content.decode()


def test_ticket_of_a_finding_is_promised_what_any_report_of_it_is(client, report, cathay, version, engineer):
    """The visit is owed under the contract for software, the unit stands under the one for the rest."""
    unit = places.unit(cathay.site, "SN-HW-1", Product.objects.create(code="hw", name="HW"))
    where = {"organisation": cathay.organisation, "site": cathay.site, "at": NOW, "now": NOW}
    case = report(kind="inspection", scheme="software", **where)
    row = services.begin(ticket=case, version=version, by=Actor(engineer), now=NOW)
    sheet = services.add_sheet(inspection=row, version=version, unit=unit, by=Actor(engineer), now=NOW)
    by_hand = report(equipment=unit, category="hardware", **where)
    answers = {"temp": {"reading": "40", "outcome": "ticket"}, "light": {"result": "failed", "outcome": "ticket"}}
    entries = [services.Entry(uuid.uuid4(), sheet.pk, item, NOW, answer) for item, answer in answers.items()]
    services.take(inspection=row, entries=entries, by=Actor(engineer), now=NOW)
    for raised in Ticket.objects.filter(finding__isnull=False):
        assert (raised.scheme_code, raised.contract) == (by_hand.scheme_code, by_hand.contract)
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{case.reference}/").content.decode()
    assert f"Level {by_hand.level} suggested" in page
    assert Ticket.objects.get(finding__item="temp").severity == 3
    light = Ticket.objects.get(finding__item="light")
    assert (light.category, light.level) == ("hardware", by_hand.level)
