"""An agent's work in a browser that runs no script: links are links, forms post, menus open."""

import pytest
from django.conf import settings
from django.test import Client

from tickets.models import Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def plain(chromium, live_server, agent):
    client = Client()
    client.force_login(agent)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    yield context.new_page()
    context.close()


def test_from_the_queue_into_a_ticket_a_reply_an_event_and_a_note(plain, live_server, report):
    ticket = report(title="It beeps")
    plain.goto(f"{live_server.url}/tickets/")
    plain.get_by_role("link", name="It beeps").click()
    plain.fill("#composer-body", "We are on it")
    plain.get_by_role("button", name="Send").first.click()
    expect(plain.locator("#stream .msg--us")).to_contain_text("We are on it")
    plain.click("#status-menu > summary")
    plain.locator("#status-menu").get_by_role("link", name="Wait for the customer").click()
    plain.fill("#act [name=message]", "Site permit")
    plain.click("#act [data-send]")
    expect(plain.locator("#status-menu > summary")).to_contain_text("Waiting for customer")
    plain.locator(".composer__tabs").get_by_text("Internal note").click()
    plain.fill("#composer-body", "Only for us")
    plain.get_by_role("button", name="Add note").first.click()
    expect(plain.locator("#stream .msg--note").last).to_contain_text("Only for us")
    assert [*ticket.events.values_list("type", flat=True)][-3:] == ["waiting", "replied", "noted"]


def test_two_tickets_are_taken_at_once_and_it_goes_back(plain, live_server, report, agent):
    made = [report(title="One"), report(title="Two"), report(title="Three")]
    plain.goto(f"{live_server.url}/tickets/")
    for ticket in made[:2]:
        plain.check(f"#row-{ticket.reference} input[type=checkbox]")
    plain.click("#bulk summary[data-key=a]")
    plain.get_by_role("button", name="Assign to me").first.click()
    expect(plain.locator(".toasts")).to_contain_text("2 of 2 assigned")
    assert {*Ticket.objects.filter(assignee=agent)} == {*made[:2]}
    plain.locator(".toasts").get_by_role("button", name="Undo").click()
    expect(plain.locator(f"#row-{made[0].reference}")).not_to_contain_text(agent.name)
    assert not Ticket.objects.filter(assignee=agent).exists()


def test_the_queue_promises_nothing_that_only_a_script_does(plain, live_server, report):
    report(title="It beeps")
    plain.goto(f"{live_server.url}/tickets/")
    expect(plain.get_by_role("link", name="It beeps")).to_be_visible()
    expect(plain.get_by_text("Press a row to see the ticket here.")).to_be_hidden()
    expect(plain.locator("#all")).to_be_hidden()
    expect(plain.locator("kbd:visible")).to_have_count(0)
    expect(plain.get_by_role("toolbar")).to_contain_text("Ticked tickets")
    plain.locator(".pagehead summary").click()
    expect(plain.locator("#d-width")).to_be_hidden()


def test_where_no_ticket_can_be_ticked_there_is_no_toolbar(plain, live_server, report):
    report(title="It beeps")
    plain.set_viewport_size({"width": 390, "height": 844})
    plain.goto(f"{live_server.url}/tickets/")
    expect(plain.locator(".queue input[name=ticket]")).to_be_hidden()
    expect(plain.locator("#bulk")).to_be_hidden()


def test_a_ticket_offers_no_press_that_does_nothing(plain, live_server, report):
    ticket = report(title="It beeps")
    plain.goto(f"{live_server.url}/tickets/{ticket.reference}/")
    expect(plain.locator("kbd:visible, button[type=button]:visible")).to_have_count(0)
    expect(plain.get_by_text("Switch", exact=True)).to_be_hidden()
