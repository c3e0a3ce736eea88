"""A visit is begun where there is no signal: its page is on the phone before anybody opened it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Answer, AnswerEntry, Inspection, Plan, Sheet, SignOff
from tests.browser.phones import PHONE, card, expect, now, press, ready
from tests.browser.test_signing_without_signal import answer_all, to_sign, type_name
from tests.flows.workers import eventually
from tests.inspections.conftest import DOCUMENT
from tickets import services as tickets

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SLACK = timedelta(seconds=5)
BEGUN = "visitStore.get('begins', document.querySelector('[data-visit]').dataset.visit).then((row) => row.at)"


@pytest.fixture
def planned(report, acme, lead, engineer):
    """A visit of a plan, in an hour, for the engineer: its ticket."""
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=now())
    services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=now())
    at = now() - timedelta(hours=1)
    case = report(kind="inspection", title="Yearly check", equipment=acme.unit, assignee=engineer, at=at)
    values = {"contract": acme.contract, "site": acme.hq, "unit": acme.unit, "checklist": row, "every": "year"}
    values |= {"begins_on": at.date()}
    plan = services.save_plan(plan=Plan(), values=values, by=Actor(lead), today=at.date()).row
    Inspection.objects.create(ticket=case, plan=plan, key="now", opens_on=at.date(), closes_on=at.date())
    book(case, lead, now() + timedelta(hours=1))
    return case


def book(case, lead, day):
    tickets.record(ticket=case, type="visit_planned", by=Actor(lead), at=now(), now=now(), fields={"planned_at": day})


@pytest.fixture
def page(chromium, product, planned, engineer):
    """A phone on which the engineer saw his visits of the day, and none of them; then the signal went."""
    context = chromium.new_context(**PHONE)
    product.sign_in(context, engineer)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(f"{product.url}/inspections/visits/")
    expect(page.locator("html")).to_have_attribute("data-ahead", "kept")
    context.set_offline(True)
    yield page
    assert problems == []
    context.close()


def begin(page):
    page.get_by_role("link", name="Yearly check").click()
    ready(page)
    page.get_by_role("button", name="Begin the visit").click()
    expect(card(page, "temp")).to_be_visible()


def tag(page):
    return page.locator("[data-visit-tag]")


def test_visit_is_begun_answered_and_signed_without_signal(page, product, planned, engineer):
    page.reload()  # the list of his visits opens too
    expect(page.locator("[data-kept-here]")).to_be_visible()
    before = now()
    begin(page)
    begun = now()
    expect(page.locator("[data-begun-said]")).to_contain_text("Begun on this phone")
    answer_all(page)
    expect(tag(page)).to_contain_text("No signal, 7 saved here")
    page.goto("about:blank")  # the battery is empty; later the phone is on again, still without signal
    page.goto(f"{product.url}/inspections/visits/{planned.reference}/")
    ready(page)
    expect(card(page, "temp").locator("input[name=reading-temp]")).to_have_value("25")
    expect(page.locator("[data-visit-count]")).to_have_text("6 of 7")
    card(page, "dust").locator("[value=failed]").evaluate("field => field.click()")
    card(page, "dust").locator("textarea").evaluate("field => field.value = 'A nest'")
    card(page, "dust").locator("[name=outcome-dust][value=watch]").evaluate("field => field.click()")
    to_sign(page)
    expect(page.locator("[data-sign-result]")).to_contain_text("3. No dust on the grilles")
    type_name(page, "Zhao Min")
    page.locator(".fdock button").click()
    expect(page.locator("[data-signature]")).to_contain_text("Signed by Zhao Min")
    assert not Sheet.objects.exists()

    page.context.set_offline(False)
    expect(page.locator("main[data-signed=true]")).to_contain_text("What was signed is unchanged")
    row = Inspection.objects.get()
    assert before - SLACK <= row.begun_at <= begun + SLACK
    assert row.begun_at <= SignOff.objects.get().signed_at
    assert (row.begun_by, Sheet.objects.count()) == (engineer, 1)
    assert Answer.objects.get(item="dust").finding == "A nest"


def test_who_began_and_moved_the_visit_meanwhile_is_told_and_answers_go_into_it(page, planned, lead, agent):
    begin(page)
    press(page, "dust", "Pass")
    expect(tag(page)).to_contain_text("No signal, 2 saved here")
    book(planned, lead, now() + timedelta(days=9))
    services.begin(ticket=planned, by=Actor(agent), now=now())
    page.context.set_offline(False)
    said = page.locator("[data-begun-said]")
    expect(said).to_contain_text(f"{agent.name} began this visit")
    expect(said).to_contain_text("The office has moved this visit")
    assert eventually(lambda: Answer.objects.filter(item="dust", result="passed").exists(), seconds=20)
    assert Sheet.objects.count() == 1
    page.reload()
    ready(page)
    expect(page.locator(".secnav a")).to_have_count(2)
    expect(said).to_contain_text(f"{agent.name} began this visit")
    said.get_by_role("button", name="Close").click()
    expect(said).to_be_hidden()


def test_visit_that_was_called_off_keeps_all_until_it_is_open_again(page, planned, lead):
    begin(page)
    press(page, "dust", "Pass")
    with tickets.remembered(by=Actor(lead), now=now()) as memory:
        tickets.record(ticket=planned, type="cancelled", by=Actor(lead), at=now(), now=now(), note="x")
    page.context.set_offline(False)
    said = page.locator("[data-begun-said]")
    expect(said).to_contain_text("The desk did not begin this visit")
    page.reload()
    ready(page)
    expect(said).to_contain_text("The office has called this visit off")
    expect(card(page, "dust").locator("[value=passed]")).to_be_checked()
    assert not AnswerEntry.objects.exists()
    tickets.take_back(action=memory.action, by=Actor(lead), now=now())
    said.get_by_role("button", name="Send again").click()
    assert eventually(lambda: Answer.objects.filter(item="dust", result="passed").exists(), seconds=20)


def test_banner_says_when_in_the_zone_that_the_reader_chose(chromium, product, planned, engineer):
    """A phone in Tokyo, whose reader lives by the time of New York."""
    engineer.zone = "America/New_York"
    engineer.save()
    context = chromium.new_context(**{**PHONE, "timezone_id": "Asia/Tokyo"})
    product.sign_in(context, engineer)
    page = context.new_page()
    page.goto(f"{product.url}/inspections/visits/{planned.reference}/")
    ready(page)
    context.set_offline(True)
    page.get_by_role("button", name="Begin the visit").click()
    told = page.locator("[data-begun-said]")
    expect(told).to_contain_text("Begun on this phone")
    begun = datetime.fromisoformat(page.evaluate(BEGUN))
    assert f"{begun.astimezone(ZoneInfo('America/New_York')):%H:%M}" in told.inner_text()
    context.close()


def test_with_signal_the_visit_begins_at_the_desk_at_once(page, planned, engineer):
    page.context.set_offline(False)
    begin(page)
    assert eventually(lambda: Sheet.objects.exists(), seconds=20)
    page.wait_for_url(f"**/?part={Sheet.objects.get().pk}-env")
    ready(page)
    expect(page.locator("[data-begun-said]")).to_be_hidden()
    expect(page.locator("main")).to_have_attribute("data-begun", "true")
