"""What is on the desk right now, so that every group of the queue has something in it: late, soon, today, tomorrow,
paused, unassigned, triage. Pure; instants are minutes before and after `now`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from servicedesk.demo import stories
from servicedesk.demo.cases import SEED, Case, draw
from servicedesk.demo.steps import Notebook, Step

HOUR, DAY = 60, 1440
Moment = tuple[float, str]


@dataclass(frozen=True)
class Live:
    """`ago`: minutes since the report; `moments`: what happened since, minutes after it. `site` picks the place."""

    scheme: str
    story: int
    level: str
    ago: float
    moments: tuple[Moment, ...] = ()
    site: str = ""
    channel: str = ""
    owner: str = "agent"
    reporter: str | None = None


LIVE = (
    # past due
    Live("power", 8, "A", 85, ((0.5, "mine"), (3, "reply"), (12, "diagnosed"), (14, "note")), "borealis-1", "phone"),
    Live("teleconference", 0, "1", 68, (), "delta-1", "phone"),
    Live("hardware", 0, "A", 11, (), "cathay-1", "phone"),
    Live("infrastructure", 10, "4", 44, (), "acme-hq", "portal"),
    Live("general", 3, "normal", 24.6 * HOUR, ((60, "mine"),), "acme-plant", "email", "agent2"),
    # within the hour
    Live("infrastructure", 0, "2", 3.4 * HOUR, ((2, "mine"), (9, "reply"), (20, "note"), (30, "photo")), "acme-hq"),
    Live("infrastructure", 1, "3", 23.3 * HOUR, ((4, "mine"), (15, "reply"), (300, "spare_needed")), "acme-hq"),
    Live("power", 0, "B", 96, ((0.5, "mine"), (4, "reply"), (22, "diagnosed")), "borealis-1", "", "agent2"),
    Live("infrastructure", 12, "2", 12, (), "acme-hq", "email"),
    Live("infrastructure", 6, "3", 14, (), "acme-plant", "portal"),
    Live("software", 3, "C", 40, ((5, "mine"), (9, "reply")), "cathay-1", "", "agent2"),
    # later today
    Live("infrastructure", 5, "1", 70, ((1, "mine"), (6, "reply"), (15, "failed"), (30, "departed"), (62, "arrived")),
         "acme-plant", "phone", "engineer"),
    Live("infrastructure", 4, "2", 62, ((3, "mine"), (8, "reply"), (30, "remote")), "acme-hq", "monitoring", "agent2"),
    Live("infrastructure", 9, "4", 18.5 * HOUR, ((8, "mine"), (20, "reply")), "acme-plant", "phone"),
    Live("infrastructure", 13, "3", 17 * HOUR, ((5, "mine"), (22, "reply"), (40, "note")), "acme-hq", "monitoring"),
    Live("general", 2, "urgent", 35, ((10, "mine"),), "acme-plant", "phone", "agent2"),
    Live("hardware", 4, "B", 25, ((1, "mine"), (3, "reply")), "cathay-1", "portal"),
    Live("infrastructure", 2, "2", 74, ((2, "mine"), (7, "reply"), (24, "failed"), (51, "departed")),
         "acme-plant", "phone", "engineer"),
    Live("power", 3, "B", 62, ((0.5, "mine"), (4, "reply"), (19, "diagnosed"), (44, "departed")),
         "borealis-1", "phone", "engineer"),
    # tomorrow and later
    Live("infrastructure", 3, "3", 5 * HOUR, ((4, "mine"), (11, "reply"), (50, "graver"), (58, "lighter")), "acme-hq"),
    Live("infrastructure", 8, "3", 3 * HOUR, ((10, "mine"), (24, "reply")), "acme-plant"),
    Live("infrastructure", 11, "3", 95, ((12, "mine"), (25, "reply"), (30, "photo")), "acme-hq", "portal", "agent2"),
    Live("software", 6, "B", 7 * HOUR, ((30, "mine"), (50, "reply"), (51, "photo")), "cathay-1"),
    Live("teleconference", 6, "3", 26 * HOUR,
         ((5, "mine"), (30, "reply"), (60, "failed"), (90, "departed"), (140, "arrived")), "delta-1", "", "engineer"),
    Live("telecom", 5, "minor", 2.2 * DAY, ((3, "mine"), (4, "reply"), (1.9 * DAY, "proposed")),
         "acme-hq", "email", "lead"),
    Live("general", 4, "normal", 90, (), "acme-plant", "email"),
    # paused
    Live("power", 7, "B", 55, ((0.5, "mine"), (3, "reply"), (20, "diagnosed"), (24, "ask")), "borealis-1", "portal"),
    Live("infrastructure", 3, "3", 9 * HOUR, ((5, "mine"), (18, "reply"), (45, "ask")), "acme-hq", "portal", "agent2"),
    Live("software", 0, "B", 5 * HOUR, ((4, "mine"), (15, "reply"), (20, "ask")), "cathay-1", "portal"),
    Live("infrastructure", 10, "4", 7 * HOUR, ((6, "mine"), (21, "reply"), (40, "ask")), "acme-plant", "phone"),
    Live("infrastructure", 13, "3", 20 * HOUR, ((5, "mine"), (16, "reply"), (90, "ask")), "acme-hq", "portal"),
    Live("software", 7, "B", 3 * HOUR, ((9, "mine"), (25, "reply"), (31, "ask")), "cathay-1", "phone", "agent2"),
    Live("hardware", 5, "C", 4 * HOUR, ((4, "mine"), (5, "reply"), (12, "ask")), "cathay-1", "email", "agent2"),
    # nothing due: the work is done, the customer has the word
    Live("power", 2, "C", 2.1 * DAY, ((1, "mine"), (3, "reply"), (40, "diagnosed"), (60, "note")), "borealis-1"),
    Live("power", 4, "D", 4 * DAY, ((1, "mine"), (4, "reply"), (90, "diagnosed"), (95, "defect")), "borealis-1"),
    # triage: nobody knows these people yet
    Live("general", 1, "", 33, (), "", "web", "", "guest"),
    Live("general", 0, "", 4 * HOUR, (), "", "web", "", "guest"),
)  # fmt: skip
# A crisis of three weeks ago and one that is open now: nothing is restored until after the miss at level 1.
CRISIS_DONE = Live("infrastructure", 5, "2", 21 * DAY + 30, (), "acme-hq", "phone", "lead")
CRISIS_OPEN = Live("infrastructure", 4, "2", 9.6 * HOUR, (), "acme-plant", "phone", "lead")


def steps(now: datetime, first_index: int) -> Iterator[Step]:
    for offset, live in enumerate(LIVE):
        yield from _play(live, _case(live, first_index + offset, now))
    index = first_index + len(LIVE)
    yield from _crisis(CRISIS_OPEN, _case(CRISIS_OPEN, index, now), is_over=False)
    yield from _crisis(CRISIS_DONE, _case(CRISIS_DONE, index + 1, now), is_over=True)


def _case(live: Live, index: int, now: datetime) -> Case:
    rng = Random(f"{SEED}:{index}")  # noqa: S311
    at = (now - timedelta(minutes=live.ago)).replace(microsecond=0)
    case = draw(index, live.scheme, rng, at, stories.of_scheme(live.scheme)[live.story])
    while case.site != live.site or (case.channel != live.channel and live.channel):
        case = draw(index, live.scheme, rng, at, case.story)
    return replace(case, level=live.level)


def _play(live: Live, case: Case) -> Iterator[Step]:
    book = Notebook(case, live.owner)
    book.steps.append(Step(case.received_at, case, "report", _who_reports(case)))
    for minutes, what in live.moments:
        _happen(book, minutes, what)
    return iter(book.steps)


def _who_reports(case: Case) -> str:
    return case.reporter if case.reporter == "guest" or case.channel == "portal" else "agent"


EVENTS = {"failed": "remote_failed", "remote": "remote_started", "proposed": "change_answered"}
ENGINEERS = frozenset({"departed", "arrived", "spare_needed"})
# What time is said with it, in minutes from then.
TIMED = {"departed": ("expected_at", 45.0), "proposed": ("proposed_at", 7.0 * DAY)}


def _happen(book: Notebook, minutes: float, what: str) -> None:
    story, words = book.case.story, stories.phrases()[book.case.story.language]
    if what == "mine":
        book.add(minutes, "assign", "lead", to=book.owner)
        if story.tags:
            book.add(minutes + 0.3, "tag", words=story.tags)
    elif what == "reply":
        book.reply(minutes, story.reply)
    elif what == "note":
        book.add(minutes, "note", text=book.case.text(story.note))
    elif what == "ask":
        book.reply(minutes, words["ask"][0])
        book.event(minutes + 0.2, "waiting", note="Waiting for the customer's answer.")
    elif what == "photo":
        book.add(minutes, "attach", book.customer or book.owner, name="front-panel.png", caption=_label(book.case))
    elif what in ("graver", "lighter"):
        level = {"graver": "2", "lighter": book.case.level}[what]
        book.event(minutes, "level_confirmed", "lead", note="Judged by what stands still.", level=level)
    elif what == "defect":
        book.add(minutes, "edit", changes={"cause": "design_defect"})
    else:
        name, ahead = TIMED.get(what, ("", 0.0))
        told: dict[str, Any] = {name: book.instant(minutes + ahead)} if name else {}
        book.event(minutes, EVENTS.get(what, what), "engineer" if what in ENGINEERS else "", **told)


def _label(case: Case) -> str:
    return case.unit.serial if case.unit else "panel"


def _crisis(live: Live, case: Case, *, is_over: bool) -> Iterator[Step]:
    """Level 2, missed after 4 h: level 1; missed 4 h later: a crisis with an entry every hour, one of them late."""
    book = Notebook(case, live.owner)
    book.steps.append(Step(case.received_at, case, "report", "agent"))
    book.add(2, "assign", "lead", to="lead")
    book.reply(7, case.story.reply)
    book.add(40, "note", text=case.text(case.story.note))
    book.add(4 * HOUR + 10, "note", text="Raised by itself. Maker's expert is on the line.")
    book.event(8 * HOUR + 30, "crisis_entry", note="Coordinator named; the maker is looking at the dump.")
    book.event(9 * HOUR + 20, "crisis_entry", note="Second path prepared, test in progress.")
    if is_over:
        book.event(10 * HOUR + 50, "crisis_entry", note="Test good; traffic moves over.")
        book.event(11 * HOUR + 10, "restored")
        book.reply(11 * HOUR + 15, case.story.fix)
        book.event(11 * HOUR + 40, "crisis_closed", note="Stable for half an hour.")
        book.event(13 * HOUR, "resolved")
        book.event(30 * HOUR, "report_sent")
        said = "Good work in the night. A call before the engineers came would have helped us."
        book.add(50 * HOUR, "survey", book.customer, score=4, better=("news",), comment=said)
    return iter(book.steps)
