"""The customer signs on the engineer's phone although there is no signal; what the desk then makes of it."""

import uuid
from datetime import timedelta

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Answer, AnswerEntry, Inspection, SignOff
from inspections.services import Entry
from tests.browser.phones import address, card, expect, kept, now, press, ready
from tests.flows.workers import eventually
from tickets.models import TicketEvent

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLACK = timedelta(seconds=5)  # the desk tells its time in whole seconds
PAD = "[data-sigpad] > svg"


def answer_all(page):
    card(page, "temp").locator("input[name=reading-temp]").fill("25")
    card(page, "hum").locator("input[name=reading-hum]").fill("50")
    press(page, "dust", "Pass")
    page.locator(".secnav a[data-part$=hw]").click()
    press(page, "light", "Pass")
    card(page, "fan").get_by_text("Good", exact=True).click()
    press(page, "front", "N/A")
    expect(page.locator("[data-visit-count]")).to_have_text("6 of 7")


def finger(page, *strokes):
    """Draws by touch; points from 0 to 1 of the pad."""
    page.locator(PAD).scroll_into_view_if_needed()
    box = page.locator(PAD).bounding_box()
    touch = page.context.new_cdp_session(page)
    for stroke in strokes:
        points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke]
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def to_sign(page):
    page.locator("[data-visit-next]").click()
    expect(page.locator("#sign")).to_be_visible()
    ready(page)


