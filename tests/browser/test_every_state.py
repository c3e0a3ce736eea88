"""The pages no link leads to: steps of a report, their errors, what is sent, signed links, and refusals. In order in
each look and language: accessible by the checker, and never too wide, also with text that has no gap.
"""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from accounts.actors import Actor
from tests.browser.checks import findings
from tests.browser.test_customer_story import file_of, resolve
from tests.browser.test_every_page import LOOKS
from tests.tickets.files import upload
from tickets import follow, services
from tickets.models import Ticket

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.django_db(transaction=True)]
WORDS = "https://log.example/" + "x" * 200
CASES = [("en", LOOKS[0]), ("en", LOOKS[1]), ("th", LOOKS[1]), ("zh-hant", LOOKS[0]), ("zh-hans", LOOKS[1])]


@pytest.fixture
def tab(chromium, request, live_server):
    """A fresh browser in one language; `tab.see(name)` checks the page as it stands."""
    language, look = request.param
    context = chromium.new_context(**look)
    context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])
    page, faults = context.new_page(), {}
    page.see = lambda name: faults.update({name: findings(page) + spoken(page, language)})
    yield page
    context.close()
    assert {name: found for name, found in faults.items() if found} == {}
    assert faults


def spoken(page, language):
    found = page.get_attribute("html", "lang").lower()
    return [] if found == language else [f"speaks {found}"]


def go(page):
    with page.expect_navigation():  # a form with words asks first whether the server is there
        page.click("main form[method=post] .btn--primary")


def sign_in(page, url, user, then):
    page.goto(f"{url}/account/sign-in/?next={then}")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "correct horse")
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{then}")


def choose(page, serial):
    page.locator("label.choice", has_text=serial).click()
    go(page)
    page.wait_for_url("**/fault/")


def see_survey(tab, address):
    tab.goto(f"{address}yes/")
    tab.see("survey of the mail")
    tab.goto(address)
    go(tab)
    tab.see("survey, nothing chosen")
    tab.locator("[name=works]").last.check()
    tab.fill("#id_comment", WORDS)
    go(tab)
    tab.see("survey, answered")


@pytest.mark.parametrize("tab", CASES, ids=lambda case: f"{case[0]}-{case[1]['color_scheme']}", indirect=True)
def test_a_report_with_all_its_errors(tab, live_server, alice, acme):
    sign_in(tab, live_server.url, alice, "/report/")
    go(tab)
    tab.see("step 1, nothing chosen")
    choose(tab, "SN-1234")
    tab.see("step 2")
    go(tab)
    tab.see("step 2, nothing answered")
    tab.set_input_files("[name=uploads]", [file_of(upload("y" * 120 + ".txt"))])
    tab.locator(".files [name=remove]").wait_for()
    tab.fill("#id_description", WORDS)
    tab.locator("[data-gravest]").check()
    tab.see("step 2 with a file, everything stands still")
    go(tab)
    tab.wait_for_url("**/check/")
    tab.see("step 3")
    tab.fill("#id_phone", "12")
    go(tab)
    tab.see("step 3, no number")
    tab.fill("#id_phone", "+852 5555 0142")
    go(tab)
    tab.wait_for_url("**/sent/")
    tab.see("sent")
    tab.goto(f"{live_server.url}/report/")
    choose(tab, "SN-1234")
    tab.see("step 2 of a unit with an open fault")
    tab.click("[name=add]")
    tab.wait_for_url("**/add/")
    tab.see("add to it")
    tab.fill("#id_description", "")
    go(tab)
    tab.see("add to it, nothing written")
    tab.fill("#id_description", WORDS)
    Session.objects.all().delete()
    go(tab)
    tab.wait_for_url("**/sign-in/**")
    tab.see("session over")


@pytest.mark.parametrize("tab", CASES, ids=lambda case: f"{case[0]}-{case[1]['color_scheme']}", indirect=True)
def test_what_somebody_without_an_account_sees(tab, live_server, agent, report):
    url = live_server.url
    tab.goto(f"{url}/report/")
    go(tab)
    tab.see("step 1, nothing said")
    tab.fill("#id_thing", WORDS)
    go(tab)
    tab.wait_for_url("**/fault/")
    tab.fill("#id_description", WORDS)
    tab.locator("[name=level]").last.check()
    go(tab)
    tab.wait_for_url("**/check/")
    go(tab)
    tab.see("step 3, no name")
    tab.fill("#id_name", "Greta Guest")
    tab.fill("#id_email", "greta@example.com")
    go(tab)
    tab.wait_for_url("**/sent/")
    tab.see("sent")
    ticket = Ticket.objects.get()
    now = datetime.now(UTC)
    services.reply(ticket=ticket, body=WORDS, by=Actor(user=agent), now=now)
    tab.goto(f"{url}/portal/follow/{follow.token(ticket.pk)}/")
    tab.see("signed link")
    tab.locator("#write .btn--primary").click()
    tab.locator(".is-error").first.wait_for()
    tab.see("signed link, empty message")
    resolve(ticket, agent)
    tab.reload()
    tab.see("signed link, restored")
    see_survey(tab, f"{url}/portal/survey/{follow.survey_token(ticket.pk)}/")
    tab.goto(f"{url}/portal/follow/no-such-link/")
    tab.see("404")


@pytest.mark.parametrize("tab", CASES[:3], ids=lambda case: f"{case[0]}-{case[1]['color_scheme']}", indirect=True)
def test_pages_that_refuse(tab, live_server, agent, ticket, settings):
    url = live_server.url
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous_form": "0/h"}
    sign_in(tab, url, agent, "/tickets/")
    for name, address in (("403", "/settings/people/"), ("404", "/tickets/SD-99999999/"), ("400", "/tickets/?q=%00")):
        assert tab.goto(url + address).status == int(name)
        tab.see(name)
    tab.goto(url + ticket.get_absolute_url())
    Session.objects.all().delete()
    with tab.expect_navigation():
        tab.evaluate("setTimeout(() => document.querySelector('#composer-body').form.submit())")
    tab.see("a form after the session")
    tab.context.clear_cookies(name="sessionid")
    tab.goto(f"{url}/report/")
    tab.context.clear_cookies(name="csrftoken")
    go(tab)
    tab.see("a form too old")
