"""A visit is announced, and the customer says that it suits or proposes other dates; the maker is asked where he comes.

Times at the site are those of Shanghai.
"""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from common.errors import Illegal, Invalid, Stale
from inspections import services as inspections
from inspections.models import Appointment
from notifications.models import Delivery
from notifications.reports import letters
from tests import places
from tests.inspections.conftest import NOW
from tickets import follow, services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
AT = datetime(2026, 12, 16, 2, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visit(make_plan, acme, engineer):
    """Planned for Wednesday 16 December 2026, 10:00 in Shanghai; of scheme 5."""
    make_plan(contract=places.contract(acme.organisation, "telecom"), assignee=engineer)
    inspections.generate(now=NOW)
    return Ticket.objects.get(inspection__key="2026-12-01")


@pytest.fixture
def announced(client, visit, lead, alice):
    client.force_login(lead)
    page = client.get(f"/tickets/{visit.reference}/announce/")
    text = page.context["form"].initial["message"]
    client.post(f"/tickets/{visit.reference}/announce/", {"message": text, "people": [alice.pk]})
    client.force_login(alice)
    return visit


def terms(ticket):
    return services.appointment_of(ticket)


def mails_to(person, kind):
    return Delivery.objects.filter(user=person, kind=kind)


def propose(client, ticket, *days, words=""):
    values = {f"day{number}": day for number, day in enumerate(days, 1)}
    data = {"action": "propose", "booking": terms(ticket).seq, "words": words, **values}
    return client.post(f"/portal/{ticket.reference}/", data)


def test_announcement_says_when_what_and_how_long_and_stops_the_notice(announced, alice):
    text = announced.replies.get().body
    for words in ("Wed 16 Dec 2026 10:00", "Monthly preventive inspection", "2h", "get in"):
        assert words in text
    assert announced.clocks.get(target="inspection_notice").state == "met"
    [delivery] = mails_to(alice, "visit_announced")
    letter = letters.compose(delivery, NOW)
    assert "16 Dec 2026 10:00" in letter.body
    assert "whether this time suits you" in letter.body
    assert text in letter.body


def test_visit_stays_booked_when_the_customer_is_told_of_it(client, announced):
    announced.refresh_from_db()
    assert announced.state == "visit_booked"
    assert "A visit is booked" in client.get(f"/portal/{announced.reference}/").content.decode()


def test_announcement_begins_in_the_customers_language(client, visit, lead, acme):
    acme.organisation.language = "zh-hans"
    acme.organisation.save()
    client.force_login(lead)
    assert "我们想在" in client.get(f"/tickets/{visit.reference}/announce/").content.decode()


def test_nobody_is_asked_before_it_is_announced(client, visit, alice):
    client.force_login(alice)
    assert "Does that suit you?" not in client.get(f"/portal/{visit.reference}/").content.decode()


def test_customer_says_that_it_suits(client, announced, engineer):
    page = client.get(f"/portal/{announced.reference}/").content.decode()
    assert "We would like to come on Wed 16 Dec 2026 10:00. Does that suit you?" in page
    client.post(f"/portal/{announced.reference}/", {"action": "suits", "booking": terms(announced).seq})
    assert terms(announced).is_agreed
    assert Appointment.objects.get(ticket=announced).is_settled
    assert "You agreed to it." in client.get(f"/portal/{announced.reference}/").content.decode()
    assert mails_to(engineer, "customer_decided").exists()


def test_guest_with_the_link_may_say_it_too(client, announced):
    client.logout()
    address = f"/portal/follow/{follow.token(announced.pk)}/"
    client.post(address, {"action": "suits", "booking": terms(announced).seq})
    assert terms(announced).is_agreed


def test_customer_proposes_up_to_three_other_dates(client, announced, engineer, lead):
    propose(client, announced, "2026-12-17T09:00", "2026-12-18T14:00", words="We move the racks on Wednesday.")
    assert terms(announced).offer.days == (AT + DAY - timedelta(hours=1), AT + 2 * DAY + timedelta(hours=4))
    page = client.get(f"/portal/{announced.reference}/").content.decode()
    assert "Until then Wed 16 Dec 2026 10:00 stands. Does it suit you after all?" in page
    [delivery] = mails_to(engineer, "customer_decided")
    assert "We move the racks" in letters.compose(delivery, NOW).body
    client.force_login(lead)
    page = client.get(f"/tickets/{announced.reference}/").content.decode()
    assert "The customer proposes other dates" in page.split('id="offered"')[1].split('id="conversation"')[0]
    assert "We move the racks on Wednesday." in page
    assert "other dates proposed" in client.get("/inspections/calendar/?day=2026-12-01").content.decode()


def test_desk_takes_one_of_the_dates_and_the_customer_is_told(client, announced, lead, alice):
    propose(client, announced, "2026-12-17T10:00", "2026-12-18T10:00")
    offer = terms(announced).offer
    client.force_login(lead)
    address = f"/tickets/{announced.reference}/move/"
    page = client.get(f"{address}?offer={offer.seq}&nth=1")
    form = page.context["form"].initial
    assert form["planned_at"] == AT + 2 * DAY
    data = {"planned_at": "2026-12-18T10:00", "minutes": 120, "takes": form["takes"], "seen": form["seen"]}
    assert client.post(address, data).status_code == 302
    assert (terms(announced).planned_at, terms(announced).is_agreed) == (AT + 2 * DAY, True)
    [delivery] = mails_to(alice, "visit_moved")
    letter = letters.compose(delivery, NOW)
    assert "Fri 18 Dec 2026 10:00" in letter.body
    assert "suits you" not in letter.body


def test_desk_answers_that_none_of_them_suits(client, announced, lead, alice):
    propose(client, announced, "2026-12-17T10:00")
    services.record(
        ticket=announced, type="visit_days_declined", by=Actor(lead), at=NOW, now=NOW, message="We are away then."
    )
    assert terms(announced).offer is None
    page = client.get(f"/portal/{announced.reference}/").content.decode()
    assert "We are away then." in page
    assert "Does that suit you?" in page


def test_yes_to_a_date_that_was_moved_meanwhile_is_no_yes(announced, lead, alice):
    booking = terms(announced).seq
    services.move_visit(ticket=announced, planned_at=AT + DAY, by=Actor(lead), now=NOW)
    with pytest.raises(Stale):
        services.agree_to_visit(ticket=announced, booking=booking, by=Actor(alice), now=NOW)
    assert not terms(announced).is_agreed
    assert terms(announced).can_be_answered(NOW)


def test_date_of_another_offer_is_not_taken(client, announced, lead):
    propose(client, announced, "2026-12-17T10:00")
    offer = terms(announced).offer
    propose(client, announced, "2026-12-18T10:00")
    with pytest.raises(Stale):
        services.move_visit(ticket=announced, planned_at=AT + DAY, takes=offer.seq, by=Actor(lead), now=NOW)


@pytest.mark.parametrize("days", [(), ("2026-11-01T10:00",), ("x",), ("2030-01-01T10:00",)])
def test_proposal_without_a_day_to_come_is_refused_beside_its_field(client, announced, days):
    answer = propose(client, announced, *days, words="Not on Wednesday")
    assert answer.status_code == 400
    assert "Not on Wednesday" in answer.content.decode()
    assert terms(announced).offer is None


def test_four_days_and_a_visit_that_is_over_are_refused(announced, alice, lead):
    by, booking = Actor(alice), terms(announced).seq
    with pytest.raises(Invalid):
        services.propose_days(
            ticket=announced, booking=booking, days=[AT + n * DAY for n in range(4)], words="", by=by, now=NOW
        )
    services.record(ticket=announced, type="visit_done", by=Actor(lead), at=NOW, now=NOW)
    with pytest.raises(Illegal):
        services.agree_to_visit(ticket=announced, booking=booking, by=by, now=NOW)


def test_joint_visit_is_settled_when_customer_and_maker_have_said_yes(client, make_plan, lead, alice):
    make_plan(is_joint=True, maker_contact="Ms Kwan, +852 5550 0100")
    inspections.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__key="2026-12-01")
    services.agree_to_visit(ticket=ticket, booking=terms(ticket).seq, by=Actor(alice), now=NOW)
    client.force_login(lead)
    page = client.get(f"/tickets/{ticket.reference}/").content.decode()
    assert "not asked yet, Ms Kwan" in page
    assert not Appointment.objects.get(ticket=ticket).is_settled
    assert "maker not confirmed" in client.get("/inspections/calendar/?day=2026-12-01").content.decode()
    for kind in ("maker_asked", "maker_confirmed"):
        data = {"type": kind, "contact": "Mr Lam"}
        assert client.post(f"/tickets/{ticket.reference}/events/", data).status_code == 302
    row = Appointment.objects.get(ticket=ticket)
    assert (row.is_settled, row.maker_contact) == (True, "Mr Lam")
    services.move_visit(ticket=ticket, planned_at=AT + DAY, by=Actor(lead), now=NOW)
    row.refresh_from_db()
    assert (row.is_settled, row.maker, row.maker_contact) == (False, "", "Mr Lam")
    assert inspections.differing() == []
