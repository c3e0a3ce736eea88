"""Signing: only what is complete, once, for exactly what was shown; later where nobody was there."""

import json
import threading
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, NotVisible, Stale
from inspections import facts, services
from inspections.models import Answer, Finding, SignOff
from inspections.services import Signature
from servicedesk.demo.pictures import photo as drawn
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import finish
from tickets.models import Reply, Ticket, TicketEvent

pytestmark = pytest.mark.django_db
STROKES = [[[0.1, 0.5], [0.2, 0.4], [0.3, 0.6]]]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def done(case):
    return TicketEvent.objects.filter(ticket=case, type="visit_done").count()


def test_open_check_blocks_the_sign_off_and_is_named(visit, engineer, case):
    with pytest.raises(Illegal, match=r"6 checks are still open, such as: 1\. Air temperature"):
        finish(visit, engineer)
    assert not done(case)


def test_signing_ends_the_visit_and_starts_the_clock_of_the_report(complete, engineer, answer, case):
    made = finish(complete, engineer, manner="drawn", strokes=STROKES, language="zh-hans")
    assert (made.signer, made.strokes, made.language) == ("Zhao Min", STROKES, "zh-hans")
    assert done(case) == 1
    late = answer("dust", result="failed", at=NOW + DAY, now=NOW + DAY)
    assert not late.is_kept
    assert "is signed" in late.error
    for act in (
        finish,
        lambda row, by: services.write_words(inspection=row, words={"summary": "x"}, by=Actor(by), now=NOW),
    ):
        with pytest.raises(Illegal):
            act(complete, engineer)
    assert done(case) == 1


def test_visit_that_the_office_wrote_down_by_hand_is_done_once(complete, engineer, case, agent):
    services.visits.tickets.record(ticket=case, type="visit_done", by=Actor(agent), at=NOW, now=NOW)
    finish(complete, engineer)
    assert done(case) == 1


def test_answer_that_came_in_meanwhile_is_looked_at_first(complete, engineer, answer):
    seen = services.digest_of(services.shown_of(facts.load(complete)))
    answer("temp", reading="26", at=NOW + timedelta(minutes=1), now=NOW + timedelta(minutes=1))
    with pytest.raises(Stale):
        services.finish(
            inspection=complete, signature=Signature("typed", "Zhao"), by=Actor(engineer), now=NOW, seen=seen
        )


@pytest.mark.parametrize(
    ("signature", "field"),
    [
        (Signature("typed", "  "), "signer"),
        (Signature("typed", "x" * 151), "signer"),
        (Signature("drawn", "Zhao", []), "strokes"),
        (Signature("drawn", "Zhao", [[[0, 0]]]), "strokes"),
        (Signature("drawn", "Zhao", [[[0, 2], [0, 1]]]), "strokes"),
        (Signature("drawn", "Zhao", [[["a", 1], [0, 1]]]), "strokes"),
        (Signature("drawn", "Zhao", [[[0, 0]] * 4001]), "strokes"),
        (Signature("absent", "Zhao"), "reason"),
        (Signature("waved", "Zhao"), "manner"),
    ],
)
def test_signature_that_is_none_is_refused_beside_its_field(complete, engineer, signature, field):
    with pytest.raises(Invalid) as refused:
        services.finish(inspection=complete, signature=signature, by=Actor(engineer), now=NOW)
    assert set(refused.value.errors) == {field}
    assert not SignOff.objects.exists()


@pytest.mark.parametrize("what", ["answer", "finding", "photo", "summary", "record"])
def test_change_in_the_database_after_signing_is_shown(client, complete, engineer, answer, case, what):
    answer("temp", reading="31", finding="Tile", at=NOW, outcome="watch")
    place = {"sheet": complete.sheets.get().pk, "item": "temp"}
    upload = SimpleUploadedFile("a.png", drawn("x"), "image/png")
    photo = services.add_photo(
        inspection=complete, id=uuid.uuid4(), upload=upload, by=Actor(engineer), at=NOW, now=NOW, **place
    )
    made = finish(complete, engineer)
    client.force_login(engineer)
    where = f"/inspections/visits/{case.reference}/"
    assert "What was signed is unchanged" in client.get(where).content.decode()
    if what == "answer":
        row = Answer.objects.get(item="temp")
        row.entry = Answer.objects.get(item="hum").entry
        Answer.objects.filter(item="hum").delete()
        row.save()
    elif what == "finding":
        Finding.objects.update(text="Nothing")
    elif what == "photo":
        type(photo).objects.update(sha256="0" * 64)
    elif what == "summary":
        type(complete).objects.update(summary="All well")
    else:
        SignOff.objects.update(shown={**made.shown, "advice": "x"})
    page = client.get(where).content.decode()
    assert "not what was signed any more" in page


