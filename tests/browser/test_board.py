"""Dashboard and policy page in a browser: cards load one by one, the simulator answers in place, nothing is amiss."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from tests.browser.checks import findings
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def at_desk(page, live_server, manager, report, agent):
    """A manager, signed in, with faults of the last days: some kept, some missed, some open."""
    now = datetime.now(UTC)
    for number in range(6):
        at = now - timedelta(days=2 * number, hours=2)  # in two weeks, whatever day it is: one makes no line
        ticket = report(at=at, now=at, level="2", channel="phone", title=f"Fault {number}")
        replied = at + timedelta(minutes=10 + 2 * number)
        services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=replied, now=replied)
    page.goto(f"{live_server.url}/account/sign-in/?next=/dashboard/")
    page.fill("[name=login]", manager.email)
    page.fill("[name=password]", "correct horse")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/dashboard/")
    return page


def test_another_period_loads_card_by_card(at_desk):
    at_desk.click("#board-period")
    at_desk.click("text=Last 7 days")
    at_desk.wait_for_url("**/dashboard/?period=7")
    at_desk.locator("#card-promises .att-table").wait_for()
    at_desk.locator(".board__wait").first.wait_for(state="detached")
    assert at_desk.locator("[id^=card-]").count() == 8


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_is_amiss_with_dashboard_and_policy(at_desk, live_server, size):
    at_desk.set_viewport_size(size)
    for address in ("/dashboard/", "/dashboard/tickets/?outcome=missed", "/schemes/", "/schemes/hardware/"):
        at_desk.goto(f"{live_server.url}{address}")
        assert findings(at_desk) == [], address


def test_how_many_are_due_soon_stands_in_one_line_of_its_chip_on_a_phone(at_desk, report):
    for number in range(12):
        report(level="2", channel="phone", title=f"Fresh {number}")
    at_desk.set_viewport_size(PHONE)
    at_desk.reload()
    chip = at_desk.locator(".kpi__chips .clock", has_text="12 within the hour")
    card = at_desk.locator(".kpi", has=chip)
    assert chip.bounding_box()["height"] < 26
    right = [box["x"] + box["width"] for box in (chip.bounding_box(), card.bounding_box())]
    assert right[0] < right[1]


def test_the_simulator_answers_in_place(at_desk, live_server):
    at_desk.goto(f"{live_server.url}/schemes/hardware/")
    at_desk.locator("#sim_levels label").nth(2).click()
    at_desk.wait_for_url(re.compile("level=C"))
    assert "before we close" in at_desk.locator(".sim__out").inner_text()


def test_in_a_readers_own_colours_the_lines_are_drawn_in_his_and_differ_by_their_dash(at_desk):
    at_desk.emulate_media(forced_colors="active", color_scheme="dark")
    at_desk.reload()
    at_desk.locator(".chart .ln").first.wait_for(state="attached")
    drawn = at_desk.evaluate(
        """() => ["respond", "arrive", "restore"].map((name) => {
            const line = document.createElementNS("http://www.w3.org/2000/svg", "polyline");
            line.setAttribute("class", `ln ln--${name}`);
            if (name === "restore") line.setAttribute("stroke-dasharray", "6 3");
            document.querySelector(".chart").append(line);
            const style = getComputedStyle(line);
            return [style.stroke, style.strokeDasharray];
        })"""
    )
    assert {stroke for stroke, _dash in drawn} == {"rgb(255, 255, 255)"}
    assert len({dash for _stroke, dash in drawn}) == 3
