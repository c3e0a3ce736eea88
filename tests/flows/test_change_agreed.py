"""A change from the answer to the agreement: the desk proposes a time, the customer agrees, and the promise counts.

Mon 09:00 received   Mon 10:00 answered: "Fri 18:00"   Mon 11:00 agreed -> change_delivery due Fri 18:00
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, NotVisible
from notifications import services as notifications
from sla import services as clocks
from tickets import follow, services

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TEN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # Monday, 10:00 in Shanghai
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)  # 18:00 there


@pytest.fixture
def at_ten():
    with time_machine.travel(TEN, tick=False) as clock:
        yield clock


@pytest.fixture
def change(at_ten, report, alice):
    return report(reporter=alice, kind="change", scheme="telecom", title="Move the trunk", at=TEN - HOUR)


@pytest.fixture
def desk(at_ten, agent):
    client = Client()
    client.force_login(agent)
    return client


@pytest.fixture
def customer(at_ten, client, alice):
    client.force_login(alice)
    return client


def answer(change, by, proposed_at=FRIDAY, **more):
    now = datetime.now(UTC)
    fields = {"proposed_at": proposed_at}
    return services.record(
        ticket=change, type="change_answered", by=Actor(user=by), at=now, now=now, fields=fields, **more
    )


def next_step_on(text):
    head = text.split('<header class="case__head"')[1].split("</header>")[0]
    return re.findall(r'class="btn btn--primary"[^>]*>.*?</svg>([^<]*)', head, re.S)


def page(client, change):
    return client.get(f"/portal/{change.reference}/").content.decode()


def proposal_on(text):
    return re.search(r'name="proposal" value="(\d+)"', text)[1]


def press(client, change, proposal, address=""):
    data = {"action": "agree", "proposal": proposal}
    return client.post(address or f"/portal/{change.reference}/", data, follow=True).content.decode()


def agreements(change):
    return list(change.events.filter(type="change_confirmed"))


def test_while_a_time_waits_for_a_yes_the_desk_records_that_next(desk, change, agent):
    answer(change, agent)
    assert next_step_on(desk.get(change.get_absolute_url()).content.decode()) == ["Record the confirmation"]
    answer(change, agent, proposed_at=None)
    assert next_step_on(desk.get(change.get_absolute_url()).content.decode()) == ["Record the delivery"]


def test_the_desk_proposes_a_time_in_the_form_and_the_log_shows_it(desk, change):
    form = desk.get(f"{change.get_absolute_url()}?act=change_answered").content.decode()
    assert 'name="proposed_at"' in form
    data = {"type": "change_answered", "proposed_at": "2026-11-20T10:00", "message": "We move it at night."}
    assert desk.post(f"{change.get_absolute_url()}events/", data).status_code == 302
    assert change.events.get(type="change_answered").data["proposed_at"] == FRIDAY.isoformat()
    assert "proposed: Fri" in desk.get(f"{change.get_absolute_url()}?filter=events").content.decode()
    confirming = desk.get(f"{change.get_absolute_url()}?act=change_confirmed").content.decode()
    assert 'name="agreed_at" value="2026-11-20T10:00"' in confirming


def test_a_time_before_the_answer_is_refused_beside_the_field(desk, change):
    data = {"type": "change_answered", "proposed_at": "2026-11-10T10:00", "message": "At night", "note": "Kept"}
    refused = desk.post(f"{change.get_absolute_url()}events/", data)
    assert refused.status_code == 400
    assert "Propose a time after the answer." in refused.content.decode()
    assert "Kept</textarea>" in refused.content.decode()


def test_the_customer_is_asked_agrees_and_the_promise_counts(customer, change, agent, at_ten):
    answer(change, agent)
    asked = page(customer, change)
    assert "<h1>Do you agree to this time?</h1>" in asked
    assert "We propose to deliver the change by Fri 18:00." in asked
    assert "<b>You agree</b><small>we propose: by Fri 18:00</small>" in asked
    assert "Do you agree to this time?" in customer.get("/portal/").content.decode()
    at_ten.shift(HOUR)
    agreed = press(customer, change, proposal_on(asked))
    assert "You agreed to the time." in agreed
    assert "<h1>The change is agreed</h1>" in agreed
    assert "We deliver the change by Fri 18:00." in agreed
    assert "Agree to this time" not in agreed
    assert agreements(change)[0].data["agreed_at"] == FRIDAY.isoformat()
    clock = change.clocks.get(target="change_delivery")
    assert (clock.state, clock.due_at) == ("running", FRIDAY)


def test_a_second_press_agrees_once(customer, change, agent):
    answer(change, agent)
    proposal = proposal_on(page(customer, change))
    assert "You agreed to the time." in press(customer, change, proposal)
    assert "You agreed to the time." in press(customer, change, proposal)
    assert len(agreements(change)) == 1


def test_the_signed_link_agrees_without_a_password(client, change, agent):
    answer(change, agent)
    link = f"/portal/follow/{follow.token(change.pk)}/"
    asked = client.get(link).content.decode()
    press(client, change, proposal_on(asked), link)
    (agreed,) = agreements(change)
    assert agreed.user is None
    assert "The change is agreed" in client.get(link).content.decode()


def test_looking_at_the_page_agrees_to_nothing(customer, change, agent):
    answer(change, agent)
    customer.get(f"/portal/{change.reference}/?action=agree&proposal=2")
    assert not agreements(change)


def test_a_proposal_that_changed_meanwhile_is_said_and_shown(customer, change, agent):
    answer(change, agent)
    old = proposal_on(page(customer, change))
    answer(change, agent, FRIDAY + 24 * HOUR)
    told = press(customer, change, old)
    assert "We have changed our proposal meanwhile." in told
    assert "We propose to deliver the change by Sat 18:00." in told
    assert not agreements(change)
    press(customer, change, proposal_on(told))
    assert agreements(change)[0].data["agreed_at"] == (FRIDAY + 24 * HOUR).isoformat()


def test_an_answer_without_a_time_takes_the_proposal_back(customer, change, agent):
    answer(change, agent)
    old = proposal_on(page(customer, change))
    answer(change, agent, None)
    assert "This proposal does not stand any more." in press(customer, change, old)
    assert 'name="proposal"' not in page(customer, change)
    assert not agreements(change)


@pytest.mark.parametrize("proposal", ["", "x", "0", "-1", "²", "9" * 40])
def test_nonsense_agrees_to_nothing(customer, change, agent, proposal):
    answer(change, agent)
    assert "Do you agree to this time?" in press(customer, change, proposal)
    assert not agreements(change)


def test_a_time_that_has_passed_cannot_be_agreed_to(customer, change, agent, alice, at_ten):
    answer(change, agent)
    old = proposal_on(page(customer, change))
    at_ten.move_to(FRIDAY + HOUR)
    customer.force_login(alice)
    assert "The proposed time has passed." in press(customer, change, old)
    text = page(customer, change)
    assert "That time has passed." in text
    assert 'name="proposal"' not in text
    assert not agreements(change)


def test_the_page_turns_when_the_proposed_time_passes(customer, change, agent, alice, at_ten):
    answer(change, agent)
    at_ten.move_to(FRIDAY - HOUR)
    customer.force_login(alice)
    for address in ("/portal/", f"/portal/{change.reference}/"):
        assert f'data-turns="{FRIDAY.isoformat()}"' in customer.get(address).content.decode()


def test_strangers_and_those_who_only_look_cannot_agree(change, agent, storekeeper, carol):
    told = answer(change, agent)
    now = datetime.now(UTC)
    with pytest.raises(NotVisible):
        services.agree(ticket=change, proposal=told.seq, by=Actor(user=carol), now=now)
    with pytest.raises(Forbidden):
        services.agree(ticket=change, proposal=told.seq, by=Actor(user=storekeeper), now=now)


def test_nobody_agrees_on_a_closed_case(change, agent, alice):
    told = answer(change, agent)
    now = datetime.now(UTC)
    services.record(ticket=change, type="cancelled", by=Actor(user=agent), at=now, now=now)
    with pytest.raises(Illegal):
        services.agree(ticket=change, proposal=told.seq, by=Actor(user=alice), now=now)


def test_agreeing_ends_the_wait_for_the_customer(customer, change, agent):
    answer(change, agent)
    now = datetime.now(UTC)
    services.record(ticket=change, type="waiting", by=Actor(user=agent), at=now, now=now)
    press(customer, change, proposal_on(page(customer, change)))
    change.refresh_from_db()
    assert change.state == "in_progress"
    assert "We deliver the change by Fri 18:00." in page(customer, change)


def test_without_a_scheme_that_promises_it_the_agreed_time_is_said_all_the_same(customer, report, agent, alice, at_ten):
    change = report(reporter=alice, kind="change", at=TEN - HOUR)
    answer(change, agent)
    press(customer, change, proposal_on(page(customer, change)))
    text = page(customer, change)
    assert "We deliver the change by Fri 18:00." in text
    assert "<b>Change delivered</b><small>by Fri 18:00</small>" in text
    at_ten.move_to(FRIDAY + HOUR)
    customer.force_login(alice)
    assert "We agreed on delivery by 18:00 today. We have not delivered it yet." in page(customer, change)


def test_late_with_the_delivery_is_said_first(customer, change, agent, alice, at_ten):
    answer(change, agent)
    press(customer, change, proposal_on(page(customer, change)))
    at_ten.move_to(FRIDAY + HOUR)
    clocks.settle_tickets(pks=[change.pk], now=datetime.now(UTC))
    customer.force_login(alice)
    text = page(customer, change)
    assert "<h1>We are late</h1>" in text
    assert "We promised to deliver the change by 18:00 today." in text


def test_what_is_agreed_stands_until_it_is_delivered_on_the_page_as_in_the_clock(customer, desk, change, agent):
    answer(change, agent)
    press(customer, change, proposal_on(page(customer, change)))
    saturday = {"type": "change_answered", "message": "At night", "proposed_at": "2026-11-21T10:00"}
    refused = desk.post(f"{change.get_absolute_url()}events/", saturday)
    assert refused.status_code == 400
    assert "A time is agreed already." in refused.content.decode().split('id="id_proposed_at_error"')[1]
    now = datetime.now(UTC)
    fields = {"agreed_at": FRIDAY + 24 * HOUR}
    services.record(ticket=change, type="change_confirmed", by=Actor(user=agent), at=now, now=now, fields=fields)
    answer(change, agent, None)
    text = page(customer, change)
    assert "We deliver the change by Fri 18:00." in text
    assert "<b>Change delivered</b><small>by Fri 18:00</small>" in text
    assert "Sat 18:00" not in text
    assert change.clocks.get(target="change_delivery").due_at == FRIDAY


def test_after_a_delivery_that_did_not_do_a_new_time_can_be_agreed(customer, change, agent):
    answer(change, agent)
    press(customer, change, proposal_on(page(customer, change)))
    for type_ in ("change_delivered", "resolved", "not_satisfied"):
        now = datetime.now(UTC)
        services.record(ticket=change, type=type_, by=Actor(user=agent), at=now, now=now)
    answer(change, agent, FRIDAY + 24 * HOUR)
    press(customer, change, proposal_on(page(customer, change)))
    assert "We deliver the change by Sat 18:00." in page(customer, change)


def test_an_agreement_meanwhile_stops_a_new_proposal_that_did_not_know_of_it(desk, change, agent, alice):
    told = answer(change, agent)
    change.refresh_from_db()
    old = {"version": change.version, "seq": told.seq}
    services.agree(ticket=change, proposal=told.seq, by=Actor(user=alice), now=datetime.now(UTC))
    data = {"type": "change_answered", "message": "At night", "proposed_at": "2026-11-21T10:00", **old}
    conflict = desk.post(f"{change.get_absolute_url()}events/", data)
    assert conflict.status_code == 409
    assert "agreed for" in conflict.content.decode()
    assert change.events.filter(type="change_answered").count() == 1


def test_a_customer_agrees_to_what_was_proposed_and_to_nothing_else(change, agent, alice):
    answer(change, agent)
    now = datetime.now(UTC)

    def confirm(at):
        fields = {"agreed_at": at}
        return services.record(
            ticket=change, type="change_confirmed", by=Actor(user=alice), at=now, now=now, fields=fields
        )

    with pytest.raises(Invalid) as refused:
        confirm(FRIDAY - HOUR)
    assert refused.value.errors.keys() == {"agreed_at"}
    confirm(FRIDAY)
    assert [event.data["agreed_at"] for event in agreements(change)] == [FRIDAY.isoformat()]


def test_the_mail_asks_and_leads_to_the_page(change, agent, alice):
    answer(change, agent, message="We move it at night.")
    now = datetime.now(UTC)
    for pk in notifications.hand_over(now=now):
        notifications.deliver(pk=pk, now=now)
    body = next(letter.body for letter in mail.outbox if alice.email in letter.to and "We propose" in letter.body)
    assert "We propose to deliver the change by" in body
    assert "Please tell us whether you agree." in body
    assert f"/portal/{change.reference}/" in body
