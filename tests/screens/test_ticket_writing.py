"""Messages, owners, words, links: what people do beside events, and what happens when two do it at once."""

import re
import uuid
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actors import Actor
from tickets import services
from tickets.models import Link, Note, Reply, Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def now() -> datetime:
    return datetime.now(UTC)


def send(desk: Client, ticket: Ticket, **data):
    return desk.post(f"{ticket.get_absolute_url()}messages/", {"kind": "reply", "body": "", **data})


def edit_form(desk: Client, ticket: Ticket) -> dict[str, str]:
    """The open form as a browser would send it back."""
    page = desk.get(f"{ticket.get_absolute_url()}?act=edit").content.decode()
    part = page.split('id="act"')[1].split("</section>")[0]
    data = dict(re.findall(r'<input type="(?:hidden|text|email)" name="(\w+)"(?: value="([^"]*)")?', part))
    return data | {"description": ticket.description, "category": ticket.category, "cause": ticket.cause}


def test_a_reply_and_a_note_go_where_they_say(desk, ticket, agent):
    assert send(desk, ticket, body="Dear customer").status_code == 302
    assert send(desk, ticket, kind="note", body="Between us").status_code == 302
    assert Reply.objects.get(ticket=ticket).body == "Dear customer"
    assert Note.objects.get(ticket=ticket).body == "Between us"


def test_an_empty_message_is_refused_under_the_tab_it_was_written_in(desk, ticket):
    answer = send(desk, ticket, kind="note", body="  ")
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Write a message." in page
    assert re.search(r'value="note" data-kind="note"[^>]* checked', page)


@pytest.mark.parametrize("kind", ["", "other", "reply,note"])
def test_what_is_neither_reply_nor_note_is_not_sent(desk, ticket, kind):
    answer = send(desk, ticket, kind=kind, body="Who reads this?")
    assert answer.status_code == 400
    assert "Who reads this?</textarea>" in answer.content.decode()
    assert not Reply.objects.exists()
    assert not Note.objects.exists()


def test_files_come_with_the_message_and_those_of_a_note_stay_inside(desk, ticket):
    send(desk, ticket, body="See the photo", files=SimpleUploadedFile("rack.txt", b"front"))
    send(desk, ticket, kind="note", body="Only us", files=SimpleUploadedFile("price.txt", b"back"))
    assert dict(ticket.attachments.values_list("name", "is_internal")) == {"rack.txt": False, "price.txt": True}
    page = desk.get(f"{ticket.get_absolute_url()}?show=files").content.decode()
    assert "rack.txt" in page
    assert "price.txt" in page


def test_a_file_that_is_too_large_loses_no_word(desk, ticket, settings):
    settings.MAX_ATTACHMENT_BYTES = 10
    answer = send(desk, ticket, body="See the film", files=SimpleUploadedFile("film.bin", b"x" * 11))
    assert answer.status_code == 400
    assert "See the film</textarea>" in answer.content.decode()
    assert "film.bin" in answer.content.decode()
    assert not Reply.objects.exists()


def test_a_reply_stops_once_when_something_newer_was_said(desk, ticket, alice):
    seen = Ticket.objects.get(pk=ticket.pk).last_seq
    services.reply(ticket=ticket, body="It works again", by=Actor(user=alice), now=now())
    stopped = send(desk, ticket, body="We come at ten", version=seen)
    page = stopped.content.decode()
    assert stopped.status_code == 409
    assert "It works again" in page
    assert "We come at ten</textarea>" in page
    again = re.findall(r'name="version" value="(\d+)"', page.split('id="composer"')[1])[0]
    assert send(desk, ticket, body="We come at ten", version=again).status_code == 302


def test_a_note_is_never_stopped(desk, ticket, alice):
    seen = Ticket.objects.get(pk=ticket.pk).last_seq
    services.reply(ticket=ticket, body="It works again", by=Actor(user=alice), now=now())
    assert send(desk, ticket, kind="note", body="Check first", version=seen).status_code == 302


def composer(desk: Client, ticket: Ticket) -> dict[str, str]:
    """What the composer of a freshly drawn page would send beside the words."""
    part = desk.get(ticket.get_absolute_url()).content.decode().split('class="composer"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(version|token)" value="([^"]*)"', part))


