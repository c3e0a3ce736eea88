"""A story told step by step: what people do in it, and what the program does when they do not. Text only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from servicedesk.screens.policy import telling
from sla.engine import Event, Scheme
from sla.words import target_label
from tickets.event_types import TYPES

TONES = {"clock_warned": "risk", "clock_missed": "breach", "level_raised": "breach", "crisis_opened": "breach"}
# Time itself does these: nobody asks whether a person did.
OF_TIME = frozenset({"clock_warned", "clock_missed"})


@dataclass(frozen=True)
class Step:
    """A line of the story. `is_automatic`: the program does what a person could have done; `called`: who is told."""

    at: datetime
    words: str
    is_automatic: bool
    tone: str = ""
    called: str = ""


def told(events: Sequence[Event], scheme: Scheme) -> list[Step]:
    return [_step(event, scheme) for event in events]


def _step(event: Event, scheme: Scheme) -> Step:
    called = telling.called(scheme, str(event.data.get("level") or "")) if event.type in OF_TIME else ""
    is_automatic = event.automatic and event.type not in OF_TIME
    at = event.at.replace(microsecond=0)
    return Step(at, _words(event, scheme), is_automatic, TONES.get(event.type, ""), called)


def _words(event: Event, scheme: Scheme) -> str:
    label = str(TYPES[event.type].label) if event.type in TYPES else event.type
    target, level = str(event.data.get("target", "")), event.data.get("level")
    facts: Mapping[str, object] = {"target": target_label(target, scheme.code), "level": level, "event": label}
    if event.type == "clock_warned":
        share = next((one.warn_percent for one in scheme.targets if one.code == target), 75)
        return _("%(target)s: %(share)d%% of the time is used up") % {**facts, "share": share}
    if event.type == "clock_missed":
        return _("%(target)s is late") % facts
    if level and event.type == "level_raised":
        return _("Raised to level %(level)s") % facts
    if level and event.type == "level_confirmed":
        return _("Level %(level)s confirmed") % facts
    return _("%(event)s, level %(level)s") % facts if level and event.type == "received" else label
