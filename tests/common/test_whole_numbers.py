"""Numbers that anybody may have typed into an address."""

import pytest

from common.whole_numbers import COUNT_DIGITS, whole_number


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("20465", 20_465), ("9" * 18, 10**18 - 1)])
def test_digits_are_a_number(text: str, number: int) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize("text", ["", " 7", "-7", "+7", "7.0", "1_000", "²", "๗", "七", "9" * 19, "9" * 5000])
def test_nothing_else_is(text: str) -> None:
    assert whole_number(text) is None


def test_a_count_is_shorter_than_a_key() -> None:
    assert whole_number("9" * COUNT_DIGITS, digits=COUNT_DIGITS) == 999_999_999
    assert whole_number("1" + "0" * COUNT_DIGITS, digits=COUNT_DIGITS) is None
