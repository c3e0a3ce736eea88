"""A customer's whole story on a phone, with and without script: report, files, follow, answer, confirm."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.actors import Actor
from tests.tickets.files import picture, upload
from tickets import follow, services
from tickets.models import PendingFile, SurveyAnswer, Ticket

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def file_of(made: Any) -> dict[str, Any]:
    return {"name": made.name, "mimeType": made.content_type, "buffer": made.read()}


def sign_in(page, live_server, user):
    page.goto(f"{live_server.url}/account/sign-in/?next=/report/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", "correct horse")
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/report/")


def choose_unit(page, serial):
    page.locator("label.choice", has_text=serial).click()
    page.click("form[method=post] .btn--primary")
    page.wait_for_url("**/fault/")


def resolve(ticket, agent):
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="resolved", by=Actor(user=agent), at=now, now=now)


@pytest.fixture
def phone(page):
    page.set_viewport_size(PHONE)
    return page


def test_after_an_error_a_reload_and_the_way_back_keep_what_was_typed(phone, live_server, alice, acme):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    go_on = phone.get_by_role("button", name="Continue").last
    go_on.click()
    phone.get_by_role("alert").wait_for()
    phone.fill("#id_description", "The alarm sounds. One light is red.")
    phone.locator("[name=level][value='3']").check()
    phone.reload()
    assert phone.input_value("#id_description") == "The alarm sounds. One light is red."
    assert phone.locator("[name=level][value='3']").is_checked()
    go_on.click()
    phone.wait_for_url("**/check/")
    phone.go_back()
    assert phone.input_value("#id_description") == "The alarm sounds. One light is red."


def test_a_whole_story_on_a_phone(phone, live_server, alice, acme, agent):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    tries = []
    phone.route("**/files/", lambda route: route.abort() if not tries and not tries.append(1) else route.continue_())
    phone.set_input_files("[name=uploads]", [file_of(picture("plate.png"))])
    phone.locator(".files").get_by_role("button", name="Try again").click()
    phone.get_by_role("button", name="Remove plate.png").wait_for()
    phone.fill("#id_description", "The alarm sounds. One light is red.")
    phone.locator("[name=level][value='3']").check()
    phone.get_by_role("button", name="Continue").last.click()
    phone.wait_for_url("**/check/")
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.get_by_role("button", name="Send fault report").click()
    phone.wait_for_url("**/sent/")
    ticket = Ticket.objects.get()
    assert ticket.reference in phone.inner_text("main")
    assert ticket.attachments.get().name == "plate.png"
    phone.get_by_role("link", name="Follow this fault").click()
    phone.fill("#id_body", "It is getting louder")
    phone.get_by_role("button", name="Send").click()
    phone.locator(".said", has_text="It is getting louder").wait_for()
    resolve(ticket, agent)
    phone.reload()
    phone.get_by_role("button", name="Yes, it works").click()
    phone.wait_for_url(re.compile("/survey/"))
    phone.get_by_text("Very good").click()
    phone.get_by_role("button", name="Add to your answer").click()
    phone.get_by_text("Your answer is with us").wait_for()
    assert (SurveyAnswer.objects.get().score, Ticket.objects.get().state) == (5, "closed")


def test_a_guests_story_without_script(chromium, live_server, agent):
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/report/")
    page.fill("[name=thing]", "UPS in the cellar")
    page.click("main .btn--primary")
    page.set_input_files("[name=uploads]", [file_of(upload("log.txt"))])
    page.locator("[name=level]").last.check()
    page.fill("[name=description]", "It beeps")
    page.click("main .btn--primary")
    page.fill("[name=name]", "Greta Guest")
    page.fill("[name=email]", "greta@example.com")
    page.click("main .btn--primary")
    ticket = Ticket.objects.get()
    assert ticket.attachments.get().name == "log.txt"
    page.get_by_role("link", name="Follow this fault").click()
    page.fill("[name=body]", "Still beeping")
    page.get_by_role("button", name="Send").click()
    assert "Still beeping" in page.inner_text(".thread")
    resolve(ticket, agent)
    page.reload()
    page.get_by_role("button", name="No, not yet").click()
    assert "The fault is open again" in page.inner_text("main")
    assert page.evaluate(SIDEWAYS) <= 0
    context.close()


def test_typed_text_survives_a_lost_connection_and_a_closed_tab(phone, live_server, alice, acme):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    address = phone.url
    phone.route("**/fault/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    phone.fill("#id_description", "Typed in a tunnel")
    phone.get_by_text("Saved on this device").wait_for()
    phone.goto(f"{live_server.url}/portal/")
    phone.goto(address)
    assert phone.input_value("#id_description") == "Typed in a tunnel"


def test_a_file_that_never_arrives_does_not_stop_the_report(phone, live_server, alice, acme):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    phone.route("**/files/", lambda route: route.abort())
    phone.set_input_files("[name=uploads]", [file_of(upload("log.txt"))])
    phone.get_by_text("The file did not reach us").wait_for()
    phone.fill("#id_description", "The alarm sounds.")
    phone.locator("[name=level][value='3']").check()
    phone.get_by_role("button", name="Continue").last.click()
    phone.wait_for_url("**/check/")
    assert not PendingFile.objects.exists()


def test_a_phone_offers_its_camera_and_shows_the_picture(chromium, live_server, alice, acme):
    context = chromium.new_context(viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    sign_in(page, live_server, alice)
    choose_unit(page, "SN-1234")
    field = page.locator("[name=uploads]")
    # Pictures first makes a phone offer its camera; `capture` would take the choice of kept pictures away.
    assert (field.get_attribute("accept"), field.get_attribute("capture")) == ("image/*,video/*,*/*", None)
    with page.expect_file_chooser() as asked:
        page.get_by_text("Take a photo or choose files").tap()
    assert asked.value.is_multiple()
    asked.value.set_files([file_of(picture("IMG_0142.jpg", form="JPEG"))])
    page.get_by_role("button", name="Remove IMG_0142.jpg").wait_for()
    assert page.locator(".files img.thumb").evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    assert page.evaluate(SIDEWAYS) <= 0
    context.close()


def test_a_message_with_a_picture_survives_a_bad_connection_and_a_reload(phone, live_server, alice, report, acme):
    ticket = report(equipment=acme.unit, reporter=alice)
    sign_in(phone, live_server, alice)
    phone.goto(f"{live_server.url}/portal/{ticket.reference}/")
    tries = []
    phone.route("**/files/", lambda route: route.abort() if not tries and not tries.append(1) else route.continue_())
    phone.fill("#id_body", "It hums")
    phone.get_by_text("Saved. You can come back later.").wait_for()
    phone.set_input_files("[name=uploads]", [file_of(picture("hum.png"))])
    phone.locator(".files").get_by_role("button", name="Try again").click()
    phone.get_by_role("button", name="Remove hum.png").wait_for()
    phone.reload()
    assert phone.input_value("#id_body") == "It hums"
    assert phone.evaluate(SIDEWAYS) <= 0
    phone.get_by_role("button", name="Send").click()
    phone.locator(".mine", has_text="It hums").get_by_role("link", name="hum.png").wait_for()
    assert phone.input_value("#id_body") == ""
    assert phone.evaluate("localStorage.length") == 0


def test_the_press_in_a_mail_counts_when_a_person_moves(phone, live_server, ticket, agent):
    resolve(ticket, agent)
    phone.goto(f"{live_server.url}/portal/survey/{follow.survey_token(ticket.pk)}/yes/")
    assert not SurveyAnswer.objects.exists()
    phone.mouse.move(100, 200)
    phone.get_by_text("We have noted your answer").wait_for()
    assert SurveyAnswer.objects.get().works is True


@pytest.mark.parametrize(("width", "zoom"), [(320, "100%"), (390, "200%")])
def test_narrow_or_large_there_is_no_sideways_scroll(phone, live_server, alice, report, acme, width, zoom):
    ticket = report(equipment=acme.unit, title="服务器" * 20)
    sign_in(phone, live_server, alice)
    phone.set_viewport_size({"width": width, "height": 800})
    addresses = ["/report/", "/portal/", f"/portal/{ticket.reference}/", f"/portal/{ticket.reference}/survey/"]
    for address in addresses:
        phone.goto(live_server.url + address)
        phone.evaluate("zoom => { document.documentElement.style.fontSize = zoom; }", zoom)
        assert phone.evaluate(SIDEWAYS) <= 0, address


def test_what_is_pressed_is_large_enough_for_a_thumb(phone, live_server, alice, report, acme):
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    small = """[...document.querySelectorAll("main button, main a.btn, main label.btn, main label.choice")]
        .filter(e => e.getClientRects().length && !e.matches(".sr") && e.getBoundingClientRect().height < 43.5)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert phone.evaluate(small) == []
    assert re.search(r"/report/[0-9a-f-]{36}/fault/", phone.url)


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_a_text_without_a_gap_stays_inside_every_page(phone, live_server, alice, acme, width):
    word = "https://log.example/" + "x" * 200
    phone.set_viewport_size({"width": width, "height": 800})
    sign_in(phone, live_server, alice)
    choose_unit(phone, "SN-1234")
    phone.set_input_files("[name=uploads]", [file_of(upload("y" * 120 + ".txt"))])
    phone.get_by_role("button", name="Remove").wait_for()
    phone.fill("#id_description", word)
    phone.locator("[name=level][value='3']").check()
    pages = {phone.url: phone.evaluate(SIDEWAYS)}
    phone.get_by_role("button", name="Continue").last.click()
    phone.wait_for_url("**/check/")
    pages[phone.url] = phone.evaluate(SIDEWAYS)
    wide = "[...document.querySelectorAll('.summary dd')].filter(part => part.scrollWidth > part.clientWidth).length"
    assert phone.evaluate(wide) == 0
    assert phone.locator("#id_phone_hint").evaluate("hint => hint.textContent").endswith("+852\u00a05555\u00a00142")
    phone.get_by_role("button", name="Send fault report").last.click()
    phone.wait_for_url("**/sent/")
    pages[phone.url] = phone.evaluate(SIDEWAYS)
    for address in ("/report/", "/portal/", f"/portal/{Ticket.objects.get().reference}/"):
        phone.goto(live_server.url + address)
        pages[phone.url] = phone.evaluate(SIDEWAYS)
    assert {address: over for address, over in pages.items() if over > 0} == {}
