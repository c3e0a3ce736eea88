"""A visit on a phone with the network cut: a day's work, a closed browser, two phones, and what is sent in the end."""

import re
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from accounts.actors import Actor
from inspections import services
from inspections.models import Answer, AnswerEntry, Finding, Inspection, Photo
from tests.browser.phones import address, card, expect, kept, press, ready
from tests.flows.workers import eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WAITS = re.compile(r"No signal, [3-5] saved here")  # one changed on its way waits beside the new


def picture():
    out = BytesIO()
    Image.new("RGB", (2400, 1200), "orange").save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def result(item):
    return Answer.objects.filter(item=item).values_list("result", flat=True).first()


def test_a_whole_visit_without_signal_and_a_closed_browser(phone, product, visit, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    card(page, "temp").locator("input[name=reading-temp]").fill("31.5")
    expect(card(page, "temp")).to_contain_text("4.5 above the limit")
    expect(card(page, "temp").locator("[value=failed]")).to_be_checked()
    card(page, "temp").locator("textarea[name=finding-temp]").fill("Floor tile is blocked")
    card(page, "temp").locator("input[type=file]").set_input_files(picture())
    card(page, "temp").get_by_role("button", name="Raise a ticket").click()
    expect(card(page, "temp")).to_contain_text("gets its number when there is signal")
    press(page, "dust", "Pass")
    expect(page.locator("[data-visit-tag]")).to_contain_text(WAITS)
    expect(page.locator("[data-visit-count]")).to_have_text("2 of 7")
    assert not AnswerEntry.objects.exists()

    page.goto("about:blank")  # the battery is empty; later the phone is on again, still without signal
    page.goto(address(product, visit) + "?part=x")
    ready(page)
    expect(card(page, "temp").locator("input[name=reading-temp]")).to_have_value("31.5")
    expect(card(page, "temp").locator(".photo img")).to_have_count(1)
    expect(card(page, "dust").locator("[value=passed]")).to_be_checked()

    page.context.set_offline(False)
    expect(page.locator("[data-visit-tag]")).to_contain_text("All sent")
    expect(card(page, "temp").locator("[data-raised]")).to_contain_text("SD-")
    assert eventually(lambda: Photo.objects.count() == 1, seconds=20)
    assert (result("temp"), result("dust")) == ("failed", "passed")
    finding = Finding.objects.get()
    assert finding.ticket is not None
    assert Answer.objects.get(item="temp").finding == "Floor tile is blocked"


def test_two_phones_merge_by_check_and_see_each_other(phone, visit, engineer, agent):
    one, two = phone(engineer), phone(agent)
    one.context.set_offline(True)
    two.context.set_offline(True)
    press(one, "dust", "Pass")
    card(two, "temp").locator("input[name=reading-temp]").fill("25")
    expect(one.locator("[data-visit-tag]")).to_contain_text("1 saved here")
    expect(two.locator("[data-visit-tag]")).to_contain_text("1 saved here")
    one.context.set_offline(False)
    expect(one.locator("[data-visit-tag]")).to_contain_text("All sent")
    two.context.set_offline(False)
    expect(two.locator("[data-visit-tag]")).to_contain_text("All sent")
    expect(card(two, "dust").locator("[value=passed]")).to_be_checked()
    assert (result("temp"), result("dust")) == ("passed", "passed")
    assert not Answer.objects.exclude(other=None).exists()


def test_next_open_check_walks_over_the_sections_and_no_answer_is_sent_twice(phone, visit, engineer):
    page = phone(engineer)
    card(page, "temp").locator("input[name=reading-temp]").fill("25")
    card(page, "hum").locator("input[name=reading-hum]").fill("50")
    press(page, "dust", "N/A")
    page.locator("[data-visit-next]").click()
    expect(card(page, "light")).to_be_focused()
    expect(card(page, "dust")).to_be_hidden()
    expect(page.locator("[data-visit-tag]")).to_contain_text("All sent")
    page.reload()
    ready(page)
    expect(page.locator("[data-visit-count]")).to_have_text("3 of 7")
    assert AnswerEntry.objects.filter(item="dust").count() == 1


def test_a_value_that_is_overruled_wants_a_reason(phone, visit, engineer):
    page = phone(engineer)
    card(page, "temp").locator("input[name=reading-temp]").fill("31.5")
    press(page, "temp", "Pass")
    card(page, "temp").locator("input[name=reading-temp]").blur()
    card(page, "temp").locator("input[name=reason-temp]").fill("The sensor hangs over the exhaust")
    assert eventually(
        lambda: Answer.objects.filter(item="temp", result="passed").exclude(reason="").exists(), seconds=20
    )


def test_closing_words_are_kept_and_sent_too(phone, visit, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    page.locator("a[data-part=words]").first.click()
    page.locator("#part-words [name=summary]").fill("All in order")
    page.get_by_role("button", name="Save the summary").click()
    expect(page.locator("[data-visit-tag]")).to_contain_text("1 saved here")
    page.context.set_offline(False)
    assert eventually(lambda: Inspection.objects.get().summary == "All in order", seconds=20)


def test_closing_words_of_two_phones_stand_together(phone, visit, engineer, agent):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    page.locator("a[data-part=words]").first.click()
    summary = page.locator("#part-words [name=summary]")
    summary.fill("All in order")
    page.get_by_role("button", name="Save the summary").click()
    expect(page.locator("[data-visit-tag]")).to_contain_text("1 saved here")
    services.write_words(inspection=visit, words={"summary": "The fan is loud"}, by=Actor(agent), now=timezone.now())
    page.context.set_offline(False)
    expect(summary).to_have_value(f"The fan is loud\n\n{engineer.name} wrote at the same time:\nAll in order")
    summary.fill("The fan is loud, else all is in order")
    assert eventually(lambda: Inspection.objects.get().summary == "The fan is loud, else all is in order", seconds=20)


def test_a_session_that_is_over_loses_nothing(phone, product, visit, engineer):
    page = phone(engineer)
    page.context.clear_cookies(name="sessionid")
    press(page, "dust", "Pass")
    expect(page.locator("[data-visit-tag]")).to_contain_text("Sign in")
    product.sign_in(page, engineer)
    page.reload()
    assert eventually(lambda: result("dust") == "passed", seconds=20)


def test_closing_words_wait_for_a_sign_in_too(phone, product, visit, engineer):
    page = phone(engineer)
    page.context.clear_cookies(name="sessionid")
    page.locator("a[data-part=words]").first.click()
    page.locator("#part-words [name=summary]").fill("All in order")
    page.get_by_role("button", name="Save the summary").click()
    expect(page.locator("[data-visit-tag]")).to_contain_text("Sign in")
    product.sign_in(page, engineer)
    page.reload()
    assert eventually(lambda: Inspection.objects.get().summary == "All in order", seconds=20)


SCANNER = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: "%s" }]; } };
HTMLMediaElement.prototype.play = async () => {};
navigator.mediaDevices.getUserMedia = async () => document.createElement("canvas").captureStream();
"""


def test_a_scanned_label_opens_the_list_of_its_unit(phone, product, visit, acme, engineer):
    page = phone(engineer)
    page.add_init_script(SCANNER % acme.unit.serial_number.lower().replace("-", " "))
    page.goto(address(product, visit) + "?part=words")
    ready(page)
    page.get_by_role("button", name="Scan the label").click()
    expect(card(page, "temp")).to_be_visible()
    expect(page.locator("#scanner")).to_be_hidden()
