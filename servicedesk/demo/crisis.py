"""What the lead does once a crisis has opened by itself: an entry every hour, and its end soon after the repair."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from servicedesk.demo.steps import Step

ENDS = frozenset({"restored", "resolved", "closed", "cancelled"})
NOTES = (
    "Coordinator named; the maker is looking at the logs.",
    "Second path prepared, test in progress.",
    "Maker's expert has joined; no change for the customer yet.",
    "Customer informed by phone, next word in an hour.",
)


def answer(opened: Step, coming: Sequence[Step], until: datetime) -> Iterator[Step]:
    """`opened`: the crisis as a step; `coming`: what else happens in the case. Entries of its own are enough."""
    if any(step.data.get("type") == "crisis_entry" for step in coming):
        return
    over = min((step for step in coming if step.data.get("type") in ENDS), key=lambda step: step.at, default=None)
    end = over.at if over else until
    at, number = opened.at + timedelta(minutes=24), 0
    while at < end:
        yield _step(opened, at, "crisis_entry", NOTES[number % len(NOTES)])
        at, number = at + timedelta(minutes=48), number + 1
    if over is not None and over.data["type"] == "restored":
        yield _step(opened, over.at + timedelta(minutes=5), "crisis_closed", "It works again and is watched.")


def _step(opened: Step, at: datetime, type_: str, note: str) -> Step:
    return Step(at, opened.case, "event", "lead", {"type": type_, "note": note, "fields": {}})
