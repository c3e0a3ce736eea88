"""Live pages against the running product: the pill, changes in place, and who else is here."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect


def now():
    return datetime.now(UTC)


@pytest.fixture
def second(chromium):
    """Another person's browser."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def opened(product, page, user, address):
    """The page, once its stream is open."""
    product.sign_in(page, user)
    page.goto(product.url + address)
    expect(page.locator("#live-state")).to_have_text(re.compile(r"^Live, updated \d\d:\d\d:\d\d$"))
    return page


def order(page):
    return page.locator("tr[id^=row-]").evaluate_all("rows => rows.map(row => row.id)")


def test_a_new_ticket_waits_behind_the_pill_until_somebody_asks(product, page, agent, report):
    old = report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    page.locator(f"#row-{old.reference} a").focus()
    new = report(at=now() - timedelta(hours=2), title="Came in meanwhile")
    expect(page.locator("#newpill")).to_contain_text("1 new")
    assert order(page) == [f"row-{old.reference}"]
    page.keyboard.press(".")
    expect(page.locator(f"#row-{new.reference}")).to_be_visible()
    expect(page.locator("#newpill")).to_be_hidden()
    assert order(page) == [f"row-{new.reference}", f"row-{old.reference}"]
    assert page.evaluate("document.activeElement.closest('tr').id") == f"row-{old.reference}"


def test_a_new_owner_appears_where_the_row_stands(product, page, agent, lead, report):
    first, second = report(at=now() - timedelta(hours=2)), report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    before = order(page)
    services.assign(ticket=second, assignee=lead, by=Actor(lead), now=now())
    expect(page.locator(f"#row-{second.reference} .av[title=Lead]")).to_be_visible()
    assert order(page) == before == [f"row-{first.reference}", f"row-{second.reference}"]
    expect(page.locator("#newpill")).to_be_hidden()


def test_focus_goes_to_the_neighbour_of_a_ticket_that_left(product, page, agent, report):
    tickets = [report(at=now() - timedelta(hours=hours)) for hours in (3, 2, 1)]
    opened(product, page, agent, "/tickets/")
    page.locator(f"#row-{tickets[1].reference} a").focus()
    services.record(ticket=tickets[1], type="cancelled", by=Actor(agent), at=now(), now=now())
    expect(page.locator("#newpill")).to_contain_text("1 changed")
    page.keyboard.press(".")
    expect(page.locator(f"#row-{tickets[1].reference}")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('tr').id") in {
        f"row-{tickets[0].reference}",
        f"row-{tickets[2].reference}",
    }
