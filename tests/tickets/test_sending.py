"""A reply waits ten seconds: its author can have it back; it leaves once, and counts from the press."""

import threading
import uuid
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from accounts.actors import Actor
from common.errors import Illegal, NotVisible, Stale
from sla.models import Clock
from tests.flows.test_crash_at_every_statement import survives
from tickets import services
from tickets.models import Attachment, Draft, Reply, Ticket, WaitingReply

NOW = datetime.now(UTC).replace(microsecond=0)
WAIT = timedelta(seconds=10)
AFTER = NOW + timedelta(seconds=11)


@pytest.fixture
def by(agent):
    return Actor(user=agent)


@pytest.fixture
def quiet(report):
    """A ticket that is not due soon."""
    return report(level="4", at=NOW, now=NOW)


def send(ticket, by, now=NOW, **more):
    return services.send(ticket=ticket, body="We come at ten", by=by, now=now, wait=WAIT, **more)


def test_a_reply_leaves_after_its_wait_and_counts_from_the_press(quiet, by):
    send(quiet, by)
    assert services.release_due(now=NOW + timedelta(seconds=9)) == 0
    assert not Reply.objects.exists()
    assert services.release_due(now=AFTER) == 1
    assert Reply.objects.get().created_at == NOW
    assert Clock.objects.get(ticket=quiet, target="respond").stopped_at == NOW
    assert not WaitingReply.objects.exists()


def test_late_rather_than_never_and_still_from_the_press(quiet, by):
    send(quiet, by)
    services.release_due(now=NOW + timedelta(hours=3))
    assert Clock.objects.get(ticket=quiet, target="respond").state == "met"


def test_what_would_be_late_for_a_clock_leaves_at_once(quiet, by):
    due = Ticket.objects.get(pk=quiet.pk).next_due_at
    assert isinstance(send(quiet, by, now=due - timedelta(seconds=5)), Reply)


def test_undo_send_brings_words_and_files_back(quiet, by):
    kept = [services.stash(SimpleUploadedFile("rack.txt", b"front"))]
    waiting = send(quiet, by, attached=kept)
    services.call_back(token=waiting.token, by=by, now=NOW)
    assert services.release_due(now=AFTER) == 0
    draft = Draft.objects.get()
    assert (draft.body, draft.files[0]["name"]) == ("We come at ten", "rack.txt")
    with pytest.raises(Illegal):
        services.call_back(token=waiting.token, by=by, now=NOW)


def test_undo_send_keeps_what_was_begun_meanwhile(quiet, by):
    waiting = send(quiet, by)
    services.save_draft(ticket=quiet, kind="reply", body="And then", by=by, now=NOW)
    services.call_back(token=waiting.token, by=by, now=NOW)
    assert Draft.objects.get().body == "We come at ten\n\nAnd then"


def test_nobody_else_takes_it_back(quiet, by, lead):
    waiting = send(quiet, by)
    with pytest.raises(NotVisible):
        services.call_back(token=waiting.token, by=Actor(user=lead), now=NOW)


def test_files_go_with_it(quiet, by):
    send(quiet, by, attached=[services.stash(SimpleUploadedFile("rack.txt", b"front"))])
    services.sweep_orphans(now=NOW + timedelta(days=2))
    services.release_due(now=AFTER)
    assert Attachment.objects.get().event == Reply.objects.get().event


@pytest.mark.parametrize("then", ["waiting", "resolved"])
def test_an_event_goes_with_it_and_can_be_taken_back(quiet, by, agent, then):
    send(quiet, by, then=then)
    services.release_due(now=AFTER)
    assert Ticket.objects.get(pk=quiet.pk).state == then
    assert quiet.events.get(type=then).occurred_at == NOW
    services.take_back(action=agent.recent_actions.get(), by=by, now=AFTER)
    assert Ticket.objects.get(pk=quiet.pk).state == "in_progress"
    assert Reply.objects.count() == 1


def test_refused_meanwhile_it_comes_back_as_a_draft_with_the_reason(quiet, by, lead):
    send(quiet, by)
    services.record(ticket=quiet, type="closed", by=Actor(user=lead), at=NOW, now=NOW)
    assert services.release_due(now=AFTER) == 1
    draft = Draft.objects.get()
    assert draft.body == "We come at ten"
    assert "did not leave" in draft.notice
    assert "closed" in draft.notice


@pytest.mark.parametrize("who", ["alice", "lead"])
def test_what_somebody_says_while_it_waits_stops_it_once(quiet, by, who, request):
    send(quiet, by, seen_seq=quiet.last_seq)
    services.reply(ticket=quiet, body="It works", by=Actor(user=request.getfixturevalue(who)), now=NOW)
    services.release_due(now=AFTER)
    draft = Draft.objects.get()
    assert (draft.body, draft.seen_seq) == ("We come at ten", quiet.last_seq)
    assert "A newer message arrived" in draft.notice
    quiet.refresh_from_db()
    services.send(
        ticket=quiet, body=draft.body, by=by, now=AFTER, wait=WAIT, seen_seq=quiet.last_seq, back=draft.back
    )  # fmt: skip
    services.release_due(now=AFTER + WAIT)
    assert Reply.objects.filter(body="We come at ten").count() == 1
    assert not Draft.objects.exists()


