"""What a customer reads on the page of a case: what now, by when, and what can be done about it."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import services as clocks
from tests.screens.conftest import happen
from tests.tickets.files import picture, upload
from tickets import follow, services

pytestmark = pytest.mark.django_db


def press(client, case, action, **more):
    return client.post(f"/portal/{case.reference}/", {"action": action, **more}, follow=True)


def test_a_new_case_says_by_when_we_reply_in_the_time_of_the_site(page):
    assert "We reply by 10:30 today." in page()


def test_late_is_said_first_and_plainly(page, at_ten):
    at_ten.shift(timedelta(minutes=31))
    text = page()
    assert "<h1>We are late</h1>" in text
    assert "We promised to reply by 10:30 today." in text


def test_after_a_miss_and_a_raise_both_times_are_said(client, alice, page, case, agent, at_ten):
    happen(case, agent, "responded")
    at_ten.shift(timedelta(hours=24, minutes=1))
    clocks.settle_tickets(pks=[case.pk], now=datetime.now(UTC))
    client.force_login(alice)
    text = page()
    assert "We promised to restore service by 10:00 today." in text
    assert "The new time is 14:00 today." in text


def test_late_says_which_roles_were_called_and_when(page, case, at_ten):
    at_ten.shift(timedelta(minutes=31))
    clocks.settle_tickets(pks=[case.pk], now=datetime.now(UTC))
    at_ten.shift(timedelta(minutes=20))
    assert "The people responsible were called at 10:30 today: dedicated engineer, local manager." in page()


def test_work_without_a_running_promise_says_when_the_last_step_was(client, report, agent, at_ten):
    case = report(organisation=None, site=None, level="normal")
    happen(case, agent, "responded")
    text = client.get(f"/portal/follow/{follow.token(case.pk)}/").content.decode()
    assert "The last step was today 10:00." in text


def test_the_journey_shows_real_and_promised_times(page, case, agent):
    happen(case, agent, "responded")
    text = page()
    assert "<b>We replied</b><small>today 10:00</small>" in text
    assert "<b>Service restored</b><small>by 10:00 tomorrow</small>" in text


def test_waiting_stops_the_clock_and_says_so(page, case, agent):
    happen(case, agent, "responded", "waiting")
    assert "We are waiting for your answer" in page()
    assert "waits for your answer" in page()


def test_the_wait_is_explained_afterwards(page, case, agent, client, at_ten):
    happen(case, agent, "responded", "waiting")
    at_ten.shift(timedelta(hours=2))
    press(client, case, "write", body="Here is the answer", nonce="n1")
    assert "We did not count Mon 16 Nov, 10:00–12:00, while we waited for you." in page()


def test_what_happened_twice_running_is_told_once(page, case, agent, at_ten):
    happen(case, agent, "responded")
    at_ten.shift(timedelta(minutes=5))
    happen(case, agent, "responded")
    assert page().count("We got in touch with you.") == 1


def test_what_happens_again_later_is_told_again(page, case, agent):
    happen(case, agent, "waiting", "resumed", "waiting")
    assert page().count("We are waiting for your answer. The promised times stand still.") == 2


def test_yes_closes_the_case(page, case, agent, client):
    happen(case, agent, "resolved")
    assert "Does it work for you?" in page()
    press(client, case, "works")
    case.refresh_from_db()
    assert case.state == "closed"
    assert list(case.events.values_list("type", flat=True).order_by("-seq")[:2]) == ["closed", "satisfied"]


def test_no_opens_it_again_with_new_times(page, case, agent, client):
    happen(case, agent, "resolved")
    press(client, case, "fails")
    case.refresh_from_db()
    assert case.state == "in_progress"
    assert "<b>Service restored</b><small>by " in page()


def test_a_closed_case_can_be_opened_again(page, case, agent, client):
    happen(case, agent, "resolved", "closed")
    assert 'name="body"' not in page()
    press(client, case, "reopen")
    case.refresh_from_db()
    assert case.is_open


def test_a_second_press_does_no_harm(case, agent, client, page):
    happen(case, agent, "resolved")
    press(client, case, "works")
    answer = press(client, case, "works")
    assert "Thank you. You told us that it works." in answer.content.decode()
    assert case.events.filter(type="closed").count() == 1


def test_consent_is_asked_and_given(page, case, agent, client):
    assert "Allow remote access" not in page()
    happen(case, agent, "remote_requested")
    assert "Allow remote access" in page()
    press(client, case, "grant")
    assert case.events.filter(type="remote_granted").exists()
    assert "Allow remote access" not in page()


def test_a_message_with_files_arrives_once(page, case, client):
    facts = {"body": "Look at this", "nonce": "abc"}
    press(client, case, "write", **facts, uploads=[picture(), upload()])
    press(client, case, "write", **facts, uploads=[picture(), upload()])
    assert case.replies.count() == 1
    assert case.attachments.count() == 2
    assert "plate.png" in page()


def test_an_empty_message_is_an_error_beside_the_field(page, case, client):
    answer = press(client, case, "write", body=" ", nonce="x")
    assert answer.status_code == 400
    assert "Write a message, or choose a file." in answer.content.decode()


def test_a_bad_file_keeps_the_typed_text(page, case, client):
    answer = press(client, case, "write", body="Precious words", nonce="x", uploads=[upload("void.txt", b"")])
    assert "void.txt is empty" in answer.content.decode()
    assert "Precious words</textarea>" in answer.content.decode()
    assert not case.replies.exists()


def test_the_message_is_kept_when_the_file_store_is_down(page, case, client, settings, tmp_path):
    (tmp_path / "attachments").write_text("in the way")
    settings.MEDIA_ROOT = tmp_path
    answer = press(client, case, "write", body="Words", nonce="x", uploads=[upload("plan.txt")])
    assert "We could not keep the file plan.txt" in answer.content.decode()
    assert case.replies.get().body == "Words"


def test_what_people_type_is_shown_as_text(page, case, client):
    press(client, case, "write", body="<script>alert(1)</script>", nonce="x")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page()


@pytest.mark.parametrize(("place", "is_linked"), [("hq", True), ("plant", False)])
def test_a_merged_case_says_where_it_goes_on(page, client, alice, case, agent, report, acme, place, is_linked):
    other = report(site=getattr(acme, place))
    services.merge(ticket=case, into=other, by=Actor(user=agent), now=datetime.now(UTC))
    text = page()
    assert "<h1>This case goes on under another number</h1>" in text
    assert f"It is about the same fault as {other.reference}." in text
    assert "cancelled" not in text
    assert (f'href="/portal/{other.reference}/"' in text) is is_linked
    assert "This case goes on under another number" in client.get("/portal/").content.decode()
    client.logout()
    guest = client.get(f"/portal/follow/{follow.token(case.pk)}/").content.decode()
    assert other.reference in guest
    assert f'href="/portal/{other.reference}/"' not in guest


@pytest.mark.parametrize(
    ("kind", "has_level"), [("fault", True), ("question", True), ("change", False), ("inspection", False)]
)
def test_how_urgent_it_is_stands_only_where_the_promises_depend_on_it(client, alice, report, at_ten, kind, has_level):
    case = report(reporter=alice, kind=kind)
    client.force_login(alice)
    text = client.get(f"/portal/{case.reference}/").content.decode()
    assert ("How urgent it is" in text) is has_level


def test_the_head_names_the_machine_and_its_place_and_the_report_its_title(page, case):
    head, thread = page().split('id="journey"')
    assert "Server 1, " in head.split("<h1>")[0]
    assert case.title not in head.split("<h1>")[0].split('class="nowcard')[1]
    assert f'<b class="said__title">{case.title}</b>The fan is loud' in thread


def test_without_a_machine_the_head_names_the_title_and_the_place(client, alice, report, acme):
    case = report(reporter=alice, title="The hall is dark")
    client.force_login(alice)
    head = client.get(f"/portal/{case.reference}/").content.decode().split("<h1>")[0]
    assert f">The hall is dark</span> · {acme.hq.name}" in head


def test_the_last_day_of_the_warranty_stands_beside_the_unit(page):
    assert "<dt>Warranty</dt><dd>until Wed 31 May 2028</dd>" in page()


def test_a_changed_level_says_from_what_to_what_and_why(page, case, agent):
    now, fields = datetime.now(UTC), {"level": "2"}
    why = "Two more units stand still."
    services.record(
        ticket=case, type="level_confirmed", by=Actor(user=agent), at=now, now=now, fields=fields, message=why, note="x"
    )
    text = page()
    assert "We changed how urgent it is from “Running at risk” to “Parts failed or slow”." in text
    assert why in text


def test_files_sent_with_the_report_stand_under_it(page, case, alice):
    services.attach(ticket=case, uploads=[picture("plate.png")], by=Actor(user=alice), now=case.received_at)
    text = page()
    assert "plate.png" in text
    assert "Files were added." not in text


def test_a_delivered_change_is_judged_like_a_repair(client, page, alice, report, agent):
    change = report(by=alice, kind="change")
    happen(change, agent, "change_answered", "change_delivered")
    press(client, change, "works")
    change.refresh_from_db()
    assert change.state == "closed"
