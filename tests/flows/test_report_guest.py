"""Somebody without an account reports a fault: it lands in triage, and a signed link follows it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.flows import reporting
from tests.notifications.conftest import run_outbox as run_outbox
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


def test_a_guests_report_lands_in_triage_on_the_default_scheme(client):
    reporting.by_guest(client)
    ticket = reporting.reported()
    assert (ticket.organisation, ticket.scheme_code, ticket.channel) == (None, "general", "web")
    assert (ticket.contact_name, ticket.contact_email) == ("Greta Guest", "greta@example.com")
    assert ticket.organisation_text == "Guest & Co"
    assert "UPS in the cellar" in ticket.description


def test_the_confirmation_gives_number_times_and_a_link(client):
    page = reporting.by_guest(client).content.decode()
    ticket = reporting.reported()
    link = re.search(r'href="(/portal/follow/[^"]+)"', page)
    assert ticket.reference in page
    assert link
    assert "We have your report" in type(client)().get(link[1]).content.decode()


def test_every_page_tells_a_guest_the_same_times_in_the_same_zone(client, run_outbox):
    with time_machine.travel(MONDAY, tick=False):
        walk = reporting.Walk(client)
        walk.equipment(thing="UPS in the cellar")
        checked = walk.fault(level="normal").content.decode()
        sent = walk.check(**reporting.GUEST).content.decode()
        link = re.search(r'href="(/portal/follow/[^"]+)"', sent)
        followed = type(client)().get(link[1]).content.decode()
        mail = run_outbox(MONDAY)[0].body
    assert "We reply by 10:00 tomorrow." in checked
    assert "We reply by 10:00 tomorrow." in followed
    assert "<b>We reply</b><small>by 10:00 tomorrow</small>" in sent
    assert "Tue 17 Nov 2026 10:00" in mail
    assert all("Shanghai time." in page for page in (checked, sent, followed, mail))


def test_where_mail_reaches_nobody_no_mail_is_promised(client):
    assert "A mail with this number" not in reporting.by_guest(client).content.decode()


def test_the_confirmation_says_where_its_mail_goes(client, settings):
    settings.EMAIL_BACKEND = "tests.notifications.mail_backends.Taking"
    page = reporting.by_guest(client).content.decode()
    assert "A mail with this number is on its way to greta@example.com." in page


def test_the_confirmation_says_when_its_mail_went(client, run_outbox, settings):
    settings.EMAIL_BACKEND = "tests.notifications.mail_backends.Taking"
    with time_machine.travel(MONDAY, tick=False):
        answer = reporting.by_guest(client)
        run_outbox(MONDAY + timedelta(minutes=2))
        page = client.get(answer.redirect_chain[-1][0]).content.decode()
    assert "Sent to greta@example.com at 10:02." in page


@pytest.mark.parametrize(("field", "value"), [("email", "nonsense"), ("email", ""), ("name", ""), ("phone", "12")])
def test_bad_contact_data_is_asked_again_with_everything_kept(client, field, value):
    answer = reporting.by_guest(client, **{field: value})
    assert answer.status_code == 400
    assert "Error:" in answer.content.decode()
    assert "Guest &amp; Co" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_the_trap_for_programs_tells_people_and_makes_no_ticket(client):
    answer = reporting.by_guest(client, website="http://spam.example")
    assert "Leave this field empty" in answer.content.decode()
    assert not Ticket.objects.exists()


def test_too_many_reports_from_one_address_are_asked_to_wait(still, client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous_form": "2/h"}
    codes = [reporting.by_guest(type(client)()).status_code for _ in range(2)]
    refused = reporting.by_guest(type(client)())
    assert [*codes, refused.status_code] == [200, 200, 429]
    assert 0 < int(refused["Retry-After"]) <= 3600
    assert Ticket.objects.count() == 2


def test_a_second_press_costs_no_turn(still, client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous_form": "1/h"}
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS")
    walk.fault(level="normal")
    assert [walk.check(**reporting.GUEST).status_code for _ in range(3)] == [200, 200, 200]


def test_nothing_but_the_own_words_is_asked_of_a_guest(client, acme, borealis):
    walk = reporting.Walk(client)
    pages = client.get("/report/").content.decode() + walk.equipment(thing="SN-1234").content.decode()
    assert "Server 1" not in pages
    assert "acme" not in pages.lower()


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "<script>alert(1)</script>", "'; DROP TABLE", "\ud7ff" * 50, " " * 9]
)
def test_strange_text_is_taken_or_refused_never_an_error(client, text):
    walk = reporting.Walk(client)
    walk.equipment(thing=text or "x")
    assert walk.fault(level="normal", description=text).status_code in (200, 400)
    assert walk.check(**reporting.GUEST).status_code in (200, 400)
