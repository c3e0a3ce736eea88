"""The contract as stories: every sentence played on the shipped schemes, with results worked out by hand.

Each story is also told to the planner step by step, as the sweep does, and after an outage: the same must come out.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

import pytest

from sla.engine import Calendars, Clock, Event, Plan, Scheme, explain, plan, simulate
from sla.engine.shipped import shipped_documents
from sla.facts import LazyOverrides, calendars_for
from tests.sla.exam.telling import Tale, all_stories, seconds

STORIES = all_stories()
INSTANTS = {"due": "due_at", "stopped": "stopped_at", "started": "started_at", "begun": "begun_at", "warn": "warn_at"}
SPANS = {"elapsed": "elapsed_seconds", "remaining": "remaining_seconds", "over": "over_seconds"}
every_story = pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.source} {story.clause}")


class NoOverrides(LazyOverrides):
    """The published holidays as they are."""

    def of(self, country: str) -> tuple[()]:
        return ()


@cache
def scheme(code: str) -> Scheme:
    return Scheme.from_document(shipped_documents()[code])


def calendars(story: Tale) -> Calendars:
    instants = [story.now, *(event.at for event in story.events)]
    return calendars_for(story.place, instants, NoOverrides())


def told(story: Tale) -> tuple[list[Event], Plan]:
    """The log at the end, and how things stand."""
    if story.is_late:
        return as_it_came(story)
    played = simulate(scheme(story.scheme), calendars(story), story.case, story.events, story.now)
    return list(played.events), played.plan


def as_it_came(story: Tale) -> tuple[list[Event], Plan]:
    """Settled at every moment at which something falls due, and whenever something is written down."""
    log: list[Event] = []
    for moment in sorted(set(story.told_at)):
        if log:
            settle(story, log, moment - timedelta(microseconds=1))
        log += [event for event, at in zip(story.events, story.told_at, strict=True) if at == moment]
        settle(story, log, moment)
    return log, settle(story, log, story.now)


def settle(story: Tale, log: list[Event], until: datetime) -> Plan:
    """Steps from one timer to the next, up to `until`."""
    moment = max(event.at for event in log)
    while True:
        found = write_down(story, log, min(moment, until))
        if found.next_timer_at is None or found.next_timer_at > until:
            return found if moment >= until else write_down(story, log, until)
        moment = max(found.next_timer_at, moment)


def write_down(story: Tale, log: list[Event], now: datetime) -> Plan:
    """All that is due is appended until nothing is left to write."""
    for _ in range(200):
        found = plan(scheme(story.scheme), calendars(story), story.case, log, now)
        if not found.effects:
            return found
        log += [effect.as_event(len(log) + 100 + n) for n, effect in enumerate(found.effects)]
    raise AssertionError("the program never stops writing")


def clock_named(found: Plan, name: str) -> Clock | None:
    target, _, run = name.partition("/")
    return found.clock(target, int(run) if run else None)


def compared(story: Tale, clock: Clock, wanted: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What was wanted and what came, in the same words."""
    want, got = {}, {}
    for name, text in wanted.items():
        if name in INSTANTS:
            want[name], got[name] = story.as_shown(text), story.shown(getattr(clock, INSTANTS[name]))
        elif name in SPANS:
            want[name], got[name] = str(seconds(text)), str(getattr(clock, SPANS[name]))
        else:
            paused = "yes" if clock.is_paused else "no"
            want[name], got[name] = text, paused if name == "paused" else str(getattr(clock, name))
    return want, got


@every_story
def test_clocks_stand_as_the_contract_says(story: Tale) -> None:
    _log, found = told(story)
    for name, wanted in story.clocks:
        clock = clock_named(found, name)
        assert clock is not None, f"{name} is missing; there are {[c.key.replace(':', '/') for c in found.clocks]}"
        want, got = compared(story, clock, wanted)
        assert got == want, name
    assert [name for name in story.absent if clock_named(found, name)] == []
    if story.level is not None:
        assert found.level == story.level
    if story.next_due is not None:
        assert story.shown(found.next_due_at) == story.as_shown(story.next_due)


def written(story: Tale, log: Iterable[Event]) -> list[str]:
    """What the program wrote, as the stories put it."""
    lines = []
    for event in log:
        if event.automatic:
            more = f"{event.data['target']}/{event.data['run']}" if event.type.startswith("clock_") else ""
            more = event.data["level"] if event.type == "level_raised" else more
            lines.append(f"{story.shown(event.at)} {event.type} {more}".strip())
    return lines


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.program], ids=lambda story: f"{story.source} {story.clause}"
)
def test_the_program_writes_what_the_contract_says(story: Tale) -> None:
    log, _found = told(story)
    log.sort(key=lambda event: event.at)
    got = written(story, log)
    want = [_normal(story, line) for line in story.program if line not in ("...", "none")]
    if "..." in story.program:
        unlisted = iter(got)
        assert all(line in unlisted for line in want), got  # these lines in this order, among others
        return
    assert got == want


def _normal(story: Tale, line: str) -> str:
    words = line.split(" ")
    size = next(n for n, word in enumerate(words) if "_" in word)
    return " ".join([story.as_shown(" ".join(words[:size])), *words[size:]])


@pytest.mark.parametrize(
    "story", [story for story in STORIES if story.stretches], ids=lambda story: f"{story.source} {story.clause}"
)
def test_clocks_explain_themselves(story: Tale) -> None:
    _log, found = told(story)
    for name, wanted in story.stretches.items():
        clock = clock_named(found, name)
        assert clock is not None
        got = [
            f"{s.kind}{f' #{s.working_day}' if s.working_day else ''} {story.shown(s.start)} - {story.shown(s.end)}"
            for s in explain(found, clock)
        ]
        assert got == [_stretch(story, text) for text in wanted]


def _stretch(story: Tale, text: str) -> str:
    words = text.split(" ")
    size = 2 if words[1].startswith("#") else 1
    start, end = " ".join(words[size:]).split(" - ")
    return f"{' '.join(words[:size])} {story.as_shown(start)} - {story.as_shown(end)}"


@every_story
def test_every_explanation_holds_together(story: Tale) -> None:
    """Without gap from the start event to the due time, the stop or now; each stretch as long as the wall says."""
    _log, found = told(story)
    for clock in found.clocks:
        parts = explain(found, clock)
        borders = [clock.begun_at, *(part.end for part in parts)]
        assert [part.start for part in parts] == borders[:-1], clock.key
        assert all(part.seconds == (part.end - part.start).total_seconds() for part in parts)
        if clock.due_at is not None and clock.due_at >= clock.begun_at:
            assert borders[-1] >= clock.due_at
        if clock.state in ("met", "missed_stopped"):
            assert borders[-1] >= max(clock.due_at or clock.begun_at, clock.stopped_at or clock.begun_at)


def answers(found: Plan) -> list[object]:
    return [found.clocks, found.level, found.next_due_at, found.is_paused, found.is_crisis_open]


@pytest.mark.parametrize(
    "story", [story for story in STORIES if not story.is_late], ids=lambda story: f"{story.source} {story.clause}"
)
def test_an_outage_changes_nothing_but_overtaken_warnings(story: Tale) -> None:
    played, found = told(story)
    stepped, by_steps = as_it_came(story)
    assert answers(by_steps) == answers(found)
    assert sorted(written(story, stepped)) == sorted(written(story, played))
    afterwards = list(story.events)
    assert answers(write_down(story, afterwards, story.now)) == answers(found)
    serious = [line for line in written(story, played) if "clock_warned" not in line]
    assert sorted(line for line in written(story, afterwards) if "clock_warned" not in line) == sorted(serious)
