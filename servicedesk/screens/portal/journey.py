"""The five steps of a case as its customer sees them, each with the real time or the promised one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Protocol

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from servicedesk import wording
from servicedesk.screens.portal import words
from servicedesk.screens.portal.clocks import Promise, by_words
from servicedesk.screens.portal.verdict import UNDONE_BY
from tickets.proposals import NOTHING, Terms


class Happening(Protocol):
    @property
    def type(self) -> str: ...
    @property
    def occurred_at(self) -> datetime: ...


@dataclass(frozen=True)
class Stage:
    """`done_by`: any of these events; `targets`: whose due time stands beside it; `otherwise`: words without a time."""

    label: str | LazyText
    done_by: frozenset[str]
    targets: tuple[str, ...] = ()
    otherwise: str | LazyText = ""
    survives_reopening: bool = False
    done_label: str | LazyText = ""
    begun_by: frozenset[str] = frozenset()  # given: the stage may be skipped until one of these happens
    agreed_by: frozenset[str] = frozenset()  # the reader's part of it is done with one of these, and then has this name
    agreed_label: str | LazyText = ""


@dataclass(frozen=True)
class Step:
    """What the journey component draws."""

    label: str
    detail: str
    state: str


_SOLVED = frozenset({"restored", "resolved"})
_ANSWERS = frozenset({"responded", "diagnosed", "remote_started", "arrived", "restored", "resolved"})
_RECEIVED = Stage(gettext_lazy("Reported"), frozenset({"received"}), survives_reopening=True)
_REPLIED = Stage(
    gettext_lazy("We reply"), _ANSWERS, ("respond",), survives_reopening=True, done_label=gettext_lazy("We replied")
)
_CONFIRM = Stage(
    gettext_lazy("You confirm"),
    frozenset({"closed"}),
    otherwise=gettext_lazy("then we close the case"),
    done_label=gettext_lazy("Closed"),
    agreed_by=frozenset({"satisfied"}),
    agreed_label=gettext_lazy("You confirmed"),
)
FAULT = (
    _RECEIVED,
    _REPLIED,
    Stage(
        gettext_lazy("Engineer on site"),
        frozenset({"arrived"}),
        ("arrive", "start_remote"),
        gettext_lazy("if it is needed"),
        begun_by=frozenset({"departed", "remote_failed"}),
    ),
    Stage(
        gettext_lazy("Service restored"),
        _SOLVED,
        ("restore", "resolve", "diagnose", "solution"),
    ),
    _CONFIRM,
)
QUESTION = (
    _RECEIVED,
    _REPLIED,
    Stage(gettext_lazy("Solution proposed"), _SOLVED | {"diagnosed"}, ("diagnose", "solution")),
    Stage(gettext_lazy("Solved"), _SOLVED, ("restore", "resolve")),
    _CONFIRM,
)
AGREE = Stage(gettext_lazy("You agree"), frozenset({"change_confirmed"}), done_label=gettext_lazy("You agreed"))
DELIVERED = Stage(
    gettext_lazy("Change delivered"),
    frozenset({"change_delivered"}),
    ("change_delivery",),
    gettext_lazy("once we agree on a time"),
)
_ASKED = Stage(gettext_lazy("Asked for"), frozenset({"received"}), survives_reopening=True)
CHANGE = (
    _ASKED,
    Stage(
        gettext_lazy("We answer in writing"),
        frozenset({"change_answered"}),
        ("change_reply",),
        done_label=gettext_lazy("We answered in writing"),
    ),
    AGREE,
    DELIVERED,
    _CONFIRM,
)
VISITED = Stage(gettext_lazy("Visit done"), frozenset({"visit_done"}))
INSPECTION = (
    _ASKED,
    Stage(gettext_lazy("Visit booked"), frozenset({"visit_planned"})),
    Stage(gettext_lazy("Visit announced"), frozenset({"notice_sent"}), ("inspection_notice",)),
    VISITED,
    Stage(
        gettext_lazy("Report sent"), frozenset({"report_sent"}), ("inspection_report",), gettext_lazy("after the visit")
    ),
)
# By phone or remotely: nobody comes.
DONE_AFAR = Stage(gettext_lazy("Inspection done"), frozenset({"visit_done"}))
INSPECTION_AFAR = (
    _ASKED,
    Stage(gettext_lazy("Inspection booked"), frozenset({"visit_planned"})),
    Stage(gettext_lazy("Inspection announced"), frozenset({"notice_sent"}), ("inspection_notice",)),
    DONE_AFAR,
    replace(INSPECTION[-1], otherwise=gettext_lazy("after the inspection")),
)
AFAR = "inspection-afar"
JOB = (
    _ASKED,
    Stage(gettext_lazy("In preparation"), frozenset({"step_done"})),
    Stage(gettext_lazy("Work done"), _SOLVED),
    _CONFIRM,
)
STAGES: Mapping[str, tuple[Stage, ...]] = {
    "fault": FAULT,
    "complaint": QUESTION,
    "question": QUESTION,
    "change": CHANGE,
    "inspection": INSPECTION,
    AFAR: INSPECTION_AFAR,
    "job": JOB,
}


def steps(
    kind: str,
    log: Sequence[Happening],
    found: Sequence[Promise],
    now: datetime,
    zone: tzinfo,
    *,
    is_over: bool = False,
    terms: Terms = NOTHING,
    visit_at: datetime | None = None,
) -> list[Step]:
    """`log` in the order in which things happened. The first step that is not done is the one now."""
    stages = [_as_agreed(stage, log) for stage in STAGES.get(kind, FAULT)]
    done = [_done_at(stage, log) for stage in stages]
    last = max((i for i, at in enumerate(done) if at is not None), default=0)
    drawn = []
    has_now = is_over
    for i, (stage, at) in enumerate(zip(stages, done, strict=True)):
        if at is not None:
            drawn.append(Step(str(stage.done_label or stage.label), wording.moment(at, now, zone), "done"))
        elif i < last:
            drawn.append(Step(str(stage.label), _("was not needed"), ""))
        else:
            is_now = not has_now and _is_ahead(stage, log, found)
            state = "now" if is_now else ""
            has_now = has_now or is_now
            told = _promised(stage, found, now, zone) or _by_terms(stage, terms, now, zone)
            if stage in (VISITED, DONE_AFAR) and visit_at is not None and not is_over:
                told = _("planned: %(at)s") % {"at": wording.moment(visit_at, now, zone)}
            told = told or (_again(log, now, zone) if is_now else "") or _unpromised(stage, log)
            drawn.append(Step(str(stage.label), told, state))
    return drawn


def promised(kind: str, found: Sequence[Promise], now: datetime, zone: tzinfo) -> list[str]:
    """The same times as the steps show, as sentences: "We reply by 09:50 today.", first things first."""
    chosen = [_promise_of(stage, found) for stage in STAGES.get(kind, FAULT)]
    return [promise.words(now, zone) for promise in chosen if promise is not None and promise.due_at is not None]


def _as_agreed(stage: Stage, log: Sequence[Happening]) -> Stage:
    """Where only the reader has done his part yet, the step is that part."""
    said = replace(stage, done_by=stage.agreed_by, done_label=stage.agreed_label)
    return said if _done_at(stage, log) is None and _done_at(said, log) is not None else stage


def _promise_of(stage: Stage, found: Sequence[Promise]) -> Promise | None:
    by_target = {promise.target: promise for promise in found if promise.is_open}
    return next((by_target[target] for target in stage.targets if target in by_target), None)


def _is_ahead(stage: Stage, log: Sequence[Happening], found: Sequence[Promise]) -> bool:
    """A stage that may be skipped is not what happens now, unless somebody has set out or it is promised."""
    if not stage.begun_by:
        return True
    is_promised = any(promise.is_open and promise.target in stage.targets for promise in found)
    return is_promised or any(event.type in stage.begun_by for event in log)


def _done_at(stage: Stage, log: Sequence[Happening]) -> datetime | None:
    """When it was first done, since the case was last opened again."""
    at: datetime | None = None
    for event in log:
        if event.type in UNDONE_BY and not stage.survives_reopening:
            at = None
        elif at is None and event.type in stage.done_by:
            at = event.occurred_at
    return at


def _promised(stage: Stage, found: Sequence[Promise], now: datetime, zone: tzinfo) -> str:
    promise = _promise_of(stage, found)
    if promise is None:
        return ""
    if promise.missed_at is not None and (promise.due_at is None or promise.due_at <= now):
        return _("late: promised by %(at)s") % {"at": by_words(promise.missed_at, now, zone)}
    if promise.due_at is None:
        return _("waits for your answer")
    return _("by %(at)s") % {"at": by_words(promise.due_at, now, zone)}


def _by_terms(stage: Stage, terms: Terms, now: datetime, zone: tzinfo) -> str:
    """The time of a change stands beside its step, also where no scheme promises one."""
    if stage is AGREE and terms.proposed_at is not None:
        return _("we propose: by %(at)s") % {"at": by_words(terms.proposed_at, now, zone)}
    if stage is DELIVERED and terms.agreed_at is not None:
        return _("by %(at)s") % {"at": by_words(terms.agreed_at, now, zone)}
    return ""


def _again(log: Sequence[Happening], now: datetime, zone: tzinfo) -> str:
    """Work that was done once and counts no longer."""
    at = next((event.occurred_at for event in reversed(log) if event.type in UNDONE_BY), None)
    return _("open again since %(at)s") % {"at": wording.moment(at, now, zone)} if at else ""


def _unpromised(stage: Stage, log: Sequence[Happening]) -> str:
    """What was begun is no longer "if it is needed": the step says what the first sentence says, or nothing."""
    begun = [event.type for event in log if event.type in stage.begun_by]
    if not begun:
        return str(stage.otherwise)
    return str(words.TITLES["on_the_way"]) if begun[-1] == "departed" else ""
