"""Event streams of the real product: who hears of what, and what an open stream costs."""

from contextlib import ExitStack
from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.actors import Actor
from customers import services as places
from notifications.live import push
from sla import services as sla
from tests.flows.workers import eventually
from tickets import follow, services

pytestmark = pytest.mark.slow


def now():
    return datetime.now(UTC)


def test_a_change_reaches_every_stream_of_staff_with_its_number(product, agent, lead, ticket):
    with product.stream(agent) as one, product.stream(lead) as other:
        for stream in (one, other):
            stream.next("state", lambda data: data["is_on"])
        services.note(ticket=ticket, body="Internal", by=Actor(agent), now=now())
        for stream in (one, other):
            assert stream.next("change") == {"tickets": [ticket.number], "by": agent.pk}


def test_a_page_is_told_what_it_missed_while_it_was_drawn(product, agent, ticket):
    with product.stream(agent) as stream:
        stream.next("state", lambda data: data["is_on"])
    since = int(now().timestamp() * 1000)
    services.note(ticket=ticket, body="Meanwhile", by=Actor(agent), now=now())
    with product.stream(agent, f"/events/?after={since}") as stream:
        assert stream.next("change")["tickets"] == [ticket.number]


@pytest.mark.parametrize("after", ["1-0", "nonsense", "9" * 400])
def test_a_page_from_long_ago_or_with_nonsense_still_gets_a_stream(product, agent, after):
    with product.stream(agent, f"/events/?after={after}") as stream:
        assert stream.next("hello") == {"you": agent.pk}


def test_a_customer_hears_of_public_events_of_the_one_case_only(product, agent, alice, report, ticket):
    other = report()
    with product.stream(alice, f"/events/portal/{ticket.number}/") as stream:
        stream.next("state", lambda data: data["is_on"])
        services.reply(ticket=other, body="Elsewhere", by=Actor(agent), now=now())
        services.note(ticket=ticket, body="Internal", by=Actor(agent), now=now())
        services.assign(ticket=ticket, assignee=agent, by=Actor(agent), now=now())
        push.here(number=ticket.number, person=agent.pk, name="Agent", act="viewing")
        services.reply(ticket=ticket, body="Hello", by=Actor(agent), now=now())
        heard = []
        for name, data in stream.events():
            heard.append((name, data))
            if name == "change":
                break
        assert [one for one in heard if one[0] not in ("now", "state")] == [("change", {})]


def test_a_guest_hears_that_how_we_get_in_reads_otherwise(product, agent, report):
    case = report(organisation=None, site=None, access_notes="Ring twice")
    with product.stream(None, f"/events/follow/{follow.token(case.pk)}/") as stream:
        stream.next("state", lambda data: data["is_on"])
        services.change_access(ticket=case, notes="Ring three times", by=Actor(agent), now=now())
        assert stream.next("change") == {}


def test_a_site_that_an_administrator_changes_is_told_to_its_own_open_cases_alone(product, administrator, acme, report):
    here, _elsewhere, over = report(), report(site=acme.plant), report()
    services.record(ticket=over, type="closed", by=Actor(administrator), at=now(), now=now())
    with product.stream(administrator) as stream:
        stream.next("state", lambda data: data["is_on"])
        places.save_site(site=acme.hq, values={"address": "Pier 4"}, by=Actor(administrator))
        places.save_site(site=acme.hq, values={"access_notes": "Ring twice"}, by=Actor(administrator))
        assert stream.next("change")["tickets"] == [here.number]


def test_a_guest_with_the_link_hears_of_his_case(product, agent, ticket):
    with product.stream(None, f"/events/follow/{follow.token(ticket.pk)}/") as stream:
        stream.next("state", lambda data: data["is_on"])
        services.reply(ticket=ticket, body="Hello", by=Actor(agent), now=now())
        assert stream.next("change") == {}


def test_strangers_and_nobody_are_kept_out(product, alice, carol, ticket):
    assert product.request("/events/").status == 401
    assert product.request("/events/", alice).status == 403
    assert product.request(f"/events/portal/{ticket.number}/").status == 401
    assert product.request(f"/events/portal/{ticket.number}/", carol).status == 404
    assert product.request("/events/portal/99999999/", alice).status == 404
    assert product.request("/events/portal/SD-1/", alice).status == 404
    assert product.request("/events/follow/no-token/").status == 404
    assert product.request("/events/elsewhere", alice).status == 404


def test_open_streams_hold_no_database_connection(product, agent, lead):
    with ExitStack() as stack:
        before = connections_of_product()
        for number in range(20):
            stream = stack.enter_context(product.stream((agent, lead)[number % 2]))
            stream.next("hello")
        assert eventually(lambda: connections_of_product() <= before, seconds=30)  # a closed one takes a moment to end


def connections_of_product():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0]


def test_one_person_cannot_open_streams_without_end(product, agent):
    with ExitStack() as stack:
        for _ in range(12):
            stack.enter_context(product.stream(agent)).next("hello")
        assert product.request("/events/", agent).status == 429
    assert Session.objects.count() == 13


def test_pages_are_told_of_times_that_a_calendar_moved_although_nobody_wrote_anything(
    product, agent, administrator, cathay
):
    friday = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    intake = services.Intake(
        title="How do I?", organisation=cathay.organisation, site=cathay.site, scheme="software", level="A"
    )
    question = services.report(intake=intake, by=Actor(agent), at=friday, now=friday)
    with product.stream(agent) as stream:
        stream.next("state", lambda data: data["is_on"])
        sla.override_day(country="CN", day=date(2026, 11, 23), status="closed", by=Actor(administrator))
        sla.replan_open(now=friday)
        assert stream.next("change") == {"tickets": [question.number], "by": 0}
