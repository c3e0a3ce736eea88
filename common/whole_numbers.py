"""Whole numbers from outside: an address, a form, a cookie, a header.

The only place that decides what such a number is; `int` accepts more than the database and the links do.
"""

KEY_DIGITS = 18  # of a row's key or a ticket's number: the longest that fits every bigint
COUNT_DIGITS = 9  # of a place in a log or a version: the longest that fits every integer


def whole_number(text: str, *, digits: int = KEY_DIGITS) -> int | None:
    """The number that is written there, from 0 to 10**digits - 1; None for anything else.

    Only 0-9 count: no sign, no space, no digit of another script. Longer ones are nobody's: they overflow a column,
    and from 4,300 digits on `int` itself refuses.
    """
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None
