"""What a phone keeps of a visit through the worst: an empty battery, a slow line, another phone that signs first."""

import json
import os
import signal
import subprocess
import uuid

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Answer, AnswerEntry, Finding, Inspection, Photo, SignOff
from tests.browser.phones import PHONE, address, card, expect, kept, now, press, ready
from tests.browser.test_visit_without_signal import picture, result
from tests.flows.workers import eventually
from tools import chromium as chromium_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]
GOOD = {
    "temp": {"reading": "24.8"},
    "hum": {"reading": "45"},
    "dust": {"result": "passed"},
    "light": {"result": "passed"},
    "fan": {"choice": "good"},
    "front": {"result": "not-applicable"},
}
NOT_NUMBER = "Enter a number, such as 31.5."


@pytest.fixture
def complete(visit, engineer):
    sheet = visit.sheets.get()
    entries = [services.Entry(uuid.uuid4(), sheet.pk, item, now(), answer) for item, answer in GOOD.items()]
    services.take(inspection=visit, entries=entries, by=Actor(engineer), now=now())
    return visit


def tag(page):
    return page.locator("[data-visit-tag]")


def first_part(page):
    page.locator("a[data-part]").first.click()


def write(page, text, name="summary"):
    page.locator("a[data-part=words]").first.click()
    page.locator(f"#part-words [name={name}]").fill(text)


@pytest.fixture
def profile(chromium, tmp_path):
    """`open()`: a browser with this profile; `kill()`: its processes end at once, as with an empty battery."""
    where = str(tmp_path / "profile")
    opened = []

    class Profile:
        def open(self):
            options = {**PHONE, "executable_path": chromium_of.program(), "args": chromium_of.ARGUMENTS}
            opened.append(chromium.browser_type.launch_persistent_context(where, **options))
            return opened[-1]

        def kill(self):
            gone = []
            opened[-1].on("close", lambda *_: gone.append(1))
            for pid in subprocess.run(["pgrep", "-f", where], capture_output=True, text=True).stdout.split():
                try:
                    os.kill(int(pid), signal.SIGKILL)
                except ProcessLookupError:
                    continue
            opened.pop().wait_for_event("close") if not gone else None

    yield Profile()
    for context in opened:
        context.close()


def test_killed_browser_loses_no_answer_photo_or_word(profile, product, visit, engineer):
    context = profile.open()
    product.sign_in(context, engineer)
    page = context.new_page()
    page.goto(address(product, visit))
    ready(page)
    kept(page)
    context.set_offline(True)
    card(page, "temp").locator("input[name=reading-temp]").fill("25")
    card(page, "front").locator("input[type=file]").set_input_files(picture())
    write(page, "Half an hour of thoughts")
    expect(tag(page)).to_contain_text("No signal, 3 saved here")
    profile.kill()

    context = profile.open()
    product.sign_in(context, engineer)
    context.set_offline(True)
    page = context.new_page()
    page.goto(address(product, visit) + "?part=words")
    ready(page)
    expect(page.locator("#part-words [name=summary]")).to_have_value("Half an hour of thoughts")
    expect(card(page, "temp").locator("input[name=reading-temp]")).to_have_value("25")
    expect(card(page, "front").locator(".photo")).to_have_count(1)
    context.set_offline(False)
    eventually(lambda: Inspection.objects.get().summary == "Half an hour of thoughts", seconds=20)
    eventually(lambda: (result("temp"), Photo.objects.count()) == ("passed", 1), seconds=20)


def test_words_are_sent_as_they_are_typed_and_leave_those_of_others(phone, visit, engineer, agent):
    one, two = phone(engineer), phone(agent)
    write(one, "All in order")
    eventually(lambda: Inspection.objects.get().summary == "All in order", seconds=20)
    write(two, "Replace the fan", "advice")
    eventually(lambda: Inspection.objects.get().advice == "Replace the fan", seconds=20)
    write(one, "")
    eventually(lambda: Inspection.objects.get().summary == "", seconds=20)
    assert Inspection.objects.get().advice == "Replace the fan"


def test_words_that_are_too_long_stay_and_say_why(phone, visit, engineer):
    page = phone(engineer)
    write(page, "x" * 8001)
    expect(page.locator("#part-words [data-said]")).to_have_text("This text is too long. Shorten it.")
    expect(tag(page)).to_contain_text("1 not taken")
    page.reload()
    ready(page)
    expect(page.locator("#part-words [data-said]")).to_have_text("This text is too long. Shorten it.")
    write(page, "x" * 80)
    expect(tag(page)).to_contain_text("All sent")
    assert Inspection.objects.get().summary == "x" * 80


def test_what_comes_after_another_phone_has_signed_stays_and_stands_beside(phone, complete, engineer, agent):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    first_part(page)
    press(page, "dust", "Fail")
    card(page, "dust").locator("textarea[name=finding-dust]").fill("A nest")
    card(page, "dust").locator("input[type=file]").set_input_files(picture())
    write(page, "The array is at its end; replace it.")
    expect(tag(page)).to_contain_text("No signal, 3 saved here")
    signature = services.Signature("typed", "Zhao")
    services.finish(inspection=complete, signature=signature, by=Actor(agent), now=now())
    page.context.set_offline(False)
    for _again in (1, 2):
        left = page.locator("[data-left]")
        expect(page.locator("main")).to_have_attribute("data-signed", "true")
        expect(left).to_contain_text("Not part of what was signed")
        for words in ("No dust on the grilles", "Fail", "A nest", "The array is at its end; replace it.", "is signed"):
            expect(left).to_contain_text(words)
        expect(left.locator("img")).to_have_count(1)
        expect(card(page, "dust").locator("[value=passed]")).to_be_checked()
        expect(card(page, "dust").locator(".photo")).to_have_count(0)
        expect(page.locator("#part-words [name=summary]")).to_have_value("")
        page.reload()
        ready(page)
    assert (Inspection.objects.get().summary, result("dust"), Photo.objects.count()) == ("", "passed", 0)
    page.get_by_text("Delete it from this phone").click()
    page.locator("[data-drop-left]").click()
    expect(page.locator("[data-left]")).to_be_hidden()
    page.reload()
    ready(page)
    expect(page.locator("[data-left]")).to_be_hidden()


