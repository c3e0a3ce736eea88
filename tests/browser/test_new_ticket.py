"""New ticket with the script: a serial number fills in the place as soon as it is typed, and typing goes on."""

import pytest

from tests import places

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect


def test_a_serial_number_fills_in_the_place_and_of_two_a_person_chooses(product, page, agent, acme, borealis):
    places.unit(borealis.site, "SN1235", borealis.unit.product)
    product.sign_in(page, agent)
    page.goto(f"{product.url}/tickets/new/")
    page.fill("#id_title", "Fan loud")
    page.fill("#id_serial", "sn1235")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=match]")).to_have_count(2)
    page.get_by_label("SN1235").check()
    expect(page.locator("#id_organisation option:checked")).to_have_text("Borealis")
    expect(page.locator("#id_equipment option:checked")).to_have_text("UPS 1, SN1235")
    expect(page.locator("#id_serial")).to_have_value("")
    expect(page.locator("#id_title")).to_have_value("Fan loud")
    page.fill("#id_serial", "SN-1234")
    page.keyboard.press("Tab")
    expect(page.locator("#id_equipment option:checked")).to_have_text("Server 1, SN-1234")
    expect(page.locator("#id_organisation")).to_be_focused()
