"""Why a piece of work is covered: said with the last day that counts, kept in English, read in one's own language."""

from datetime import date

import pytest
from django.utils.translation import override

from customers import coverage
from servicedesk import wording

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)
AFTER = date(2026, 12, 1)


def decided(acme, on):
    return coverage.decide(organisation=acme.organisation, site=acme.hq, equipment=acme.unit, category="", on=on)


@pytest.fixture
def ending(acme):
    """The contract's first day without cover is the first of December; the unit has no warranty."""
    acme.contract.ends_on = AFTER
    acme.contract.save()
    acme.unit.accepted_on = None
    return acme


def test_a_contract_is_said_to_last_until_the_last_day_it_covers(ending):
    found = decided(ending, LAST)
    assert found.status == "covered"
    assert found.reason == f"Contract {ending.contract.number}, until 2026-11-30."


def test_a_contract_ended_on_the_last_day_it_covered(ending):
    found = decided(ending, AFTER)
    assert found.status == "lapsed"
    assert found.reason == f"Contract {ending.contract.number} ended on 2026-11-30."


def test_a_warranty_is_said_to_last_until_its_last_day(ending):
    ending.contract.delete()
    ending.unit.accepted_on, ending.unit.warranty_months = date(2025, 12, 1), 12
    assert decided(ending, LAST).reason == "No contract, but in warranty until 2026-11-30."


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "th"])
def test_the_reason_is_kept_in_english_whoever_writes(ending, language):
    with override(language):
        assert decided(ending, LAST).reason == f"Contract {ending.contract.number}, until 2026-11-30."


def test_the_day_is_read_in_the_language_of_the_reader(ending):
    reason = decided(ending, LAST).reason
    with override("en"):
        assert "until Mon 30 Nov 2026." in coverage.reason_words(reason, wording.date_of)
    with override("th"):
        assert "30 พ.ย. 2569" in coverage.reason_words(reason, wording.date_of)


def test_every_reason_is_found_again():
    for pattern in coverage.REASONS:
        reason = pattern % {"number": "C-1, until", "day": LAST}
        assert "30 Nov 2026" in coverage.reason_words(reason, wording.date_of) or "%(day)s" not in pattern


def test_a_reason_of_another_time_is_shown_as_it_was_kept():
    assert coverage.reason_words("合同 C-1", wording.date_of) == "合同 C-1"
