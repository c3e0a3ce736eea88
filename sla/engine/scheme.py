"""A service scheme: what is promised, as data. Read from a document, never written in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sla.engine.terms import Consequence, LadderStep, Level, PolicyText, Target, Warranty


@dataclass(frozen=True, slots=True)
class Scheme:
    """Levels, targets and consequences; `on_raise` says what a confirmed raise does to running targets."""

    code: str
    name: str
    levels: tuple[Level, ...]  # gravest first
    default_level: Level
    targets: tuple[Target, ...]
    consequences: tuple[Consequence, ...]
    ladder: tuple[LadderStep, ...]
    on_raise: str  # earlier | restart
    asks_consent: bool
    warranty: Warranty
    text: PolicyText

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """From TOML or JSON data; raises `SchemeError` with the wrong place."""
        raise NotImplementedError

    @property
    def gravest(self) -> Level:
        """The level with the smallest severity number."""
        return self.levels[0]

    def level(self, code: str) -> Level | None:
        """A level by its code."""
        return next((level for level in self.levels if level.code == code), None)

    def graver(self, level: Level) -> Level | None:
        """One step graver, None at the top."""
        i = self.levels.index(level)
        return self.levels[i - 1] if i else None

    def ladder_for(self, level_code: str) -> LadderStep | None:
        """Whom a warning or a miss at that level calls; None: the scheme leaves it to the house."""
        return next((step for step in self.ladder if step.level == level_code), None)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of ticket this scheme promises anything."""
        return frozenset(kind for target in self.targets for kind in target.condition.kinds)
