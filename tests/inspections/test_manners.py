"""An inspection by phone or remotely is told as what it is: nothing says that somebody comes."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from accounts.actors import Actor
from inspections import services as inspections
from notifications.models import Delivery
from notifications.reports import letters
from tests import places
from tests.inspections.conftest import NOW
from tickets import services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
COMES = ("come on", "visit", "on site", "get in", "engineer should be")
TOLD = [
    ("phone", "We would like to call you on Wed 16 Dec 2026 10:00", "inspection by phone", "(by phone)"),
    ("remote", "We would like to inspect your equipment remotely on Wed 16 Dec", "remote inspection", "(remote)"),
]


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def make(make_plan, acme, engineer):
    def planned(manner):
        make_plan(contract=places.contract(acme.organisation, "telecom"), assignee=engineer, manner=manner)
        inspections.generate(now=NOW)
        return Ticket.objects.get(inspection__key="2026-12-01")

    return planned


@pytest.fixture
def announce(client, lead, alice):
    def told(ticket):
        client.force_login(lead)
        text = client.get(f"/tickets/{ticket.reference}/announce/").context["form"].initial["message"]
        client.post(f"/tickets/{ticket.reference}/announce/", {"message": text, "people": [alice.pk]})
        client.force_login(alice)
        return text

    return told


def says_nobody_comes(text):
    assert [words for words in COMES if words in text.lower().replace("nobody comes to your site", "")] == []


@pytest.mark.parametrize(("manner", "asked", "name", "short"), TOLD)
def test_letter_page_and_calendar_say_how_it_is_done(client, make, announce, alice, manner, asked, name, short):
    ticket = make(manner)
    text = announce(ticket)
    assert asked in text
    says_nobody_comes(text)
    letter = letters.compose(Delivery.objects.get(user=alice, kind="visit_announced"), NOW)
    assert f"Your {name} is announced" in letter.subject
    assert "Nobody comes to your site." in letter.body
    says_nobody_comes(letter.body)
    page = client.get(f"/portal/{ticket.reference}/").content.decode()
    assert f"{asked.split(' Wed')[0]} Wed 16 Dec 2026 10:00. Does that suit you?" in page
    assert f"{name} is booked".lower() in page.lower()
    assert "Inspection announced" in page
    told = page[page.index("<main") : page.index("</main>")]  # without what the desk was told a moment ago
    said = ("A visit", "The visit", "Visit booked", "Visit announced", "Visit done", "Visit on")
    assert [words for words in said if words in told] == []
    assert f"{name} is booked".lower() in client.get("/portal/").content.decode().lower()
    token = inspections.token_of(inspections.subscribe(by=Actor(alice), now=NOW))
    event = Calendar.from_ical(client.get(f"/calendar/{token}.ics").content).walk("VEVENT")[0]
    assert short in str(event["summary"])
    assert "location" not in event


@pytest.mark.parametrize(("manner", "asked", "name", "short"), TOLD)
def test_another_time_is_told_so_too(make, announce, lead, alice, manner, asked, name, short):
    ticket = make(manner)
    announce(ticket)
    later = datetime(2026, 12, 17, 2, tzinfo=UTC)
    services.move_visit(ticket=ticket, planned_at=later, by=Actor(lead), now=NOW)
    letter = letters.compose(Delivery.objects.get(user=alice, kind="visit_moved"), NOW)
    assert f"Your {name} is at another time" in letter.subject
    assert "When: Thu 17 Dec 2026 10:00" in letter.body
    says_nobody_comes(letter.body)


def bell(client, person):
    client.force_login(person)
    page = client.get("/notifications/").content.decode()
    return page[page.index("<main") : page.index("</main>")]


@pytest.mark.parametrize(("manner", "asked", "name", "short"), TOLD)
def test_bell_says_what_the_mail_says(client, make, announce, lead, alice, engineer, manner, asked, name, short):
    ticket = make(manner)
    announce(ticket)
    services.move_visit(ticket=ticket, planned_at=datetime(2026, 12, 17, 2, tzinfo=UTC), by=Actor(lead), now=NOW)
    booking = services.appointment_of(ticket).seq
    services.agree_to_visit(ticket=ticket, booking=booking, by=Actor(alice), now=NOW)
    told = bell(client, alice)
    assert f"Your {name} is announced" in told
    assert f"Your {name} is at another time" in told
    says_nobody_comes(told)
    assert "The customer agrees to the date of the inspection." in bell(client, engineer)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "电话巡检"), ("zh-hant", "電話巡檢"), ("th", "ทางโทรศัพท์")],
)
def test_bell_says_it_in_the_readers_language(client, make, announce, alice, language, words):
    alice.language = language
    alice.save()
    announce(make("phone"))
    assert words in bell(client, alice)


def test_manners_of_many_notices_are_read_at_once(client, make, announce, alice, django_assert_num_queries):
    announce(make("phone"))
    bell(client, alice)
    with CaptureQueriesContext(connection) as few:
        bell(client, alice)
    count = len(few)
    for ticket in Ticket.objects.exclude(inspection__key="2026-12-01"):
        announce(ticket)
    bell(client, alice)
    with django_assert_num_queries(count):
        assert bell(client, alice).count("by phone is announced") == 3


def test_inspection_on_site_is_still_a_visit(client, make, announce, alice):
    ticket = make("on-site")
    assert "We would like to come on" in announce(ticket)
    page = client.get(f"/portal/{ticket.reference}/").content.decode()
    assert "We would like to come on Wed 16 Dec 2026 10:00. Does that suit you?" in page
    assert "A visit is booked" in page
