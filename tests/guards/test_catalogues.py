"""The catalogues in `locale/`: compiled from their sources, without doubt, with the placeholders of the English."""

import pytest
from django.utils import translation

from tools import messages


@pytest.mark.parametrize("locale", messages.LANGUAGES)
def test_no_reader_gets_a_broken_sentence(locale):
    """`python tools/messages.py update` mends a stale .mo."""
    assert list(messages.faults(locale)) == []


@pytest.mark.parametrize("locale", messages.LANGUAGES)
def test_what_customers_read_is_translated(locale):
    """`python tools/messages.py update` brings new messages into the catalogues; then they are to be translated."""
    missing = messages.missing(locale, messages.collected())
    assert [message.id for message in missing if messages.is_for_customers(message)] == []


@pytest.mark.parametrize("locale", messages.LANGUAGES)
def test_the_head_says_that_a_native_check_is_still_due(locale):
    assert "Native check still due" in messages.path_of(locale).read_text(encoding="utf-8").splitlines()[0]


def test_messages_of_templates_are_read_as_the_page_asks_for_them():
    found = messages.collected()
    assert found.get(("%(n)s contract", "%(n)s contracts"))  # blocktranslate with a count
    assert found.get("%(percent)s%% of the time is used, %(left)s left.")  # trimmed, with a per cent sign
    assert found.get("%(first)s, %(next)s", context="list")


@pytest.mark.parametrize("locale", messages.LANGUAGES)
def test_a_count_that_is_not_translated_is_right_in_english(locale):
    counts = [message for message in messages.messages(messages.read(locale)) if message.pluralizable]
    untranslated = [message.id for message in counts if not any(message.string) and not message.context]
    with translation.override(messages.LANGUAGES[locale]):
        assert [many for one, many in untranslated if translation.ngettext(one, many, 5) != many] == []
