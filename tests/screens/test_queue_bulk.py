"""One press for many tickets: what can be done is done, the rest is told by number and reason, and it goes back."""

import re
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Draft, Reply, Ticket, WaitingReply


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def press(desk, tickets, **form):
    numbers = [ticket.reference for ticket in tickets]
    return desk.post("/tickets/bulk/", {"ticket": numbers, **form}, follow=True).content.decode()


def test_assigns_what_it_can_and_tells_the_rest_and_goes_back(desk, report, agent, lead):
    made = [report() for _n in range(3)]
    now = datetime.now(UTC)
    services.record(ticket=made[2], type="closed", by=Actor(user=agent), at=now, now=now)
    text = press(desk, made, do="assign", assignee=lead.pk)
    assert "2 of 3 assigned" in text
    assert f"{made[2].reference}: It was closed" in text
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {lead.pk, None}
    undo = re.search(r'action="(/[^"]*)"[^>]*>(?:<input[^>]*>)?<button class="btn btn--sm" aria-keyshortcuts="z"', text)
    desk.post(undo[1])
    assert set(Ticket.objects.values_list("assignee", flat=True)) == {None}


def test_of_a_cancelled_ticket_is_said_that_it_was_cancelled(still, desk, report, agent, lead):
    made, now = report(), datetime.now(UTC)
    services.record(ticket=made, type="cancelled", by=Actor(user=lead), at=now, now=now)
    text = press(desk, [made], do="assign", assignee=lead.pk)
    assert f"{made.reference}: It was cancelled today" in text
    assert "It was closed" not in text


def test_what_nothing_was_done_to_is_said_and_stays_chosen_once(desk, report, agent, lead):
    made, now = [report(), report()], datetime.now(UTC)
    for ticket in made:
        services.record(ticket=ticket, type="closed", by=Actor(user=agent), at=now, now=now)
    ticked = re.compile(r'value="(\d+)" form="bulk" checked')
    form = {"ticket": [ticket.reference for ticket in made], "do": "assign", "assignee": lead.pk}
    back = "http://testserver/tickets/?view=closed"
    text = desk.post("/tickets/bulk/", form, follow=True, headers={"referer": back}).content.decode()
    assert f"0 of 2 assigned. {made[0].reference}: It was closed" in text
    assert set(ticked.findall(text)) == {str(ticket.number) for ticket in made}
    assert not ticked.findall(desk.get("/tickets/?view=closed").content.decode())


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"do": "level", "note": "They rang <twice>"}, 'name="note" maxlength="5000" value="They rang &lt;twice&gt;"'),
        ({"do": "status", "status_note": "Rang"}, 'name="status_note" maxlength="5000" value="Rang"'),
        ({"do": "tag", "tags": "a/b"}, 'value="a/b"'),
        ({"do": "merge", "into": "SD-1"}, 'value="SD-1"'),
        ({"do": "unknown", "assignee": "none"}, '<option value="none" selected>'),
        ({"do": "level", "level": "4@infrastructure.1"}, '<option value="4@infrastructure.1" selected>'),
        ({"do": "reply", "body": " ", "level": "2@infrastructure.1"}, '<option value="2@infrastructure.1" selected>'),
    ],
)
def test_a_press_that_says_too_little_loses_neither_the_choice_nor_what_was_typed(desk, report, form, shown):
    made = report(level="2")
    page = press(desk, [made], **form)
    assert shown in page
    assert f'value="{made.number}" form="bulk" checked' in page
    again = desk.get("/tickets/").content.decode()
    assert shown not in again
    assert 'form="bulk" checked' not in again


def test_assign_to_me_level_and_status(desk, report, agent):
    made = [report(level="3"), report(level="3")]
    press(desk, made, do="mine")
    press(desk, made, do="level", level="2", note="They rang")
    press(desk, made, do="status", status="waiting", status_message="The site permit")
    rows = Ticket.objects.values_list("assignee", "level", "state")
    assert set(rows) == {(agent.pk, "2", "waiting")}


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("waiting", "Say what we wait for."),
        ("cancelled", "Say why the ticket is cancelled."),
        ("restored", "Say in one line what was done."),
    ],
)
def test_a_status_that_wants_its_reason_is_refused_beside_the_field_without_one(desk, report, status, sentence):
    made = [report(), report()]
    page = press(desk, made, do="status", status=status)
    assert re.search(rf'id="b-smessage-error"[^>]*>.*?{re.escape(sentence)}', page)
    assert re.search(r'name="status_message"[^>]*aria-invalid="true" aria-describedby="b-smessage-error', page)
    assert f'<option value="{status}" selected>' in page
    assert len(re.findall(r'form="bulk" checked', page)) == 2
    assert page.count("<title>Error: ") == 1
    assert set(Ticket.objects.values_list("state", flat=True)) == {"new"}
    assert sentence not in desk.get("/tickets/").content.decode()


