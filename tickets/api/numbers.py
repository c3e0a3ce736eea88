"""A ticket's number in addresses and bodies: SD-20418, in either case; anything else is no ticket."""

import re

_NUMBER = re.compile(r"[sS][dD]-([0-9]{1,18})", re.ASCII)


def parse(text: str) -> int | None:
    """The number, None when the text is none."""
    match = _NUMBER.fullmatch(text)
    return int(match[1]) if match else None


class TicketNumber:
    """For addresses."""

    regex = "[sS][dD]-[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value[3:])

    def to_url(self, value: int) -> str:
        return f"SD-{value}"