@pytest.mark.parametrize(("kind", "model"), [("reply", Reply), ("note", Note)])
def test_pressed_twice_is_said_once_and_other_words_are_said(desk, ticket, kind, model):
    form = composer(desk, ticket)
    assert form.keys() == {"version", "token"}
    for _press in range(3):
        answer = send(desk, ticket, kind=kind, body="We come at ten", **form)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, ticket.get_absolute_url())
    assert send(desk, ticket, kind=kind, body="At eleven, sorry", **form).status_code == 302
    assert list(model.objects.values_list("body", flat=True)) == ["We come at ten", "At eleven, sorry"]


def test_what_a_colleague_said_stops_the_reply_also_after_ones_own(desk, ticket, alice):
    form = composer(desk, ticket)
    send(desk, ticket, body="We come at ten", **form)
    services.reply(ticket=ticket, body="Too late", by=Actor(user=alice), now=now())
    assert send(desk, ticket, body="At nine then", **form).status_code == 409


def test_a_token_is_unique_in_the_log_itself(ticket, agent):
    token, by = uuid.uuid4(), Actor(user=agent)
    first, second = (services.note(ticket=ticket, body="Once", by=by, now=now(), token=token) for _ in range(2))
    assert first == second
    assert ticket.events.get(type="noted").key == f"form:{token}"


def test_another_category_places_the_ticket_again(desk, report, cathay):
    made = report(organisation=cathay.organisation, site=cathay.site, category="software", level="B")
    data = edit_form(desk, made) | {"category": "hardware"}
    assert desk.post(f"{made.get_absolute_url()}edit/", data).status_code == 302
    made.refresh_from_db()
    assert (made.scheme_code, made.level) == ("hardware", "B")
    assert desk.get(made.get_absolute_url()).status_code == 200


def test_merging_into_another_organisation_is_refused_beside_the_number(desk, ticket, report, borealis):
    other = report(organisation=borealis.organisation, site=borealis.site)
    answer = desk.post(f"{ticket.get_absolute_url()}merge/", {"number": other.reference})
    assert answer.status_code == 400
    assert "belongs to another organisation" in answer.content.decode().split('id="id_number_error"')[1]


def test_a_closed_ticket_takes_notes_but_no_reply(desk, ticket, agent):
    services.record(ticket=ticket, type="closed", by=Actor(user=agent), at=now(), now=now())
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert 'value="reply"' not in page.split('class="composer"')[1]
    answer = send(desk, ticket, body="One more thing")
    assert answer.status_code == 409
    assert "One more thing</textarea>" in answer.content.decode()
    assert send(desk, ticket, kind="note", body="One more thing").status_code == 302


def test_a_note_of_somebody_else_does_not_stop_an_event(desk, ticket, lead):
    basis = Ticket.objects.get(pk=ticket.pk)
    services.note(ticket=ticket, body="By the way", by=Actor(user=lead), now=now())
    data = {"type": "waiting", "message": "Please send the permit", "version": basis.version, "seq": basis.last_seq}
    assert desk.post(f"{ticket.get_absolute_url()}events/", data).status_code == 302


def test_changes_of_different_fields_are_both_kept(desk, ticket, lead):
    data = edit_form(desk, ticket) | {"title": "Server stops at night"}
    services.edit(ticket=ticket, changes={"category": "hardware"}, by=Actor(user=lead), now=now())
    assert desk.post(f"{ticket.get_absolute_url()}edit/", data).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.title, ticket.category) == ("Server stops at night", "hardware")


def test_a_change_of_the_same_field_shows_both_values(desk, ticket, lead):
    data = edit_form(desk, ticket) | {"title": "Mine"}
    services.edit(ticket=ticket, changes={"title": "Theirs"}, by=Actor(user=lead), now=now())
    answer = desk.post(f"{ticket.get_absolute_url()}edit/", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r'value="theirs"> Theirs</label></span><ins><label><input[^>]*value="yours"> Mine<', page)
    assert 'name="title" value="Mine"' in page
    ticket.refresh_from_db()
    assert ticket.title == "Theirs"


