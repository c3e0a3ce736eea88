"""What an answer to a check means: readings against limits and against last time, overruling, what is still missing."""

from decimal import Decimal

import pytest

from inspections.checklists import Answer, Result, judge, read

PASSED, FAILED, NA, OPEN = Result.PASSED, Result.FAILED, Result.NOT_APPLICABLE, Result.OPEN


def item(**entries):
    one = {"code": "one", "text": "One", **entries}
    return read({"code": "x", "name": "X", "sections": [{"code": "a", "title": "A", "items": [one]}]}).item("one")


TEMPERATURE = {"kind": "reading", "unit": "°C", "low": 18, "high": 27}


@pytest.mark.parametrize(
    ("value", "result", "excess"),
    [
        ("27", PASSED, None),
        ("27.1", FAILED, "0.1"),
        ("31.5", FAILED, "4.5"),
        ("18", PASSED, None),
        ("17", FAILED, "-1"),
    ],
)
def test_reading_says_by_how_much_it_lies_outside(value, result, excess):
    found = judge(item(**TEMPERATURE), Answer(reading=Decimal(value)))
    assert (found.result, found.excess) == (result, None if excess is None else Decimal(excess))


@pytest.mark.parametrize(
    ("limits", "last", "value", "result"),
    [
        ({"change": 10}, "70", "80", PASSED),
        ({"change": 10}, "70", "81", FAILED),
        ({"change": 10}, "70", "59", FAILED),
        ({"change_percent": 50}, "40", "60", PASSED),
        ({"change_percent": 50}, "40", "61", FAILED),
        ({"change_percent": 50}, "-40", "-61", FAILED),
        ({"change": 1, "change_percent": 50}, "40", "42", FAILED),
        ({"change": 10}, None, "99", PASSED),
    ],
)
def test_reading_is_held_against_last_time(limits, last, value, result):
    one = item(kind="reading", unit="%", **limits)
    assert judge(one, Answer(reading=Decimal(value)), None if last is None else Decimal(last)).result == result


def test_fixed_limit_counts_before_the_last_reading():
    found = judge(item(kind="reading", unit="%", high=80, change=5), Answer(reading=Decimal(90)), Decimal(70))
    assert (found.limit, found.excess) == (Decimal(80), Decimal(10))


def test_overruling_needs_a_reason_and_keeps_what_was_measured():
    one = item(**TEMPERATURE)
    without = judge(one, Answer(result=PASSED, reading=Decimal("31.5")))
    assert (without.result, without.is_overruled, without.lacks) == (PASSED, True, ("reason",))
    assert without.excess == Decimal("4.5")
    assert judge(one, Answer(result=PASSED, reading=Decimal("31.5"), reason="Door was open")).lacks == ()


def test_good_reading_may_be_called_a_failure_with_a_reason():
    found = judge(item(**TEMPERATURE), Answer(result=FAILED, reading=Decimal(20), reason="Sensor is loose"))
    assert (found.result, found.lacks) == (FAILED, ())


def test_reading_that_cannot_be_taken_is_not_applicable():
    assert judge(item(**TEMPERATURE), Answer(result=NA)).lacks == ()


def test_mandatory_check_without_an_answer_blocks_the_sign_off():
    assert judge(item(), Answer()).blocks_sign_off
    assert not judge(item(mandatory=False), Answer()).blocks_sign_off
    assert not judge(item(), Answer(result=PASSED)).blocks_sign_off


def test_option_decides_by_itself():
    options = [{"code": "good", "text": "Good"}, {"code": "poor", "text": "Poor", "failure": True}]
    one = item(kind="choice", options=options)
    assert judge(one, Answer(choice="poor")).result == FAILED
    assert judge(one, Answer(choice="good")).result == PASSED
    assert judge(one, Answer(choice="gone")).result == OPEN


def test_failure_that_wants_a_picture_says_so():
    one = item(photo="on-failure")
    assert judge(one, Answer(result=FAILED)).lacks == ("photo",)
    assert judge(one, Answer(result=FAILED, photos=1)).lacks == ()
    assert judge(one, Answer(result=PASSED)).lacks == ()


def test_picture_is_an_answer_where_one_is_asked_for():
    one = item(kind="photo", mandatory=True)
    assert judge(one, Answer()).lacks == ("answer",)
    assert judge(one, Answer(photos=1)).result == PASSED


def test_text_is_an_answer_where_one_is_asked_for():
    assert judge(item(kind="text", mandatory=True), Answer(text="  ")).lacks == ("answer",)
    assert judge(item(kind="text", mandatory=True), Answer(text="None")).lacks == ()