def test_signature_waits_for_the_photos_of_its_phone(phone, product, complete, engineer):
    page = phone(engineer)
    kept(page)
    slow = []
    page.context.route("**/photos/", lambda route: slow.append(route))  # never answered
    first_part(page)
    press(page, "dust", "Fail")
    card(page, "dust").locator("textarea[name=finding-dust]").fill("Dust")
    card(page, "dust").locator("input[type=file]").set_input_files(picture())
    eventually(lambda: Answer.objects.filter(item="dust", finding="Dust").exists(), seconds=20)
    expect(tag(page)).to_contain_text("Sending 1")
    page.goto(address(product, complete) + "sign/")  # the desk would show it without its photo
    page.wait_for_url("**/SD-*/")
    ready(page)
    page.locator("a[data-sign]").click()
    expect(page.locator(".fbar__sync")).to_contain_text("Kept on this phone")
    ready(page)
    page.locator("[name=signer]").fill("Zhao")
    page.locator("[name=typed]").check()
    page.get_by_role("button", name="Finish inspection").click()
    page.wait_for_url("**/SD-*/")
    ready(page)
    expect(page.locator("[data-signature]")).to_contain_text("sent after all answers")
    assert not SignOff.objects.exists()
    page.context.unroute("**/photos/")
    page.reload()
    expect(page.locator("main[data-signed=true]")).to_contain_text("What was signed is unchanged")
    photo = Photo.objects.get()
    assert photo.sha256 in json.dumps(SignOff.objects.get().shown)


def test_failure_without_words_or_outcome_keeps_the_sign_off_shut(phone, complete, engineer):
    page = phone(engineer)
    expect(page.locator("a[data-sign]")).to_be_visible()
    first_part(page)
    press(page, "dust", "Fail")
    expect(page.locator("a[data-sign]")).to_be_hidden()
    page.locator("[data-visit-next]").click()
    expect(card(page, "dust").locator("[data-said]")).to_have_text("Say what you found, or what comes of it.")
    card(page, "dust").get_by_text("Cured on the spot").click()
    expect(page.locator("a[data-sign]")).to_be_visible()
    expect(card(page, "dust").locator("[data-said]")).to_have_count(0)


def test_ticket_that_was_refused_is_raised_again_from_the_phone(phone, complete, engineer, acme):
    page = phone(engineer)
    first_part(page)
    unit, home = acme.unit, acme.unit.site
    unit.site = acme.plant
    unit.save()
    press(page, "dust", "Fail")
    card(page, "dust").get_by_role("button", name="Raise a ticket").click()
    expect(card(page, "dust").locator("[data-said]")).to_contain_text("This unit stands at another site.")
    expect(page.locator("a[data-sign]")).to_be_hidden()
    page.reload()
    ready(page)
    expect(card(page, "dust").locator("[data-said]")).to_contain_text("The ticket is not raised yet.")
    expect(page.locator("a[data-sign]")).to_be_hidden()
    unit.site = home
    unit.save()
    card(page, "dust").get_by_role("button", name="Raise a ticket").click()
    expect(card(page, "dust").locator("[data-raised]")).to_contain_text("SD-")
    expect(card(page, "dust").locator("[data-said]")).to_have_count(0)
    expect(page.locator("a[data-sign]")).to_be_visible()
    assert Finding.objects.get().ticket is not None


def test_reading_that_is_no_number_is_said_and_stays(phone, visit, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    field = card(page, "temp").locator("input[name=reading-temp]")
    field.fill("1,234.5")
    expect(card(page, "temp").locator("[data-said]")).to_have_text(NOT_NUMBER)
    page.reload()
    ready(page)
    expect(field).to_have_value("1,234.5")
    expect(card(page, "temp").locator("[data-said]")).to_have_text(NOT_NUMBER)
    page.context.set_offline(False)
    expect(tag(page)).to_contain_text("1 not taken")
    assert not AnswerEntry.objects.exists()
    field.fill("\uff12\uff15.5")  # as a Chinese keyboard writes digits
    expect(card(page, "temp").locator("[data-said]")).to_have_count(0)
    eventually(lambda: Answer.objects.filter(item="temp", reading="25.5").exists(), seconds=20)


def test_bad_reading_that_does_not_apply_wants_a_reason_on_the_phone(phone, complete, engineer):
    page = phone(engineer)
    first_part(page)
    card(page, "temp").locator("input[name=reading-temp]").fill("99")
    press(page, "temp", "N/A")
    expect(page.locator("a[data-sign]")).to_be_hidden()
    card(page, "temp").locator("input[name=reason-temp]").fill("The sensor is broken")
    expect(page.locator("a[data-sign]")).to_be_visible()
