"""A visit is dragged to another day in the calendar, as the desk does it: what speaks against the day is said first."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from inspections.models import Appointment
from tests.browser.phones import expect
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WEEK = timedelta(days=7)


def next_monday():
    today = datetime.now(UTC).replace(hour=2, minute=0, second=0, microsecond=0)
    return today + timedelta(days=7 - today.weekday()) + WEEK


@pytest.fixture
def visits(report, acme, lead, engineer):
    """Two of one engineer at one site, Monday and Wednesday of the week after next, 10:00 in Shanghai."""
    made = []
    for days in (0, 2):
        ticket = report(kind="inspection", title=f"Round {days}", equipment=acme.unit, assignee=engineer)
        at = next_monday() + timedelta(days=days)
        services.move_visit(ticket=ticket, planned_at=at, by=Actor(lead), now=datetime.now(UTC))
        made.append(ticket)
    return made


@pytest.fixture
def calendar(page, product, lead, visits):
    product.sign_in(page, lead)
    page.goto(f"{product.url}/inspections/calendar/?view=week&day={next_monday().date()}")
    return page


def drag(page, ticket, days):
    """By pointer, to that day of the week, Monday being 0."""
    day = page.locator(f"[data-day='{(next_monday() + timedelta(days=days)).date()}']")
    page.locator(f"[data-visit='{ticket.reference}']").drag_to(day, target_position={"x": 40, "y": 300})


def planned(ticket):
    return Appointment.objects.get(ticket=ticket).planned_at


def test_drag_opens_the_form_of_that_day_and_moves_the_visit(calendar, visits):
    drag(calendar, visits[0], 1)
    dialog = calendar.locator("#cal-dialog")
    expect(dialog).to_be_visible()
    expect(dialog).not_to_contain_text("Another visit")
    assert planned(visits[0]) == next_monday()  # nothing is moved by a hand that slips
    dialog.locator("[data-send]").click()
    calendar.wait_for_url("**/inspections/calendar/**")
    expect(calendar.locator(f"[data-day='{(next_monday() + timedelta(days=1)).date()}'] [data-visit]")).to_have_count(1)
    assert planned(visits[0]) == next_monday() + timedelta(days=1)


def test_drag_onto_another_visit_says_so_and_is_confirmed_all_the_same(calendar, visits, engineer):
    drag(calendar, visits[0], 2)
    dialog = calendar.locator("#cal-dialog")
    expect(dialog).to_contain_text("Look at this before you confirm")
    expect(dialog).to_contain_text(visits[1].reference)
    dialog.get_by_role("button", name="Confirm all the same").click()
    calendar.wait_for_url("**/inspections/calendar/**")
    assert planned(visits[0]) == next_monday() + timedelta(days=2)


def test_drag_that_is_cancelled_or_ends_where_it_began_moves_nothing(calendar, visits):
    drag(calendar, visits[0], 0)
    expect(calendar.locator("#cal-dialog")).to_be_hidden()
    drag(calendar, visits[0], 5)
    dialog = calendar.locator("#cal-dialog")
    expect(dialog).to_contain_text("No working day at the site")
    dialog.locator("[data-close]").click()
    expect(dialog).to_be_hidden()
    expect(calendar.locator(".is-dragged, .is-target")).to_have_count(0)
    assert planned(visits[0]) == next_monday()


def test_keyboard_carries_a_visit_too(calendar, visits):
    link = calendar.locator(f"[data-visit='{visits[0].reference}'] .appt__move")
    link.focus()
    link.press(" ")
    expect(calendar.locator("#cal-said")).to_contain_text("Picked up")
    link.press("ArrowRight")
    link.press("Enter")
    expect(calendar.locator("#cal-dialog")).to_be_visible()
    expect(calendar.locator("#id_planned_at")).to_have_value(
        (next_monday() + timedelta(days=1, hours=8)).strftime("%Y-%m-%dT%H:%M")
    )
