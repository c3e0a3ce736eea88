"""What a press of the toolbar left undone: the tickets stay chosen and what was typed stays typed, on the next list.

Kept in the session and drawn once. Writes nothing else.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from tickets.numbers import number_in

KEY = "bulk_unfinished"
FIELDS = (
    "assignee", "level", "level_message", "note", "status", "status_message", "status_note", "body", "tags", "into",
)  # fmt: skip


def keep(request: HttpRequest, chosen: Sequence[str], errors: Mapping[str, Sequence[str]] | None = None) -> None:
    """`chosen`: numbers or references of tickets; `errors`: by field, what was wrong with what was typed. The menu of
    the press lies open then: it is to be tried again.
    """
    numbers = [number for number in map(number_in, chosen) if number is not None]
    typed = {name: request.POST[name].replace("\x00", "") for name in FIELDS if request.POST.get(name)}
    told = {"chosen": numbers, "typed": typed, "opened": request.POST.get("do", "")}
    request.session[KEY] = told | {"errors": {name: [*sentences] for name, sentences in (errors or {}).items()}}


def take(request: HttpRequest) -> dict[str, Any]:
    return request.session.pop(KEY, {}) if KEY in request.session else {}
