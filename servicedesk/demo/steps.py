"""One thing somebody does in the demo world, and the notebook a case writes them into. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from servicedesk.demo.cases import Case, zone_of


@dataclass(frozen=True)
class Step:
    """`verb`: report, assign, edit, reply, note, event, attach, link, merge or tag. `by`: a person's key or "guest"."""

    at: datetime
    case: Case
    verb: str
    by: str
    data: dict[str, Any] = field(default_factory=dict)


class Notebook:
    """Collects the steps of one case; times are minutes after the report."""

    def __init__(self, case: Case, owner: str) -> None:
        self.case = case
        self.owner = owner
        self.rng: Random = case.rng
        self.zone: ZoneInfo = zone_of(case.site)
        self.steps: list[Step] = []
        self.busy_until = 0.0  # a part still on its way keeps the case from being closed

    def instant(self, minutes: float) -> datetime:
        """Whole seconds, never before the report."""
        return self.case.received_at + timedelta(seconds=max(1, round(minutes * 60)))

    def add(self, minutes: float, verb: str, by: str = "", **data: Any) -> float:
        self.steps.append(Step(self.instant(minutes), self.case, verb, by or self.owner, data))
        return minutes

    def event(
        self, minutes: float, type_: str, by: str = "", note: str = "", message: str = "", **fields: Any
    ) -> float:
        """`message`: what the customer is told with it."""
        told = self.case.text(message)
        return self.add(minutes, "event", by, type=type_, note=note, message=told, fields=fields)

    def reply(self, minutes: float, text: str, by: str = "") -> float:
        return self.add(minutes, "reply", by, text=self.case.text(text), language=self.case.story.language)

    def in_the_day(self, minutes: float) -> float:
        """The same moment, or the next morning where it would be night: nobody judges a repair at three o'clock."""
        local = self.instant(minutes).astimezone(self.zone)
        if 8 <= local.hour < 19:
            return minutes
        morning = local.replace(hour=8, minute=30, second=0) + timedelta(days=1 if local.hour >= 19 else 0)
        return minutes + (morning - local).total_seconds() / 60 + self.rng.uniform(0, 90)

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    @property
    def customer(self) -> str:
        """Who answers for the customer: himself, or the owner who wrote down what he said on the phone."""
        return self.case.reporter if self.case.reporter not in ("", "guest") else ""
