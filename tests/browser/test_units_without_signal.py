"""A further unit of the site is added to a visit where there is no signal, answered, and signed for."""

import re

import pytest

from inspections.models import Answer, Sheet, SignOff
from tests import places
from tests.browser.phones import address, expect, kept, ready
from tests.flows.workers import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCANNER = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
HTMLMediaElement.prototype.play = async () => {};
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
"""


@pytest.fixture
def second(acme):
    """Another unit at the site of the visit."""
    return places.unit(acme.hq, "SN-7777", acme.unit.product)


@pytest.fixture
def page(phone, second, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    return page


def add(page, serial):
    page.locator("[data-add-sheet] [name=unit]").fill(serial)
    page.get_by_role("button", name="Add", exact=True).click()


def own(page, item, unit="SN-7777"):
    return page.locator(f"[data-unit='{unit}'] [data-item={item}]")


def test_unit_is_answered_without_signal_and_all_of_it_arrives(page, product, visit, second):
    add(page, "sn 7777")
    expect(own(page, "temp")).to_be_visible()
    expect(page.locator("[data-visit-count]")).to_have_text("0 of 14")
    expect(page.locator("[data-units]")).to_contain_text("Its checks can be answered now")
    own(page, "temp").locator("[name=reading-temp]").fill("31.5")
    expect(own(page, "temp")).to_contain_text("4.5 above the limit")
    own(page, "dust").locator(".pf").get_by_text("Pass", exact=True).click()
    expect(page.locator("[data-visit-tag]")).to_contain_text(re.compile("No signal, [3-5] saved here"))

    page.goto("about:blank")  # the battery is empty
    page.goto(address(product, visit))
    ready(page)
    expect(own(page, "temp").locator("[name=reading-temp]")).to_have_value("31.5")
    add(page, "SN-7777")  # it is there: its own sections are opened
    expect(own(page, "dust").locator("[value=passed]")).to_be_checked()
    expect(page.locator("[data-unit='SN-7777']")).to_have_count(2)

    page.context.set_offline(False)
    assert eventually(lambda: Answer.objects.filter(sheet__unit=second).count() == 2, seconds=20)
    assert Sheet.objects.get(unit=second).version == visit.sheets.first().version
    page.locator("h1:visible").evaluate("element => element.blur()")
    page.reload()
    ready(page)
    expect(own(page, "temp").locator("[name=reading-temp]")).to_have_value("31.5")
    expect(page.locator("[data-unit='SN-7777']")).to_have_count(2)
    expect(page.locator("[data-units] li")).to_have_count(0)
    expect(page.locator("[data-visit-tag]")).to_contain_text("All sent")


def test_unit_that_the_phone_does_not_know_is_asked_for_and_can_be_removed(page):
    add(page, "SN-0000")
    said = page.locator("[data-units] li")
    expect(said).to_contain_text("This phone does not know it")
    page.context.set_offline(False)
    expect(said).to_contain_text("There is no unit with this serial number at this site.")
    said.get_by_text("Remove", exact=True).click()
    said.get_by_role("button", name="Remove for good").click()
    expect(said).to_have_count(0)
    assert Sheet.objects.count() == 1


def test_scanned_unit_that_is_not_in_the_visit_is_said_and_one_press_away(page, product, visit, acme):
    page.add_init_script(SCANNER % "sn7777")
    page.goto(address(product, visit))
    ready(page)
    page.get_by_role("button", name="Scan the label").click()
    expect(page.locator("[data-unit-said]")).to_have_text("sn7777 is not in this visit yet. Press Add.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(own(page, "temp")).to_be_visible()
    page.locator("a[data-part=words]").first.click()
    page.get_by_role("button", name="Scan the label").click()
    expect(own(page, "temp")).to_be_visible()


def test_visit_of_two_units_is_signed_without_signal(page, second):
    add(page, "SN-7777")
    for unit in ("SN-1234", "SN-7777"):
        for item in ("temp", "hum", "dust", "light", "fan", "front"):
            own(page, item, unit).locator("[value=not-applicable]").evaluate("field => field.click()")
    expect(page.locator("[data-visit-count]")).to_have_text("12 of 14")
    page.locator("[data-visit-next]").click()
    expect(page.locator("#sign")).to_be_visible()
    ready(page)
    expect(page.locator("h1")).to_have_text("0 passed, 0 failed, 12 not applicable")
    page.locator("[name=signer]").fill("Zhao Min")
    page.get_by_text("I cannot draw here").click()
    page.locator(".fdock button").click()
    page.wait_for_url("**/SD-*/")
    ready(page)
    expect(page.locator("[data-signature]")).to_contain_text("Signed by Zhao Min")
    page.context.set_offline(False)
    assert eventually(lambda: SignOff.objects.count() == 1, seconds=20)
    assert len(SignOff.objects.get().shown["sheets"]) == 2


def test_with_signal_the_unit_comes_from_the_desk(phone, second, engineer):
    page = phone(engineer)
    add(page, "SN-7777")
    assert eventually(lambda: Sheet.objects.filter(unit=second).exists(), seconds=20)
    sheet = Sheet.objects.get(unit=second)
    page.wait_for_url(f"**/?part={sheet.pk}-*")
    ready(page)
    expect(own(page, "temp")).to_be_visible()
