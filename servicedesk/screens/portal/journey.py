"""The five steps of a case as its customer sees them, each with the real time or the promised one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from servicedesk import wording
from servicedesk.screens.portal.clocks import Promise, by_words

UNDONE_BY = frozenset({"reopened", "not_satisfied"})


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
    frozenset({"satisfied", "closed"}),
    otherwise=gettext_lazy("then we close the case"),
    done_label=gettext_lazy("Closed"),
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
CHANGE = (
    _RECEIVED,
    Stage(gettext_lazy("We answer in writing"), frozenset({"change_answered"}), ("change_reply",)),
    Stage(gettext_lazy("You agree"), frozenset({"change_confirmed"})),
    Stage(gettext_lazy("Change delivered"), frozenset({"change_delivered"}), ("change_delivery",)),
    _CONFIRM,
)
INSPECTION = (
    Stage(gettext_lazy("Asked for"), frozenset({"received"}), survives_reopening=True),
    Stage(gettext_lazy("Visit booked"), frozenset({"visit_planned"})),
    Stage(gettext_lazy("Visit announced"), frozenset({"notice_sent"}), ("inspection_notice",)),
    Stage(gettext_lazy("Visit done"), frozenset({"visit_done"})),
    Stage(gettext_lazy("Report sent"), frozenset({"report_sent"}), ("inspection_report",)),
)
STAGES: Mapping[str, tuple[Stage, ...]] = {
    "fault": FAULT,
    "complaint": QUESTION,
    "question": QUESTION,
    "change": CHANGE,
    "inspection": INSPECTION,
}


def steps(
    kind: str, log: Sequence[Happening], found: Sequence[Promise], now: datetime, zone: tzinfo, *, is_over: bool
) -> list[Step]:
    """`log` in the order in which things happened. The first step that is not done is the one now."""
    stages = STAGES.get(kind, FAULT)
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
            drawn.append(Step(str(stage.label), _detail(stage, found, now, zone), state))
    return drawn


def promised(kind: str, found: Sequence[Promise], now: datetime, zone: tzinfo) -> list[str]:
    """The same times as the steps show, as sentences: "We reply by 09:50 today.", first things first."""
    chosen = [_promise_of(stage, found) for stage in STAGES.get(kind, FAULT)]
    return [promise.words(now, zone) for promise in chosen if promise is not None and promise.due_at is not None]


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


def _detail(stage: Stage, found: Sequence[Promise], now: datetime, zone: tzinfo) -> str:
    promise = _promise_of(stage, found)
    if promise is None:
        return str(stage.otherwise)
    if promise.missed_at is not None and (promise.due_at is None or promise.due_at <= now):
        return _("late: promised by %(at)s") % {"at": by_words(promise.missed_at, now, zone)}
    if promise.due_at is None:
        return _("waits for your answer")
    return _("by %(at)s") % {"at": by_words(promise.due_at, now, zone)}