@pytest.mark.django_db(transaction=True)
def test_two_signatures_at_once_are_one(complete, engineer, agent, case):
    together, refused = threading.Barrier(2), []

    def work(person):
        together.wait(10)
        try:
            finish(complete, person)
        except Illegal as error:
            refused.append(error)
        connection.close()

    threads = [threading.Thread(target=work, args=[person]) for person in (engineer, agent)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (SignOff.objects.count(), done(case), len(refused)) == (1, 1, 1)


def test_nobody_there_leaves_the_signature_to_the_customer_of_the_site(
    client, complete, engineer, case, alice, bob, carol
):
    finish(complete, engineer, manner="absent", signer="", reason="Gate was closed")
    assert "sign it there" in Reply.objects.get(ticket=case).body
    where = f"/portal/{case.reference}/sign/"
    for person in (bob, carol):
        client.force_login(person)
        assert client.get(where).status_code == 404
    client.force_login(alice)
    assert 'href="sign/"' in client.get(f"/portal/{case.reference}/").content.decode()
    assert "5 passed, 0 failed, 1 not applicable" in client.get(where).content.decode()
    assert client.post(where, {"signer": "Alice"}).status_code == 400
    client.post(where, {"signer": "Alice", "strokes": json.dumps(STROKES)})
    made = SignOff.objects.get()
    assert (made.manner, made.signer, made.reason, made.later_by) == ("drawn", "Alice", "Gate was closed", alice)
    assert client.get(where).status_code == 302
    assert done(case) == 1
    assert services.is_intact(facts.load(facts.of_ticket(case)))


def test_customer_finds_no_page_to_sign_before_the_visit_is_finished(client, complete, case, alice, engineer):
    client.force_login(alice)
    assert client.get(f"/portal/{case.reference}/sign/").status_code == 404
    with pytest.raises(NotVisible):
        services.sign_later(inspection=complete, signature=Signature("typed", "A"), by=Actor(alice), now=NOW)
    finish(complete, engineer)
    with pytest.raises(Illegal):
        services.sign_later(inspection=complete, signature=Signature("typed", "A"), by=Actor(alice), now=NOW)
    with pytest.raises(Forbidden):
        services.sign_later(inspection=complete, signature=Signature("typed", "A"), by=Actor(engineer), now=NOW)


def test_page_is_turned_to_the_language_of_who_signs(client, complete, engineer, case):
    client.force_login(engineer)
    where = f"/inspections/visits/{case.reference}/sign/"
    page = client.get(where, {"lang": "th"}).content.decode()
    assert '<html lang="th"' in page
    assert "5 passed" not in page
    assert client.post(where + "?lang=th", {"signer": "", "typed": "on"}).status_code == 400
    client.post(where + "?lang=th", {"signer": "Somchai", "typed": "on", "act": "sign"})
    assert SignOff.objects.get().language == "th"
    assert client.get(where).status_code == 302


@pytest.mark.parametrize(("language", "sentence"), [("en", "limit 27. "), ("zh-hant", "限值 27。")])
def test_what_was_found_ends_with_the_full_stop_of_the_language(
    client, complete, answer, engineer, case, language, sentence
):
    answer("temp", reading="31.5", finding="The tile is blocked", outcome="cured")
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{case.reference}/sign/?lang={language}").content.decode()
    assert sentence in page


def test_next_visit_asks_whether_it_was_really_cured(complete, answer, engineer, report, acme, version):
    answer("temp", reading="31", finding="Tile blocked", outcome="watch")
    answer("hum", reading="10", outcome="cured")
    finish(complete, engineer)
    later = NOW + 30 * DAY
    case = report(kind="inspection", equipment=acme.unit, at=later, now=later)
    row = services.begin(ticket=case, version=version, by=Actor(engineer), now=later)
    first = facts.load(row).asked[0]
    assert first.item.text == "Was it really cured? 1. Air temperature"
    assert first.judgement.blocks_sign_off
    assert str(facts.load(row).checks[row.sheets.get().pk, "temp"].last) == "31"

    def say(**values):
        entry = services.Entry(uuid.uuid4(), row.sheets.get().pk, first.item.code, later, values)
        return services.take(inspection=row, entries=[entry], by=Actor(engineer), now=later)[0][0]

    assert not say(result="not-applicable").is_kept
    say(result="failed", finding="Blocked again", outcome="ticket")
    again = Finding.objects.get(sheet__inspection=row)
    assert again.follows == Finding.objects.get(sheet__inspection=complete, item="temp")
    assert Ticket.objects.get(finding=again).title == "1. Air temperature"


@pytest.fixture
def answered_twice(complete, answer, agent):
    """The engineer's phone said 24.8, the agent's 26 a minute later, without having seen it."""
    answer("temp", reading="26", by=agent, at=NOW + timedelta(minutes=1), now=NOW + timedelta(minutes=1))
    return complete


def test_who_signs_is_warned_of_what_was_answered_twice_and_not_held_up(client, answered_twice, engineer, case):
    client.force_login(engineer)
    where = f"/inspections/visits/{case.reference}/sign/"
    page = client.get(where).content.decode()
    assert "Answered twice, and not the same" in page
    assert page.index("26\N{NO-BREAK SPACE}°C") < page.index("24.8\N{NO-BREAK SPACE}°C")
    seen = services.digest_of(services.shown_of(facts.load(answered_twice)))
    assert client.post(where, {"signer": "Zhao Min", "typed": "on", "seen": seen, "act": "sign"}).status_code == 302
    assert SignOff.objects.get().shown["sheets"][0]["checks"][0]["reading"] == "26"


def test_a_phone_is_told_what_was_answered_twice(client, answered_twice, engineer, case):
    client.force_login(engineer)
    items = client.get(f"/inspections/visits/{case.reference}/state/").json()["sheets"][0]["items"]
    assert [name for name, item in items.items() if item["answered_twice"]] == ["temp"]


def test_desk_sees_it_on_the_report_and_settles_it_there(client, answered_twice, engineer, agent, case):
    finish(answered_twice, engineer)
    where = f"/inspections/visits/{case.reference}/"
    client.force_login(engineer)
    page = client.get(f"{where}report/").content.decode()
    assert "The desk settles it." in page
    assert "Leave it so" not in page
    client.force_login(agent)
    page = client.get(f"{where}report/").content.decode()
    assert "Leave it so" in page
    assert "Take this one" not in page  # what was signed stays
    row = Answer.objects.get(item="temp")
    form = {"sheet": row.sheet_id, "item": "temp", "keep": str(row.entry_id), "from": "report"}
    assert client.post(f"{where}clashes/", form).headers["Location"] == f"{where}report/#visit-clashes"
    assert "Answered twice" not in client.get(f"{where}report/").content.decode()


def test_office_settles_what_two_phones_answered_differently(client, visit, answer, agent, engineer, case):
    answer("temp", reading="25")
    answer("temp", reading="26", by=agent, at=NOW + timedelta(minutes=1), now=NOW + timedelta(minutes=1))
    where = f"/inspections/visits/{case.reference}/"
    client.force_login(engineer)
    assert "Answered twice" not in client.get(where).content.decode()
    row = Answer.objects.get()
    form = {"sheet": row.sheet_id, "item": "temp", "keep": str(row.other_id)}
    assert client.post(where + "clashes/", form).status_code == 403
    client.force_login(agent)
    page = client.get(where).content.decode()
    assert "Answered twice" in page
    assert "25\N{NO-BREAK SPACE}°C" in page
    client.post(where + "clashes/", form)
    row.refresh_from_db()
    assert (row.other, row.entry.answer["reading"], row.entry.author) == (None, "25", agent)
    assert client.post(where + "clashes/", form).status_code == 404