def test_the_reason_of_a_status_is_said_to_every_customer_and_kept(desk, report):
    made = [report(), report()]
    text = press(desk, made, do="status", status="waiting", status_message="The site permit\nof March")
    assert "2 of 2 changed" in text
    assert [*Reply.objects.values_list("body", flat=True)] == ["The site permit\nof March"] * 2
    assert {ticket.events.get(type="waiting").data["note"] for ticket in made} == {"The site permit"}


def test_a_note_will_do_to_cancel_and_stays_with_us(desk, report):
    made = report()
    press(desk, [made], do="status", status="cancelled", status_note="Reported twice")
    assert made.events.get(type="cancelled").data["note"] == "Reported twice"
    assert not Reply.objects.exists()


def test_a_lower_level_needs_its_reason(desk, report):
    made = report(level="2")
    press(desk, [made], do="level", level="4", level_message="Works again.")
    made.refresh_from_db()
    assert made.level == "4"
    assert made.events.get(type="level_confirmed").data["note"] == "Works again."


@pytest.mark.parametrize("level", ["4@infrastructure.1", "1@infrastructure.1"])
def test_a_change_of_level_asks_its_reason_once_for_all_up_and_down(desk, report, level):
    made = [report(level="2"), report(level="2")]
    page = press(desk, made, do="level", level=level)
    assert "Say why the level changes." in page.split('id="b-lmessage-error"')[1][:300]
    assert f'<option value="{level}" selected>' in page
    assert set(Ticket.objects.values_list("level", flat=True)) == {"2"}
    page = press(desk, made, do="level", level_message="The line stands <now>")
    assert "The line stands &lt;now&gt;</textarea>" in page
    press(desk, made, do="level", level=level, level_message="The line stands")
    assert set(Ticket.objects.values_list("level", flat=True)) == {level[0]}
    assert [ticket.replies.get().body for ticket in made] == ["The line stands"] * 2
    assert all(ticket.events.get(type="level_confirmed").data["has_message"] for ticket in made)


def test_the_same_press_acts_once(desk, report):
    made = [report(), report()]
    form = {"do": "reply", "body": "We are on it.", "token": uuid.uuid4()}
    press(desk, made, **form), press(desk, made, **form)
    assert [ticket.replies.count() for ticket in made] == [1, 1]


