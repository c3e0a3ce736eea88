"""A customer reports a fault through the form: own units only, promises in words, one ticket, times to expect."""

import re

import pytest
from django.urls import reverse

from tests.flows import reporting
from tests.tickets.files import picture, upload
from tickets.models import PendingFile, Ticket

pytestmark = pytest.mark.django_db


def test_three_steps_make_a_ticket_on_the_contract_of_the_unit(browser, alice, acme):
    answer = reporting.by_customer(browser, acme.unit)
    ticket = reporting.reported()
    assert ticket.reference in answer.content.decode()
    assert (ticket.scheme_code, ticket.level, ticket.equipment, ticket.site) == (
        "infrastructure",
        "3",
        acme.unit,
        acme.hq,
    )
    assert (ticket.reporter, ticket.channel, ticket.title) == (alice, "portal", "The alarm sounds")


def test_levels_stand_with_what_the_contract_promises(browser, acme):
    walk = reporting.Walk(browser)
    page = walk.equipment(unit=acme.unit.pk).content.decode()
    assert "Stopped completely" in page
    assert "We reply within 15 minutes, at any hour" in page


def test_a_promise_in_chinese_names_one_time_only(browser, alice, acme):
    type(alice).objects.filter(pk=alice.pk).update(language="zh-hant")
    page = reporting.Walk(browser).equipment(unit=acme.unit.pk).content.decode()
    assert re.search(r"我們在15分鐘內回覆，全天24小時計算", page)


def test_the_promise_is_said_before_sending_and_kept_on_the_confirmation(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    assert re.search(r"We reply by \d\d:\d\d to(day|morrow)", walk.fault(level="3").content.decode())
    sent = walk.check(**reporting.CONTACT).content.decode()
    assert re.search(r"We reply</b><small>by \d\d:\d\d to(day|morrow)", sent)


def test_all_times_of_the_confirmation_are_said_before_sending(still, browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    checked = walk.fault(level="3").content.decode()
    sent = walk.check(**reporting.CONTACT).content.decode()
    by = dict(re.findall(r"<b>([^<]+)</b><small>by ([^<]+)</small>", sent))
    assert by == {"We reply": "10:30 today", "Service restored": "10:00 tomorrow"}
    assert all(f"by {time}." in checked for time in by.values())


def test_the_level_step_says_whose_promises_and_when_they_count(browser, alice, acme):
    alice.memberships.update(site=None)
    page = reporting.Walk(browser).equipment(unit=acme.unit.pk).content.decode()
    assert acme.contract.number in page
    assert "These times count day and night" in page


def test_only_own_units_are_offered_and_taken(browser, acme, borealis):
    walk = reporting.Walk(browser)
    page = browser.get("/report/").content.decode()
    assert "SN-1234" in page
    assert "SN-1235" not in page
    assert "SN-2234" not in page
    for foreign in (acme.plant_unit, borealis.unit):
        answer = walk.equipment(unit=foreign.pk)
        assert answer.status_code == 400
        assert foreign.serial_number not in answer.content.decode()


def test_a_scanned_label_chooses_its_unit(browser, acme):
    assert f'value="{acme.unit.pk}" checked' in browser.get("/report/?q=sn-1234").content.decode()
    assert " checked" not in browser.get("/report/?q=server").content.decode()


def test_a_unit_that_is_not_listed_is_described_in_own_words(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit="none")
    walk.fault(level="4", thing="Old printer by the door")
    walk.check(**reporting.CONTACT)
    ticket = reporting.reported()
    assert (ticket.organisation, ticket.site, ticket.equipment) == (acme.organisation, acme.hq, None)
    assert "Equipment: Old printer by the door" in ticket.description


def test_errors_stand_above_the_field_and_typed_text_is_kept(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    page = walk.fault(description="It hums <loudly>").content.decode()
    assert "<title>Error: What is happening?" in page
    assert "There is a problem" in page
    assert 'href="#id_level"' in page
    assert "It hums &lt;loudly&gt;" in page


def test_back_shows_what_was_answered(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="2", description="Fans stand still")
    assert "Fans stand still" in browser.get(f"/report/{walk.draft}/fault/").content.decode()
    first = browser.get(f"/report/?draft={walk.draft}").content.decode()
    assert f'value="{acme.unit.pk}" checked' in first


def test_the_gravest_level_asks_for_a_phone_number(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="1")
    page = walk.check(name="Alice", phone="").content.decode()
    assert "Enter a phone number our engineer can call on site" in page
    assert not Ticket.objects.exists()


def test_an_open_fault_of_the_unit_is_offered_first(browser, acme, report):
    open_fault = report(title="Fan is loud", equipment=acme.unit)
    whole = f'Fault <span class="nowrap">{open_fault.reference}</span> is already open'
    assert whole in browser.get("/report/").content.decode()
    page = reporting.Walk(browser).equipment(unit=acme.unit.pk).content.decode()
    assert reverse("portal_ticket", args=[open_fault.number]) in page


def test_the_second_press_shows_the_same_confirmation(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="3")
    answers = [walk.check(**reporting.CONTACT) for _ in range(2)]
    assert Ticket.objects.count() == 1
    assert answers[0].redirect_chain[-1] == answers[1].redirect_chain[-1]


def test_files_come_with_the_report_once(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="3", uploads=[picture("plate.png"), upload("log.txt")])
    walk.check(**reporting.CONTACT)
    walk.check(**reporting.CONTACT)
    assert sorted(reporting.reported().attachments.values_list("name", flat=True)) == ["log.txt", "plate.png"]


def test_a_file_can_be_removed_again(browser, acme):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(uploads=[upload("wrong.txt")])
    key = PendingFile.objects.get().key
    page = walk.fault(level="3", description="Kept text", remove=key).content.decode()
    assert "wrong.txt" not in page
    assert "Kept text" in page


@pytest.mark.parametrize(
    ("text", "language"),
    [("The fan is loud", "en"), ("服务器无法启动", "zh-Hans"), ("伺服器無法啟動", "zh-Hant"), ("เครื่องดับ", "th")],
)
def test_the_text_carries_its_language(browser, acme, text, language):
    reporting.by_customer(browser, acme.unit, description=text)
    assert reporting.reported().language == language


def test_another_browser_with_the_same_address_sees_nothing(browser, acme, client, bob):
    walk = reporting.Walk(browser)
    walk.equipment(unit=acme.unit.pk)
    walk.fault(level="3", description="secret words")
    other = type(client)()
    other.force_login(bob)
    for step in ("fault", "check", "sent"):
        assert "secret words" not in other.get(f"/report/{walk.draft}/{step}/", follow=True).content.decode()


def test_staff_can_report_too(client, agent, acme):
    client.force_login(agent)
    reporting.by_customer(client, acme.unit)
    assert reporting.reported().organisation == acme.organisation


@pytest.mark.parametrize("query", ["sn1234", "SN-12 34", "sn 12.34", "ＳＮ－１２３４"])
def test_a_serial_number_is_found_however_it_is_typed_and_chosen(browser, acme, query):
    page = browser.get(reverse("report"), {"q": query}).content.decode()
    assert re.search(rf'value="{acme.unit.pk}"[^>]* checked', page)
    assert f'value="{acme.plant_unit.pk}"' not in page


def test_a_piece_of_a_serial_number_needs_no_hyphen(browser, acme):
    page = browser.get(reverse("report"), {"q": "sn12"}).content.decode()
    assert f'value="{acme.unit.pk}"' in page