@pytest.mark.parametrize(
    ("keep", "title", "status"), [("theirs", "Theirs", 302), ("yours", "Mine", 302), ("", "Theirs", 409)]
)
def test_each_field_in_conflict_is_chosen(desk, ticket, lead, keep, title, status):
    data = edit_form(desk, ticket) | {"title": "Mine", "category": "hardware"}
    services.edit(ticket=ticket, changes={"title": "Theirs"}, by=Actor(user=lead), now=now())
    page = desk.post(f"{ticket.get_absolute_url()}edit/", data).content.decode().split('id="act"')[1]
    hidden = dict(re.findall(r'name="(version|seq|clash|clash_seq|was_title)" value="([^"]*)"', page))
    assert hidden["clash"] == "title"
    answer = desk.post(f"{ticket.get_absolute_url()}edit/", data | hidden | {"keep_title": keep})
    ticket.refresh_from_db()
    assert (answer.status_code, ticket.title) == (status, title)
    assert ticket.category == ("hardware" if keep else "")


def test_a_category_in_conflict_has_its_name(desk, ticket, lead):
    data = edit_form(desk, ticket) | {"category": "network"}
    services.edit(ticket=ticket, changes={"category": "hardware"}, by=Actor(user=lead), now=now())
    page = desk.post(f"{ticket.get_absolute_url()}edit/", data).content.decode()
    assert re.search(r'value="theirs"> Hardware</label>.*value="yours"> Network</label>', page)
    assert "Category: – → Hardware" in desk.get(ticket.get_absolute_url()).content.decode()


def test_what_somebody_else_changed_meanwhile_is_said(desk, ticket, lead):
    data = edit_form(desk, ticket) | {"title": "Server stops at night"}
    services.assign(ticket=ticket, assignee=lead, by=Actor(user=lead), now=now())
    page = desk.post(f"{ticket.get_absolute_url()}edit/", data, follow=True).content.decode()
    assert "Saved. Lead also changed Owner to Lead." in page


def test_an_untouched_edit_form_writes_nothing(desk, ticket):
    before = Ticket.objects.get(pk=ticket.pk).last_seq
    desk.post(f"{ticket.get_absolute_url()}edit/", edit_form(desk, ticket))
    assert Ticket.objects.get(pk=ticket.pk).last_seq == before


def test_a_ticket_is_assigned_by_name_or_to_me(desk, ticket, agent, lead):
    address = f"{ticket.get_absolute_url()}assign/"
    desk.post(address, {"assignee": lead.pk})
    assert Ticket.objects.get(pk=ticket.pk).assignee == lead
    desk.post(address, {"me": "1"})
    assert Ticket.objects.get(pk=ticket.pk).assignee == agent
    assert desk.post(address, {"assignee": "999999"}).status_code == 400


def test_two_who_assign_at_once_see_each_other(desk, ticket, engineer, lead):
    basis = Ticket.objects.get(pk=ticket.pk)
    services.assign(ticket=ticket, assignee=engineer, by=Actor(user=lead), now=now())
    data = {"assignee": lead.pk, "version": basis.version, "seq": basis.last_seq}
    answer = desk.post(f"{ticket.get_absolute_url()}assign/", data)
    assert answer.status_code == 409
    assert re.search(r'value="theirs"> Engineer<.*value="yours"> Lead<', answer.content.decode())
    assert Ticket.objects.get(pk=ticket.pk).assignee == engineer


def test_tickets_are_linked_unlinked_and_merged_by_number(desk, ticket, report):
    other, address = report(title="The other"), ticket.get_absolute_url()
    assert desk.post(f"{address}link/", {"number": other.reference.lower(), "kind": "caused_by"}).status_code == 302
    assert Link.objects.get().target == other
    assert desk.post(f"{address}unlink/", {"number": other.reference, "kind": "caused_by"}).status_code == 302
    assert not Link.objects.exists()
    assert desk.post(f"{address}merge/", {"number": str(other.number)}).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.merged_into) == ("cancelled", other)


@pytest.mark.parametrize("door", ["link", "merge"])
@pytest.mark.parametrize("number", ["", "SD-1", "nonsense", "self"])
def test_a_wrong_number_is_said_beside_the_field(desk, ticket, door, number):
    typed = ticket.reference if number == "self" else number
    answer = desk.post(f"{ticket.get_absolute_url()}{door}/", {"number": typed, "kind": "related"})
    assert answer.status_code == 400
    assert 'id="id_number_error"' in answer.content.decode()


def test_people_follow_and_stop_following(desk, ticket, agent):
    desk.post(f"{ticket.get_absolute_url()}watch/")
    assert list(ticket.watchers.all()) == [agent]
    desk.post(f"{ticket.get_absolute_url()}watch/", {"stop": "1"})
    assert not ticket.watchers.exists()
