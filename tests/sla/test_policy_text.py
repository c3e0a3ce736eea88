"""The seven schemes in words: what a customer reads must be what the engine counts."""

import pytest

from sla import policy_text
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents

SCHEMES = {code: Scheme.from_document(document) for code, document in shipped_documents().items()}


def sentence(scheme, target, level, position=0):
    found = [entry for entry in SCHEMES[scheme].targets if entry.code == target][position]
    return policy_text.cell(found, level).sentence


@pytest.mark.parametrize(
    ("scheme", "target", "level", "words"),
    [
        ("power", "respond", "D", "at once (within 5 minutes), counted around the clock"),
        ("power", "upgrade", "A", "within 1 month"),
        ("infrastructure", "restore", "2", "within 4 hours, counted around the clock"),
        ("infrastructure", "fault_report", "4", "within 1 working day"),
        ("teleconference", "arrive", "3", "within the travel time to your site and 1 hour, counted around the clock"),
        ("general", "respond", "normal", "within 24 hours, counted around the clock"),
        ("telecom", "change_delivery", "minor", "by the agreed date"),
        ("telecom", "inspection_notice", "minor", "at least 15 working days before the planned day"),
        ("software", "resolve", "A", "within 12 hours, starting in working hours, counted around the clock"),
        ("hardware", "reply", "B", "within 1 hour, counted on working days, day and night"),
        ("hardware", "arrive", "C", "within 72 hours, starting in working hours, counted around the clock"),
    ],
)
def test_promises_in_words(scheme, target, level, words):
    assert sentence(scheme, target, level) == words


def test_a_near_site_is_named():
    words = sentence("hardware", "arrive", "A")
    assert words.startswith("within 1 hour for sites up to 60 minutes away, else within the travel time")


def test_no_promise_is_no_words():
    assert sentence("power", "restore", "C") == ""


def test_a_condition_is_said():
    by_mail = SCHEMES["infrastructure"].targets[0]
    assert policy_text.condition(by_mail.condition, {"fault", "question", "complaint"}) == (
        "when the report comes by e-mail"
    )


@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_every_scheme_can_be_read_to_the_end(code):
    scheme = SCHEMES[code]
    said = [policy_text.moves(target) for target in scheme.targets]
    said += [words for target in scheme.targets for words in policy_text.extras(target)]
    said += [policy_text.consequence(entry, scheme) for entry in scheme.consequences]
    said += [policy_text.ladder_step(step) for step in scheme.ladder] + policy_text.raises(scheme)
    assert all(said)
    assert not [words for words in said if "_" in words]


def test_kinds_without_promises_are_named():
    kinds = ["fault", "question", "complaint", "change", "inspection"]
    assert policy_text.not_promised(SCHEMES["power"], kinds) == (
        "This scheme promises no times for change requests or inspections."
    )
    assert policy_text.not_promised(SCHEMES["telecom"], kinds) == ""


def test_who_restarts_and_who_keeps_is_said():
    assert "count from that moment" in policy_text.raises(SCHEMES["software"])[-1]
    assert "no running time becomes longer" in policy_text.raises(SCHEMES["hardware"])[-1]
    assert "“Restore” is missed" in policy_text.raises(SCHEMES["infrastructure"])[0]


def test_what_is_promised_a_year_is_said_kind_by_kind():
    assert policy_text.a_year(SCHEMES["teleconference"]) == ["1 inspection", "4 event assurances", "1 training"]
    assert policy_text.a_year(SCHEMES["power"]) == []
