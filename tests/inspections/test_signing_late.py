"""A signature that was given without signal: it comes late, once, with its own moment, and only for what was seen."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from common.errors import Illegal, Stale
from inspections import facts, services
from inspections.models import SignOff
from inspections.services import Seen, SeenCheck
from servicedesk.demo.pictures import photo as drawn
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import finish
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
KEY = uuid.UUID(int=17)


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def seen_of(visit, **words):
    """As a phone that has all of it tells what it shows."""
    checks = [
        SeenCheck(
            check.sheet.pk,
            check.item.code,
            check.judgement.result.value,
            check.answer.entry_id if check.answer else None,
            [photo.pk for photo in check.photos],
        )
        for check in facts.load(visit).asked
    ]
    return Seen(checks, words)


def send(visit, by, seen, at=NOW + HOUR, now=NOW + 9 * HOUR, key=KEY, **values):
    return finish(visit, by, now, seen=seen, key=key, at=at, **values)


def test_it_counts_from_when_it_was_given(complete, engineer, case):
    made = send(complete, engineer, seen_of(complete))
    assert made.signed_at == NOW + HOUR
    event = TicketEvent.objects.get(ticket=case, type="visit_done")
    assert (event.occurred_at, event.recorded_at) == (NOW + HOUR, NOW + 9 * HOUR)
    assert services.is_intact(facts.load(facts.of_ticket(case)))


@pytest.mark.parametrize(
    ("told", "taken"),
    [
        (NOW + 2 * DAY, NOW + 9 * HOUR),  # the clock of the phone runs ahead
        (NOW - 300 * DAY, NOW),  # it begins in another year: not before the last answer
    ],
)
def test_moment_lies_between_the_last_answer_and_its_arrival(complete, engineer, told, taken):
    assert send(complete, engineer, seen_of(complete), at=told).signed_at == taken


def test_facts_are_at_most_thirty_days_late(complete, engineer):
    assert send(complete, engineer, seen_of(complete), now=NOW + 40 * DAY).signed_at == NOW + 10 * DAY


def test_sent_twice_it_is_signed_once_and_another_one_is_refused(complete, engineer, case):
    seen = seen_of(complete)
    assert send(complete, engineer, seen) == send(complete, engineer, seen, now=NOW + 10 * HOUR)
    for key in (uuid.uuid4(), None):
        with pytest.raises(Illegal, match="is signed"):
            send(complete, engineer, seen, key=key)
    assert SignOff.objects.count() == TicketEvent.objects.filter(ticket=case, type="visit_done").count() == 1


def test_answer_that_another_phone_changed_is_named(complete, engineer, agent, answer):
    seen = seen_of(complete)
    answer("dust", by=agent, result="failed", finding="A nest", at=NOW + MINUTE, now=NOW + 2 * HOUR)
    with pytest.raises(Stale, match=r"Not what was signed any more: 3\. No dust on the grilles\. "):
        send(complete, engineer, seen)
    assert not SignOff.objects.exists()
    send(complete, engineer, seen_of(complete))


def test_same_answer_from_another_phone_is_no_difference(complete, engineer, agent, answer):
    seen = seen_of(complete)
    answer("dust", by=agent, result="passed", at=NOW + MINUTE, now=NOW + 2 * HOUR)
    assert send(complete, engineer, seen).signer == "Zhao Min"


def test_check_that_is_open_now_blocks_as_always(complete, engineer, agent, answer):
    seen = seen_of(complete)
    answer("dust", by=agent, at=NOW + MINUTE, now=NOW + 2 * HOUR)
    with pytest.raises(Illegal, match="1 check is still open: 3"):
        send(complete, engineer, seen)


def test_photo_words_list_and_lost_answer_are_differences_too(complete, engineer, answer, version, acme):
    seen = seen_of(complete)
    place = {"sheet": complete.sheets.get().pk, "item": "light"}
    upload = SimpleUploadedFile("a.png", drawn("x"), "image/png")
    services.add_photo(
        inspection=complete, id=uuid.uuid4(), upload=upload, by=Actor(engineer), at=NOW, now=NOW, **place
    )
    services.write_words(inspection=complete, words={"summary": "All well"}, by=Actor(engineer), now=NOW)
    with pytest.raises(Stale, match=r"4\. The light is green; summary\. "):
        send(complete, engineer, seen)
    lost = [SeenCheck(one.sheet, one.item, one.result, uuid.uuid4(), one.photos) for one in seen_of(complete).checks]
    with pytest.raises(Stale, match=r"1\. Air temperature; 2\. Humidity; 3\. No dust on the grilles; …"):
        send(complete, engineer, Seen(lost, {"summary": "All well"}))
    foreign = Seen([*seen_of(complete).checks, SeenCheck(1, "gone", "passed")], {"summary": "All\r\n"})
    with pytest.raises(Stale, match="a check that is not in this visit; summary"):
        send(complete, engineer, foreign)
    send(complete, engineer, seen_of(complete, summary=" All well\r\n"))


def test_route_of_the_phone_takes_it(client, complete, engineer, case, carol, storekeeper):
    seen = seen_of(complete)
    checks = [
        {"sheet": one.sheet, "item": one.item, "result": one.result, "entry": str(one.entry) if one.entry else None}
        for one in seen.checks
    ]
    body = {"id": str(KEY), "at": "2026-11-20T09:30:00Z", "manner": "absent", "reason": "Gate closed"}

    def post(saw, address=f"/inspections/visits/{case.reference}/signature/"):
        return client.post(address, json.dumps({**body, "saw": saw}), content_type="application/json")

    for person, status in ((carol, 404), (storekeeper, 403)):
        client.force_login(person)
        assert post({"checks": checks}).status_code == status
    client.force_login(engineer)
    for bad in ({}, {"checks": "all"}, {"checks": [{"sheet": "x"}]}, {"checks": [], "words": {"summary": 3}}, []):
        assert post(bad).status_code == 400
    assert post({"checks": checks[1:]}).status_code == 412
    assert post({"checks": checks}).json()["sign_off"]["owed"]
    again = post({"checks": checks}, f"/api/v1/inspections/{case.reference}/sign/")
    assert (again.status_code, again.json()["state"]["signed"]) == (200, True)


def test_page_that_a_phone_keeps_is_there_before_anything_is_answered(
    client, visit, engineer, case, alice, storekeeper
):
    where = f"/inspections/visits/{case.reference}/sign/kept/"
    client.force_login(engineer)
    page = client.get(where, {"lang": "th"}).content.decode()
    assert '<html lang="th"' in page
    assert "1. Air temperature" in page
    assert client.post(where).status_code == 405
    for person, status in ((alice, 404), (storekeeper, 403)):
        client.force_login(person)
        assert client.get(where).status_code == status


def test_page_that_a_phone_keeps_ends_with_the_signature(client, complete, engineer, case):
    finish(complete, engineer, NOW)
    client.force_login(engineer)
    assert client.get(f"/inspections/visits/{case.reference}/sign/kept/").status_code == 302
