"""Mails speak the reader's language, down to the last sentence of what we say ourselves."""

import re
from datetime import timedelta

import pytest
from django.utils import translation

from notifications import wording
from notifications.models import Delivery
from notifications.reports.letters import compose
from notifications.rules import KINDS, RULES
from tests import english
from tests.notifications.conftest import NOW
from tickets import services
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
LANGUAGES = ("zh-hans", "zh-hant", "th")
CAST = ("Acme", "acme-hq", "Alice", "Server does not start")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_english_is_left_in_what_we_say(case, alice, run_outbox, language):
    alice.language = language
    alice.save()
    Delivery.objects.all().delete()
    for number, kind in enumerate(sorted(KINDS - {"new_ticket", "level_set"})):
        values = {"kind": kind, "key": str(number), "next_attempt_at": NOW, "created_at": NOW}
        Delivery.objects.create(user=alice, ticket=case, event=case.events.first(), **values)
    letters = run_outbox(NOW)
    assert len(letters) == len(KINDS) - 2
    for letter in letters:
        assert english.left(f"{letter.subject}\n{letter.body}", CAST) == [], letter.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["password_reset", "unknown_account"])
def test_no_english_is_left_in_mails_about_the_account(alice, run_outbox, language, kind):
    alice.language = language
    alice.save()
    goes_to = {"address": "nobody@example.com"} if kind == "unknown_account" else {"user": alice}
    values = {"key": "1", "next_attempt_at": NOW, "created_at": NOW, "language": language}
    Delivery.objects.create(kind=kind, **goes_to, **values)
    (letter,) = run_outbox(NOW)
    assert english.left(f"{letter.subject}\n{letter.body}") == [], letter.body


@pytest.mark.parametrize(
    ("language", "day"),
    [("zh-hans", "2026年11月20日（周五）"), ("zh-hant", "2026年11月20日（五）"), ("th", "ศ. 20 พ.ย. 2569")],
)
def test_promises_are_dated_as_the_reader_writes_dates(report, alice, run_outbox, language, day):
    alice.language = language
    alice.save()
    at = NOW - timedelta(hours=1)
    report(by=alice, at=at, now=at, reporter=alice, level="1")
    (letter,) = [mail for mail in run_outbox(NOW) if alice.email in mail.to]
    assert day in letter.body


@pytest.mark.parametrize(
    ("page", "text", "written"), [("th", "en", "th"), ("", "zh-Hant", "zh-hant"), ("", "fr", "en"), ("xx", "", "en")]
)
def test_a_guest_is_written_to_in_the_language_of_the_page_he_used(report, page, text, written):
    contact = services.Contact(name="Greta", email="greta@example.com", language=page)
    ticket = report(contact=contact, language=text, site=None, organisation=None)
    assert Delivery.objects.get(ticket=ticket, address="greta@example.com").language == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_behind_the_bell_is_translated(language):
    for words in (*wording.SENTENCES.values(), *wording.HEADINGS.values()):
        with translation.override("en"):
            sentence = str(words)
        with translation.override(language):
            assert str(words) != sentence


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_no_subject_has_a_full_stop_or_a_question_mark_before_its_colon(case, alice, language):
    alice.language = language
    alice.save()
    now, values = {"occurred_at": NOW, "recorded_at": NOW}, {"next_attempt_at": NOW, "created_at": NOW}
    told = {(rule.kind, type_) for type_, rules in RULES.items() for rule in rules if rule.has_mail}
    subjects = []
    for number, (kind, type_) in enumerate(sorted(told)):
        data = {"target": "respond", "run": 1, "level": "3", "begins_on": "2026-12-01", "last_on": "2026-12-02"}
        event = TicketEvent.objects.create(ticket=case, seq=100 + number, type=type_, data=data, **now)
        delivery = Delivery(user=alice, ticket=case, event=event, kind=kind, key=str(number), **values)
        subjects.append(compose(delivery, NOW).subject)
    assert [subject for subject in subjects if re.search(r"[.。?？!！]\s*[:：]|[.。]\s", subject)] == []
    assert len(set(subjects)) > 20