def test_what_its_author_says_himself_and_notes_do_not_stop_it(quiet, by, lead):
    first = quiet.last_seq
    send(quiet, by, seen_seq=first)
    services.send(ticket=quiet, body="Ring twice", by=by, now=NOW, wait=WAIT, seen_seq=first)
    services.note(ticket=quiet, body="Between us", by=Actor(user=lead), now=NOW)
    assert services.release_due(now=AFTER) == 2
    assert Reply.objects.count() == 2


def test_said_between_the_look_and_the_press_it_is_not_taken(quiet, by, alice):
    seen = quiet.last_seq
    services.reply(ticket=quiet, body="It works", by=Actor(user=alice), now=NOW)
    with pytest.raises(Stale):
        send(quiet, by, seen_seq=seen)


def test_a_page_that_does_not_know_what_came_back_cannot_write_over_it(quiet, by, alice):
    send(quiet, by, seen_seq=quiet.last_seq)
    services.reply(ticket=quiet, body="It works", by=Actor(user=alice), now=NOW)
    services.release_due(now=AFTER)
    for words in ("And", "And then", ""):
        services.save_draft(ticket=quiet, kind="reply", body=words, by=by, now=AFTER)
        assert Draft.objects.get().text == f"We come at ten\n\n{words}".strip()
    services.send(ticket=quiet, body="And then", by=by, now=AFTER, wait=WAIT)
    draft = Draft.objects.get()
    assert draft.text == "We come at ten"
    services.save_draft(ticket=quiet, kind="reply", body="At eleven", by=by, now=AFTER, back=draft.back)
    assert Draft.objects.get().text == "At eleven"


@pytest.mark.django_db(transaction=True)
def test_a_draft_on_its_way_while_its_words_are_sent_is_none(report, by):
    """Pressing the button leaves the field: the draft and the message travel at once."""
    ticket, token = report(level="4", at=NOW, now=NOW), uuid.uuid4()

    def save():
        services.save_draft(ticket=ticket, kind="reply", body="We come at ten", by=by, now=NOW, token=token)
        connection.close()

    late = threading.Thread(target=save)
    with transaction.atomic():
        send(ticket, by, token=token)
        late.start()
        late.join(timeout=0.5)
        assert late.is_alive()
    late.join()
    assert not Draft.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_on_its_way_while_it_is_released_stops_it(report, by, alice):
    """The customer's message holds the ticket, not committed, when the worker comes by."""
    ticket = report(level="4", at=NOW, now=NOW)
    send(ticket, by, seen_seq=ticket.last_seq)

    def release():
        services.release_due(now=AFTER)
        connection.close()

    worker = threading.Thread(target=release)
    with transaction.atomic():
        services.reply(ticket=ticket, body="It works", by=Actor(user=alice), now=NOW)
        worker.start()
        worker.join(timeout=0.5)
        assert worker.is_alive()
    worker.join()
    assert [reply.body for reply in Reply.objects.all()] == ["It works"]
    assert Draft.objects.get().body == "We come at ten"


def test_merged_meanwhile_it_is_a_draft_where_work_goes_on(quiet, report, by):
    other = report()
    send(quiet, by)
    services.save_draft(ticket=quiet, kind="note", body="Between us", by=by, now=NOW)
    services.merge(ticket=quiet, into=other, by=by, now=NOW)
    services.release_due(now=AFTER)
    assert dict(Draft.objects.filter(ticket=other).values_list("kind", "body")) == {
        "note": "Between us",
        "reply": "We come at ten",
    }


def test_the_same_press_is_one_message_before_and_after_it_left(quiet, by):
    token = uuid.uuid4()
    for _press in range(2):
        send(quiet, by, token=token)
    assert WaitingReply.objects.count() == 1
    services.release_due(now=AFTER)
    assert isinstance(send(quiet, by, token=token, now=AFTER), Reply)
    assert (Reply.objects.count(), WaitingReply.objects.count()) == (1, 0)


def test_a_draft_saved_by_a_slow_network_does_not_come_back_after_sending(quiet, by):
    token = uuid.uuid4()
    services.save_draft(ticket=quiet, kind="reply", body="We come", by=by, now=NOW)
    send(quiet, by, token=token)
    services.save_draft(ticket=quiet, kind="reply", body="We come at", by=by, now=NOW, token=token)
    assert not Draft.objects.exists()


def test_one_that_cannot_leave_does_not_keep_the_others(quiet, report, by):
    bad, good = send(quiet, by), send(report(level="4", at=NOW, now=NOW), by)
    WaitingReply.objects.filter(pk=bad.pk).update(files=[{"key": "nonsense"}])
    assert services.release_due(now=AFTER) == 1
    assert Reply.objects.get().ticket == good.ticket
    assert WaitingReply.objects.get() == bad


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_every_statement_it_leaves_once(report, by):
    for statement in count(1):
        ticket = report(level="4", at=NOW, now=NOW)
        send(ticket, by)
        ended = survives(lambda: services.release_due(now=AFTER), statement)
        assert Reply.objects.filter(ticket=ticket).count() + WaitingReply.objects.filter(ticket=ticket).count() == 1
        services.release_due(now=AFTER)
        assert Reply.objects.filter(ticket=ticket).count() == 1
        if ended:
            break
    assert statement > 10