def test_merging_leaves_the_one_that_goes_on(desk, report):
    stays, goes = report(), report()
    press(desk, [stays, goes], do="merge", into=f"#{stays.number}")
    goes.refresh_from_db(), stays.refresh_from_db()
    assert (goes.merged_into, stays.merged_into) == (stays, None)


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"do": "assign"}, "Choose an owner."),
        ({"do": "assign", "assignee": "9" * 30}, "Choose an owner."),
        ({"do": "level"}, "Choose a level."),
        ({"do": "status", "status": "received"}, "Choose a status."),
        ({"do": "merge", "into": "x"}, "Enter the number"),
        ({"do": "nonsense"}, "Choose what to do"),
        ({"do": "reply", "body": " "}, "Write the reply first."),
    ],
)
def test_a_press_that_means_nothing_changes_nothing(desk, report, form, said):
    assert said in press(desk, [report()], **form)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"do": "assign"}, "owner"),
        ({"do": "level"}, "level"),
        ({"do": "status"}, "status"),
        ({"do": "reply"}, "body"),
        ({"do": "tag"}, "tags"),
        ({"do": "merge"}, "into"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(desk, report, form, field):
    page = press(desk, [report()], **form)
    assert f'id="b-{field}-error"' in page
    assert re.search(rf'id="b-{field}"[^>]*aria-invalid="true"', page)


def test_nothing_chosen_and_too_many(desk):
    assert "Choose at least one ticket." in press(desk, [], do="mine")
    numbers = [str(number) for number in range(1, 202)]
    answer = desk.post("/tickets/bulk/", {"ticket": numbers, "do": "mine"}, follow=True)
    assert "at most 200" in answer.content.decode()


def test_a_single_key_acts_on_its_row_alone(desk, report, agent):
    row, chosen = report(), report()
    press(desk, [chosen], do="mine", only=row.reference)
    row.refresh_from_db(), chosen.refresh_from_db()
    assert (row.assignee, chosen.assignee) == (agent, None)


def test_replies_to_many_wait_and_come_back_as_drafts_together(desk, report, agent, settings):
    settings.SEND_WAIT_SECONDS = 10
    made, begun = [report(level="4"), report(level="4")], report(level="4")
    made.append(begun)
    now = datetime.now(UTC)
    services.save_draft(ticket=begun, kind="reply", body="My own words", by=Actor(user=agent), now=now)
    text = press(desk, made, do="reply", body="We are on it.")
    assert "3 replies leave in 10 seconds" in text
    assert WaitingReply.objects.count() == 3
    assert Draft.objects.get().body == "My own words"
    undo = re.search(r'action="(/tickets/bulk/[^"]*/undo/)"', text)
    assert "3 replies are drafts again" in desk.post(undo[1], follow=True).content.decode()
    assert WaitingReply.objects.count() == 0
    bodies = Draft.objects.order_by("ticket_id").values_list("body", flat=True)
    assert [*bodies] == ["We are on it.", "We are on it.", "We are on it.\n\nMy own words"]
    assert "have left already" in desk.post(undo[1], follow=True).content.decode()


def test_nobody_else_takes_them_back(desk, report, lead, settings):
    settings.SEND_WAIT_SECONDS = 10
    undo = re.search(r'action="(/tickets/bulk/[^"]*/undo/)"', press(desk, [report(level="4")], do="reply", body="Hi"))
    desk.force_login(lead)
    desk.post(undo[1])
    assert WaitingReply.objects.count() == 1


def test_a_newer_message_stops_the_reply_to_its_own_ticket_alone_and_its_author_is_told(desk, report, alice, settings):
    settings.SEND_WAIT_SECONDS = 10
    answered, overtaken = report(level="4"), report(level="4")
    press(desk, [answered, overtaken], do="reply", body="We are on it.")
    services.reply(ticket=overtaken, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    assert desk.get("/tickets/counts/").json()["toasts"] == ""
    services.release_due(now=datetime.now(UTC) + timedelta(seconds=11))
    assert Reply.objects.filter(body="We are on it.").get().ticket == answered
    assert Draft.objects.get().ticket == overtaken
    told = desk.get("/tickets/counts/").json()
    assert "1 new" in told["bell"]
    assert f"{overtaken.reference}: your reply did not leave" in told["toasts"]
    page = desk.get("/notifications/").content.decode()
    assert "Your reply did not leave" in page
    notice = re.search(r'action="(/notifications/\d+/read/)"', page)
    assert "We are on it." in desk.post(notice[1], follow=True).content.decode()
    assert desk.get("/tickets/counts/").json()["toasts"] == ""


def test_what_a_customer_said_after_the_list_was_drawn_stops_the_reply_to_his_ticket(desk, report, alice):
    answered, overtaken = report(), report()
    drawn = dict(re.findall(r'name="(seen-\d+)" value="(\d+)" form="bulk"', desk.get("/tickets/").content.decode()))
    services.reply(ticket=overtaken, body="It works again", by=Actor(user=alice), now=datetime.now(UTC))
    text = press(desk, [answered, overtaken], do="reply", body="We are on it.", **drawn)
    assert "1 of 2 replied to" in text
    assert f"{overtaken.reference}: A newer message arrived" in text
    assert Reply.objects.filter(body="We are on it.").get().ticket == answered
    assert f'value="{overtaken.number}" form="bulk" checked' in text
    assert re.search(r"(?s)<details[^>]* open><summary[^>]*data-key=.r.>.*>\s*We are on it\.</textarea>", text)
    anew = dict(re.findall(r'name="(seen-\d+)" value="(\d+)" form="bulk"', text))
    assert "1 of 1 replied to" in press(desk, [overtaken], do="reply", body="We are on it.", **anew)
