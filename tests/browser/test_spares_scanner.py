"""The board with a hardware scanner: it types wherever the focus is, and keys stay keys for people."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from spares import services
from spares.kinds import Condition, Reason
from spares.models import Part, Store
from spares.services.ledger import OUTSIDE, Cause, Line, Spot

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect
# All keys of one code in one go, as a scanner sends them, to whatever has the focus at each.
TYPE = """(code) => {
  for (const key of [...code, "Enter"]) {
    const target = document.activeElement;
    const down = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    if (!target.dispatchEvent(down)) continue;
    if (key === "Enter") target.form?.requestSubmit(); else if (target.matches("input")) target.value += key;
  }
}"""


@pytest.fixture
def picked(ticket, agent, storekeeper):
    """A part that is being picked, with two pieces on the shelf."""
    now, keeper = datetime.now(UTC), Actor(user=storekeeper)
    depot = Store.objects.create(code="kwai-chung", name="Kwai Chung", kind="depot")
    part = Part.objects.create(number="GC-110-MB", name="Gate controller board", is_serialised=True)
    lines = [Line(part, piece=services.piece_of(part, serial)) for serial in ("BOARD-1", "BOARD-2")]
    cause = Cause(Reason.BOUGHT, keeper, now, now)
    services.move(lines=lines, source=OUTSIDE, target=Spot(depot, Condition.NEW), cause=cause)
    card = services.ask(ticket=ticket, part=part, by=Actor(user=agent), at=now, now=now)[0]
    return services.reserve(request=card, store=depot, by=keeper, now=now)


def test_a_scanned_piece_is_sent_and_arrives(product, page, storekeeper, picked):
    product.sign_in(page, storekeeper)
    page.goto(f"{product.url}/spares/")
    page.evaluate(TYPE, "BOARD-2")
    expect(page.get_by_label("Serial number")).to_have_value("BOARD-2")
    page.get_by_label("Courier").fill("SF")
    page.get_by_label("Tracking number").fill("SF-7741")
    page.get_by_role("main").get_by_role("button", name="Scan out").click()
    expect(page.get_by_role("region", name="On the way")).to_contain_text("SF SF-7741")
    page.evaluate(TYPE, "SF-7741")
    page.get_by_label("Who received it").fill("Ms Chan")
    page.get_by_role("main").get_by_role("button", name="Delivered").click()
    expect(page.get_by_role("region", name="With engineer")).to_contain_text("received by Ms Chan")


def test_keys_of_people_stay_shortcuts(product, page, storekeeper, picked):
    product.sign_in(page, storekeeper)
    page.goto(f"{product.url}/spares/")
    page.keyboard.press("j")
    expect(page.locator("#board .part a").first).to_be_focused()
    page.keyboard.press("b")
    expect(page.locator("#scan-code")).to_be_focused()
    expect(page.locator("#scan-code")).to_have_value("")


def test_an_unknown_code_on_a_phone_leads_on(product, page, storekeeper, picked):
    page.set_viewport_size({"width": 390, "height": 844})
    product.sign_in(page, storekeeper)
    page.goto(f"{product.url}/spares/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#scan-code").fill("NONESUCH")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing here has the code “NONESUCH”.")
    expect(page.get_by_role("link", name="Search the tickets")).to_be_visible()
