"""Mails speak the reader's language, down to the last sentence of what we say ourselves."""

from datetime import timedelta

import pytest
from django.utils import translation

from notifications import wording
from notifications.models import Delivery
from notifications.rules import KINDS
from tests import english
from tests.notifications.conftest import NOW
from tickets import services

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
