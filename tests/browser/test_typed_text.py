"""What a customer types survives a reload, a lost session and a way back, on the device and on the server."""

import pytest
from django.contrib.sessions.models import Session

from tests.browser.test_customer_story import PHONE, choose_unit, resolve, sign_in
from tickets import follow
from tickets.models import ReportDraft, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = "JSON.stringify(Object.entries(localStorage))"
OUT = "Your session is over. What you typed is saved on this device"


@pytest.fixture
def phone(page):
    page.set_viewport_size(PHONE)
    return page


def sign_in_again(page, user):
    page.get_by_text("Your session is over. What you typed is kept").wait_for()
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "correct horse")
    page.press("[name=password]", "Enter")


def at_step_3(page, live_server, user):
    sign_in(page, live_server, user)
    choose_unit(page, "SN-1234")
    page.locator("[name=level][value='3']").check()
    page.fill("#id_description", "It beeps")
    page.get_by_role("button", name="Continue").last.click()
    page.wait_for_url("**/check/")


def test_a_report_whose_session_ends_is_finished_after_signing_in(phone, live_server, alice, acme):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    Session.objects.all().delete()
    phone.locator("[name=level][value='3']").check()
    phone.fill("#id_description", "Typed too late")
    phone.get_by_text(OUT).wait_for()
    assert "Typed too late" in phone.evaluate(KEPT)
    phone.get_by_role("button", name="Continue").last.click()
    sign_in_again(phone, alice)
    phone.wait_for_url("**/fault/")
    assert phone.input_value("#id_description") == "Typed too late"
    phone.get_by_role("button", name="Continue").last.click()
    phone.wait_for_url("**/check/")
    Session.objects.all().delete()
    phone.fill("#id_access", "Ring twice")
    phone.get_by_text(OUT).wait_for()
    phone.get_by_role("button", name="Send fault report").last.click()
    sign_in_again(phone, alice)
    phone.wait_for_url("**/check/")
    assert phone.input_value("#id_access") == "Ring twice"
    phone.get_by_role("button", name="Send fault report").last.click()
    phone.wait_for_url("**/sent/")
    ticket = Ticket.objects.get()
    assert "Typed too late" in ticket.description
    assert "Ring twice" in ticket.access_notes
    assert phone.evaluate(KEPT) == "[]"


def test_step_3_is_kept_over_a_way_back_and_a_reload(phone, live_server, alice, acme):
    at_step_3(phone, live_server, alice)
    phone.fill("#id_access", "Ring twice")
    phone.reload()  # before it was saved on the server
    assert phone.input_value("#id_access") == "Ring twice"
    phone.fill("#id_phone", "+852 5555 0199")
    phone.get_by_role("button", name="Change how much works").click()
    phone.wait_for_url("**/fault/#id_level")
    phone.get_by_role("button", name="Continue").last.click()
    phone.wait_for_url("**/check/**")
    assert (phone.input_value("#id_access"), phone.input_value("#id_phone")) == ("Ring twice", "+852 5555 0199")


def test_unsaved_words_outlive_a_page_that_says_others_were_saved(phone, live_server, alice, acme):
    at_step_3(phone, live_server, alice)
    phone.go_back()
    phone.route("**/fault/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    phone.fill("#id_description", "It beeps and smells")
    phone.get_by_text("Saved on this device").wait_for()
    phone.go_forward()
    phone.wait_for_url("**/check/")
    phone.go_back()
    phone.wait_for_function("document.querySelector('#id_description')?.value === 'It beeps and smells'")


def test_a_guest_who_signs_in_half_way_comes_back_to_his_words(phone, live_server, alice, acme):
    phone.goto(f"{live_server.url}/report/")
    phone.fill("[name=thing]", "UPS in the cellar")
    phone.click("main .btn--primary")
    phone.wait_for_url("**/fault/")
    phone.fill("#id_description", "It beeps")
    phone.get_by_text("Saved. You can come back later.").wait_for()
    phone.get_by_role("navigation").get_by_role("link", name="Sign in").click()
    phone.fill("[name=login]", alice.email)
    phone.fill("[name=password]", "correct horse")
    phone.press("[name=password]", "Enter")
    phone.wait_for_url("**/report/?draft=*")
    choose_unit(phone, "SN-1234")
    assert phone.input_value("#id_description") == "It beeps"
    assert ReportDraft.objects.get().user == alice


def test_a_message_whose_session_ends_waits_after_signing_in(phone, live_server, alice, report, acme):
    ticket = report(equipment=acme.unit, reporter=alice)
    sign_in(phone, live_server, alice)
    phone.goto(f"{live_server.url}/portal/{ticket.reference}/")
    Session.objects.all().delete()
    phone.fill("#id_body", "Typed too late")
    phone.get_by_text(OUT).wait_for()
    phone.reload()
    phone.fill("[name=login]", alice.email)
    phone.fill("[name=password]", "correct horse")
    phone.press("[name=password]", "Enter")
    phone.wait_for_url(f"**/portal/{ticket.reference}/")
    assert phone.input_value("#id_body") == "Typed too late"
    Session.objects.all().delete()
    phone.fill("#id_body", "Typed even later")
    phone.get_by_role("button", name="Send").click()
    sign_in_again(phone, alice)
    phone.wait_for_url(f"**/portal/{ticket.reference}/")
    assert phone.input_value("#id_body") == "Typed even later"
    phone.get_by_role("button", name="Send").click()
    phone.locator(".mine", has_text="Typed even later").wait_for()
    assert phone.evaluate(KEPT) == "[]"


def test_a_message_by_the_signed_link_outlives_its_session(phone, live_server, ticket):
    phone.goto(f"{live_server.url}/portal/follow/{follow.token(ticket.pk)}/")
    phone.fill("#id_body", "First words")
    phone.get_by_text("Saved. You can come back later.").wait_for()
    Session.objects.all().delete()
    phone.fill("#id_body", "First words, and more")
    phone.get_by_text(OUT).wait_for()
    phone.reload()
    assert phone.input_value("#id_body") == "First words, and more"
    phone.get_by_role("button", name="Send").click()
    phone.locator(".mine", has_text="First words, and more").wait_for()
    assert phone.input_value("#id_body") == ""
    assert phone.evaluate(KEPT) == "[]"


def test_the_words_of_a_survey_outlive_a_reload(phone, live_server, ticket, agent):
    resolve(ticket, agent)
    phone.goto(f"{live_server.url}/portal/follow/{follow.token(ticket.pk)}/survey/")
    phone.fill("#id_comment", "Quick and kind")
    phone.reload()
    assert phone.input_value("#id_comment") == "Quick and kind"
    phone.get_by_text("Yes, it works").click()
    phone.get_by_role("button", name="Send your answer").click()
    phone.get_by_text("Your answer is with us").wait_for()
    assert phone.evaluate(KEPT) == "[]"