def turn(page, language):
    page.locator("details.pop summary").click()
    page.locator(f".menu [lang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    ready(page)


def type_name(page, name):
    page.locator("[name=signer]").fill(name)
    page.get_by_text("I cannot draw here").click()


def finish(page):
    page.locator(".fdock button").click()
    page.wait_for_url("**/SD-*/")
    ready(page)


def banner(page):
    return page.locator("[data-signature]")


def online(page):
    page.context.set_offline(False)


def signed():
    return SignOff.objects.first()


def test_customer_signs_without_signal_and_it_is_sent_last(phone, product, visit, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    page.goto(address(product, visit) + "sign/")  # nothing is answered: there is nothing to sign
    page.wait_for_url("**/SD-*/")
    ready(page)
    expect(page.locator("a[data-sign]")).to_be_hidden()
    answer_all(page)
    page.locator("a[data-part=words]").first.click()
    page.locator("#part-words [name=summary]").fill("All in order.\nUntil next year.")
    to_sign(page)
    expect(page.locator("h1")).to_have_text("5 passed, 0 failed, 1 not applicable")
    expect(page.locator("[data-sign-result]")).to_contain_text("Until next year.")
    turn(page, "th")
    page.locator("[name=signer]").fill("สมชาย")
    finger(page, [(0.1, 0.5), (0.3, 0.2), (0.5, 0.8)], [(0.6, 0.5), (0.9, 0.5)])
    before = now()
    finish(page)
    expect(banner(page)).to_contain_text("Signed by สมชาย")
    expect(banner(page).locator("path")).to_have_count(2)
    expect(card(page, "light").locator("[value=failed]")).to_be_disabled()
    expect(page.locator("[data-visit-next]")).to_be_hidden()
    expect(page.locator("[data-visit-tag]")).to_contain_text("No signal, ")

    page.goto("about:blank")  # the battery is empty; later the phone is on again, still without signal
    page.goto(address(product, visit) + "sign/")
    page.wait_for_url("**/SD-*/")
    ready(page)
    expect(banner(page)).to_contain_text("Signed by สมชาย")
    assert not AnswerEntry.objects.exists()
    later = now()
    online(page)
    expect(page.locator("main[data-signed=true]")).to_contain_text("What was signed is unchanged")
    made = signed()
    assert (made.manner, made.signer, made.language, len(made.strokes)) == ("drawn", "สมชาย", "th", 2)
    assert made.strokes[0][0] == pytest.approx([0.1, 0.5], abs=0.02)
    assert before - SLACK <= made.signed_at <= later + SLACK
    assert Inspection.objects.get().summary == "All in order.\nUntil next year."
    expect(banner(page)).to_be_hidden()


def test_signature_whose_answer_is_lost_is_sent_again_and_counts_once(phone, visit, engineer):
    page = phone(engineer)
    kept(page)
    answer_all(page)
    expect(page.locator("[data-visit-tag]")).to_contain_text("All sent")
    to_sign(page)
    page.context.set_offline(True)
    type_name(page, "Zhao Min")
    finish(page)
    sent = []

    def lose(route):
        sent.append(route.request.post_data_json["id"])
        if len(sent) == 1:
            assert route.fetch().ok
            route.abort()
        else:
            route.continue_()

    page.context.route("**/signature/", lose)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/signature/")):
        online(page)
    assert SignOff.objects.count() == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("main[data-signed=true]")).to_be_visible()
    expect(banner(page)).to_be_hidden()
    assert len(set(sent)) == 1
    assert TicketEvent.objects.filter(ticket=visit.ticket, type="visit_done").count() == 1


def change(visit, by, **answer):
    """On another phone, which has signal."""
    entry = Entry(uuid.uuid4(), visit.sheets.get().pk, "dust", now(), answer)
    services.take(inspection=visit, entries=[entry], by=Actor(by), now=now())


def sign_offline(page):
    kept(page)
    page.context.set_offline(True)
    answer_all(page)
    to_sign(page)
    page.locator("[name=signer]").fill("Zhao Min")
    finger(page, [(0.1, 0.5), (0.3, 0.2), (0.5, 0.8)])
    finish(page)


def test_signature_under_other_answers_is_asked_again(phone, visit, engineer, agent):
    page = phone(engineer)
    sign_offline(page)
    change(visit, agent, result="failed", finding="A nest")
    online(page)
    expect(banner(page)).to_contain_text("This signature was not taken")
    expect(banner(page)).to_contain_text("3. No dust on the grilles")
    assert signed() is None
    assert Answer.objects.count() == 6
    expect(card(page, "dust").locator("[value=failed]")).to_be_checked()

    page.reload()  # it stays, beside the answers, until somebody signs again
    ready(page)
    expect(banner(page)).to_contain_text("Signed by Zhao Min")
    expect(banner(page).locator("path")).to_have_count(1)
    to_sign(page)
    page.get_by_label("Back to the checklist").click()
    ready(page)
    expect(banner(page)).to_contain_text("Signed by Zhao Min")
    to_sign(page)
    expect(page.locator("h1")).to_have_text("4 passed, 1 failed, 1 not applicable")
    type_name(page, "Zhao Min again")
    finish(page)
    expect(page.locator("main[data-signed=true]")).to_be_visible()
    assert signed().signer == "Zhao Min again"
    expect(banner(page)).to_be_hidden()


def test_check_that_was_opened_meanwhile_is_named(phone, visit, engineer, agent):
    page = phone(engineer)
    sign_offline(page)
    change(visit, agent)
    online(page)
    expect(banner(page)).to_contain_text("1 check is still open: 3. No dust on the grilles")
    assert signed() is None
    page.locator("a[data-part=words]").first.click()
    expect(page.locator("[data-go-open]")).to_have_text("Go to check 3")
    page.locator("[data-go-open]").click()
    press(page, "dust", "Pass")
    to_sign(page)


def test_visit_that_was_signed_elsewhere_says_so(phone, visit, engineer, agent):
    page = phone(engineer)
    sign_offline(page)
    sheet = visit.sheets.get()
    values = {"temp": {"reading": "22"}, "hum": {"reading": "45"}, "fan": {"choice": "good"}}
    values |= {item: {"result": "passed"} for item in ("dust", "light")} | {"front": {"result": "not-applicable"}}
    entries = [Entry(uuid.uuid4(), sheet.pk, item, now(), answer) for item, answer in values.items()]
    services.take(inspection=visit, entries=entries, by=Actor(agent), now=now())
    services.finish(inspection=visit, signature=services.Signature("typed", "Li"), by=Actor(agent), now=now())
    online(page)
    expect(banner(page)).to_contain_text("This inspection is signed. Its answers stay as they are.")
    expect(page.locator("main")).to_have_attribute("data-signed", "true")
    assert (SignOff.objects.count(), signed().signer) == (1, "Li")


def test_nobody_there_is_kept_too_and_can_be_taken_back(phone, visit, engineer):
    page = phone(engineer)
    kept(page)
    page.context.set_offline(True)
    answer_all(page)
    to_sign(page)
    page.get_by_text("Nobody is here to sign").click()
    page.get_by_role("button", name="Finish without a signature").click()
    expect(page.locator("[data-said]")).to_contain_text("Say in a few words")
    page.locator("[name=reason]").fill("The gate was closed")
    page.get_by_role("button", name="Finish without a signature").click()
    page.wait_for_url("**/SD-*/")
    expect(banner(page)).to_contain_text("Nobody was there to sign")
    page.get_by_text("Take the signature back").click()
    page.get_by_role("button", name="Delete the signature").click()
    expect(banner(page)).to_be_hidden()
    page.locator(".secnav a[data-part$=env]").click()
    press(page, "dust", "Fail")
    card(page, "dust").get_by_text("Cured on the spot").click()
    to_sign(page)
    expect(page.locator("h1")).to_have_text("4 passed, 1 failed, 1 not applicable")
    page.get_by_text("Nobody is here to sign").click()
    page.locator("[name=reason]").fill("The gate is closed still")
    page.get_by_role("button", name="Finish without a signature").click()
    page.wait_for_url("**/SD-*/")
    online(page)
    assert eventually(lambda: signed() is not None, seconds=20)
    assert (signed().manner, signed().reason) == ("absent", "The gate is closed still")


def test_finger_draws_and_the_page_stays_where_it_is(phone, visit, engineer):
    page = phone(engineer)
    answer_all(page)
    expect(page.locator("[data-visit-tag]")).to_contain_text("All sent")
    to_sign(page)
    lines = page.locator(f"{PAD} path")
    finger(page, [(0.2, 0.9), (0.2, 0.5), (0.2, 0.1)])
    top = page.evaluate("scrollY")
    finger(page, [(0.4, 0.9), (0.4, 0.5), (0.4, 0.1)], [(0.7, 0.5), (0.7, 0.5)])
    expect(lines).to_have_count(2)  # a touch that goes nowhere is no line
    assert page.evaluate("scrollY") == top
    page.get_by_role("button", name="Clear").click()
    expect(lines).to_have_count(0)
    page.locator("[name=signer]").fill("Zhao Min")
    page.locator(".fdock button").click()
    expect(page.locator("[data-said]")).to_contain_text("Sign in the field")
    page.get_by_text("I cannot draw here").click()
    expect(page.locator(PAD)).to_be_hidden()
    page.get_by_text("I cannot draw here").click()
    finger(page, [(0.1, 0.5), (1.4, -0.5)])  # over the edge of the pad and still a line
    finish(page)
    expect(page.locator("main[data-signed=true]")).to_be_visible()
    assert signed().strokes[0][-1] == [1, 0]
