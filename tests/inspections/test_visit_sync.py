"""Answers from two phones, late, twice and in any order; the route that phones and REST clients share."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from accounts.actors import Actor
from inspections import services
from inspections.models import Answer, AnswerEntry, Finding
from tests.inspections.conftest import NOW
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_entry_sent_twice_changes_nothing(answer):
    one = uuid.uuid4()
    assert answer("temp", id=one, reading="31.5").is_kept
    assert answer("temp", id=one, reading="20").is_kept
    assert Answer.objects.get().reading == pytest.approx(31.5)
    assert AnswerEntry.objects.count() == 1


def test_two_phones_at_different_checks_both_stay(answer, agent):
    answer("temp", reading="25")
    answer("dust", by=agent, result="failed", finding="Dust")
    assert set(Answer.objects.values_list("item", "result")) == {("temp", "passed"), ("dust", "failed")}


@pytest.mark.parametrize(("first", "second", "counts"), [(0, 5, "26"), (5, 0, "25")])
def test_of_two_phones_at_one_check_the_later_counts_and_the_office_sees_both(answer, agent, first, second, counts):
    answer("temp", reading="25", at=NOW + first * MINUTE, now=NOW + 9 * MINUTE)
    answer("temp", reading="26", by=agent, at=NOW + second * MINUTE, now=NOW + 9 * MINUTE)
    row = Answer.objects.get()
    assert str(row.reading.normalize()) == counts
    assert {row.entry.answer["reading"], row.other.answer["reading"]} == {"25", "26"}


def test_answer_on_top_of_the_other_and_the_same_answer_are_no_clash(answer, agent):
    one, two = uuid.uuid4(), uuid.uuid4()
    answer("temp", id=one, reading="25")
    answer("temp", id=two, base=one, by=agent, reading="26", at=NOW - MINUTE)
    answer("temp", reading="26", at=NOW)
    row = Answer.objects.get()
    assert row.other is None
    assert row.entry.answer["reading"] == "26"


def test_clock_of_a_phone_that_runs_ahead_does_not_win_for_ever(answer, agent):
    answer("temp", reading="25", at=NOW + timedelta(days=400))
    answer("temp", reading="26", by=agent, at=NOW + MINUTE, now=NOW + MINUTE)
    assert Answer.objects.get().entry.answer["reading"] == "26"


@pytest.mark.parametrize(
    ("item", "values", "words"),
    [
        ("temp", {"reading": "warm"}, "Enter a number"),
        ("temp", {"reading": "1e400"}, "Enter a number"),
        ("temp", {"reading": "1.1234567"}, "Enter a number"),
        ("dust", {"reading": "3"}, "no such field"),
        ("fan", {"choice": "green"}, "one of the options"),
        ("dust", {"result": "maybe"}, "pass, fail or not applicable"),
        ("dust", {"finding": "x" * 4001}, "too long"),
        ("dust", {"text": 3}, "A text is expected"),
        ("label", {"result": "passed"}, "no such check"),
        ("gone", {"result": "passed"}, "no such check"),
    ],
)
def test_bad_entry_is_refused_by_itself(answer, item, values, words):
    taken = answer(item, **values)
    assert not taken.is_kept
    assert words in taken.error
    assert not AnswerEntry.objects.exists()


def test_entries_stay_as_they_were_written(answer):
    answer("temp", reading="25")
    with pytest.raises(DatabaseError), transaction.atomic():
        AnswerEntry.objects.update(answer={"reading": "20"})


def entry(sheet, item, **answer):
    return {"id": str(uuid.uuid4()), "sheet": sheet.pk, "item": item, "at": "2026-11-20T08:59:00Z", "answer": answer}


def send(client, case, *entries):
    return client.post(
        f"/inspections/visits/{case.reference}/entries/",
        json.dumps({"entries": list(entries)}),
        content_type="application/json",
    )


def test_route_says_what_became_of_each_and_how_the_visit_stands(client, case, visit, engineer):
    client.force_login(engineer)
    sheet = visit.sheets.get()
    good, bad = entry(sheet, "temp", reading="31.5"), entry(sheet, "temp", reading="warm")
    told = send(client, case, good, bad).json()
    assert [(one["id"], one["kept"]) for one in told["entries"]] == [(good["id"], True), (bad["id"], False)]
    state = told["state"]
    assert (state["reference"], state["signed"], state["answered"], state["total"]) == (case.reference, False, 1, 7)
    found = state["sheets"][0]["items"]["temp"]
    assert (found["entry"], found["result"], found["ticket"]) == (good["id"], "failed", "")
    assert found["answer"]["reading"] == "31.5"
    assert client.get(f"/inspections/visits/{case.reference}/state/").json() == state
    assert client.get(f"/api/v1/inspections/{case.reference}/state/").json() == state


def test_route_refuses_too_many_and_what_is_no_entry(client, case, visit, engineer):
    client.force_login(engineer)
    sheet = visit.sheets.get()
    assert send(client, case, *[entry(sheet, "dust") for _ in range(201)]).status_code == 400
    assert send(client, case, {"id": "x"}).status_code == 400
    assert send(client, case, entry(sheet, "dust") | {"answer": "passed"}).status_code == 400
    assert send(client, case, entry(sheet, "dust") | {"sheet": 10**17}).json()["entries"][0]["kept"] is False


def test_route_asks_for_the_token_of_the_session(case, visit, engineer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(engineer)
    assert send(strict, case, entry(visit.sheets.get(), "dust")).status_code == 403


def test_route_takes_nothing_that_somebody_else_gave(client, case, visit, engineer, agent):
    client.force_login(agent)
    where, sent = f"/inspections/visits/{case.reference}/entries/", entry(visit.sheets.get(), "dust", result="passed")
    body, kind = json.dumps({"entries": [sent]}), "application/json"
    refused = client.post(where, body, kind, headers={"Visit-Person": str(engineer.pk)})
    assert (refused.status_code, refused["Other-Person"]) == (409, "1")
    assert not AnswerEntry.objects.exists()
    assert client.post(where, body, kind, headers={"Visit-Person": str(agent.pk)}).status_code == 200


def test_customers_and_strangers_cannot_answer(client, case, visit, alice, carol, storekeeper):
    for person, status in ((alice, 404), (carol, 404), (storekeeper, 403)):
        client.force_login(person)
        assert send(client, case, entry(visit.sheets.get(), "dust", result="passed")).status_code == status
    assert not AnswerEntry.objects.exists()


def test_failed_check_raises_its_ticket_once(answer, case, acme):
    answer("temp", reading="31.5", finding="Tile blocked", outcome="ticket", at=NOW)
    answer("temp", reading="31.6", finding="Tile blocked", outcome="ticket", at=NOW + MINUTE, now=NOW + MINUTE)
    raised = Ticket.objects.get(kind="fault")
    assert raised.title == "Air temperature: 31.5\N{NO-BREAK SPACE}°C, limit 27"
    assert (raised.equipment, raised.site, raised.level) == (acme.unit, acme.hq, "3")
    assert "Tile blocked" in raised.description
    assert Finding.objects.get().ticket == raised
    linked = TicketEvent.objects.filter(type="linked").values_list("ticket", flat=True)
    assert set(linked) == {raised.pk, case.pk}


def test_level_of_the_ticket_may_be_another(answer):
    answer("temp", reading="31.5", outcome="ticket", level="2")
    assert Ticket.objects.get(kind="fault").level == "2"


def test_ticket_that_cannot_be_raised_loses_no_answer(answer):
    taken = answer("temp", reading="31.5", outcome="ticket", level="9")
    assert taken.is_kept
    assert "The ticket is not raised yet" in taken.error
    answer("temp", reading="31.5", outcome="ticket", at=NOW + MINUTE, now=NOW + MINUTE)
    assert Finding.objects.get().ticket is not None


def test_check_that_is_good_after_all_has_no_finding_unless_there_is_a_ticket(answer):
    answer("temp", reading="31.5")
    answer("temp", reading="20", at=NOW + MINUTE, now=NOW + MINUTE)
    assert not Finding.objects.exists()
    answer("hum", reading="10", outcome="ticket")
    answer("hum", reading="50", at=NOW + MINUTE, now=NOW + MINUTE)
    assert Finding.objects.get().ticket is not None


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_raise_one_ticket_and_keep_one_entry(visit, engineer, agent):
    sheet, same = visit.sheets.get(), uuid.uuid4()
    together = threading.Barrier(2)

    def work(person, id):
        values = {"reading": "31.5", "outcome": "ticket"}
        sent = [services.Entry(id, sheet.pk, "temp", NOW, values), services.Entry(same, sheet.pk, "dust", NOW, {})]
        together.wait(10)
        services.take(inspection=visit, entries=sent, by=Actor(person), now=NOW)
        connection.close()

    threads = [threading.Thread(target=work, args=[person, uuid.uuid4()]) for person in (engineer, agent)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Ticket.objects.filter(kind="fault").count() == 1
    assert AnswerEntry.objects.filter(item="dust").count() == 1
    assert AnswerEntry.objects.filter(item="temp").count() == 2
