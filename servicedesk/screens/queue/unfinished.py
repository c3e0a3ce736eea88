"""What a press of the toolbar left undone: the tickets stay chosen and what was typed stays typed, on the next list.

Kept in the session and drawn once. Writes nothing else.
"""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from servicedesk.screens.ticket_case import REFERENCE

KEY = "bulk_unfinished"
FIELDS = ("assignee", "level", "note", "status", "status_note", "body", "tags", "into")


def keep(request: HttpRequest, chosen: Sequence[str]) -> None:
    """`chosen`: numbers or references of tickets. The menu of the press lies open then: it is to be tried again."""
    numbers = [int(match[1]) for match in map(REFERENCE.fullmatch, chosen) if match]
    typed = {name: request.POST[name].replace("\x00", "") for name in FIELDS if request.POST.get(name)}
    request.session[KEY] = {"chosen": numbers, "typed": typed, "opened": request.POST.get("do", "")}


def take(request: HttpRequest) -> dict[str, Any]:
    return request.session.pop(KEY, {}) if KEY in request.session else {}
