"""A service scheme: what is promised, as data. Read from a document, never written in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from sla.engine import parse, parse_targets, vocabulary
from sla.engine.document import Reader
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
    a_year: Mapping[str, int]  # kind of planned work -> how many at least

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """From TOML or JSON data; raises `SchemeError` with the wrong place."""
        reader = Reader(document)
        levels = parse.levels(reader)
        codes = tuple(level.code for level in levels)
        at_once = parse.iso_us(reader, "at_once", reader.raw("at_once") or "PT5M", minimum=1)
        frame = parse_targets.Frame(codes, at_once, reader.integer("warn_at_percent", 1, 99, 75))
        targets = parse_targets.targets(reader, frame)
        scheme = cls(
            code=reader.text("code", longest=50),
            name=reader.text("name", longest=150),
            levels=levels,
            default_level=parse.default_level(reader, levels),
            targets=targets,
            consequences=parse_targets.consequences(reader, frame, frozenset(target.code for target in targets)),
            ladder=parse.ladder(reader, frame.codes),
            on_raise=reader.choice("on_raise", ("earlier", "restart"), "earlier"),
            asks_consent=reader.flag("asks_consent", False),
            warranty=parse.warranty(reader),
            text=parse.policy_text(reader),
            a_year=parse.a_year(reader),
        )
        reader.finish()
        return scheme

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

    def has_levels(self, kind: str) -> bool:
        """Whether the level of such a ticket says anything: of changes and inspections only where a promise differs."""
        own = [target.within for target in self.targets if kind in target.condition.kinds]
        return kind in vocabulary.USUAL_KINDS or any(
            len(within) < len(self.levels) or len(set(within.values())) > 1 for within in own
        )
