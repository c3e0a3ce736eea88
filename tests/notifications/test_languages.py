"""Mails speak the reader's language, down to the last sentence of what we say ourselves."""

import re

import pytest
from django.utils import translation

from notifications import wording
from notifications.models import Delivery
from notifications.rules import KINDS
from tests.notifications.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "th"])
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
        ours = letter.body.replace(case.title, "").split("-- ")[0]
        ours = re.sub(r"http\S+|SD-\d+|CST|Running at risk|Acme|acme-hq", "", ours)
        assert not re.search(r"[A-Za-z]{3,}", ours), letter.body


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "th"])
def test_every_sentence_behind_the_bell_is_translated(language):
    for words in (*wording.SENTENCES.values(), *wording.HEADINGS.values()):
        with translation.override("en"):
            english = str(words)
        with translation.override(language):
            assert str(words) != english
