"""Stories in plain words and how they are read: see stories/README.md for the words.

Only the words of the contract stand here; nothing of how the engine comes to its answers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sla.engine import Case, Event
from sla.facts import Place

FOLDER = Path(__file__).parent / "stories"
WHEN = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2}(?: \d{4})? \d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d)?"
TOLD = re.compile(rf"({WHEN}) (\S+)(?: (?!\()(.*?))?(?: \(told ({WHEN})\))?")
SPAN = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@dataclass
class Tale:
    """One story and what the contract says about it."""

    clause: str
    source: str
    scheme: str = ""
    place: Place = field(default_factory=Place)
    case: Case = field(default_factory=lambda: Case(channel="phone", in_warranty=True))
    events: list[Event] = field(default_factory=list)
    told_at: list[datetime] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: datetime.max.replace(tzinfo=UTC))
    clocks: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    program: list[str] = field(default_factory=list)
    level: str | None = None
    next_due: str | None = None
    stretches: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        return any(told > event.at for event, told in zip(self.events, self.told_at, strict=True))

    def instant(self, text: str) -> datetime:
        """`Fri 20 Nov 17:50`, in the zone of the place; the weekday must be right."""
        offset = re.search(r"[+-]\d\d:\d\d$", text)
        words = text.removesuffix(offset[0] if offset else "").split()
        if len(words) == 4:
            words.insert(3, "2026")
        if words[4].count(":") == 1:
            words[4] += ":00"
        naive = " ".join(words[1:])
        if offset:
            found = datetime.strptime(naive + offset[0], "%d %b %Y %H:%M:%S%z")
        else:
            found = datetime.strptime(naive, "%d %b %Y %H:%M:%S").replace(tzinfo=ZoneInfo(self.place.zone))
        assert found.strftime("%a") == words[0], f"{text} is not a {words[0]}"
        return found

    def shown(self, at: datetime | None) -> str:
        return "-" if at is None else at.astimezone(ZoneInfo(self.place.zone)).strftime("%a %-d %b %Y %H:%M:%S%z")

    def as_shown(self, text: str) -> str:
        return "-" if text == "-" else self.shown(self.instant(text))


def seconds(text: str) -> int:
    """`1h30m` as seconds."""
    found = SPAN.fullmatch(text)
    assert text, "no time given"
    assert found is not None, text
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return int(timedelta(hours=hours, minutes=minutes, seconds=rest).total_seconds())


def all_stories() -> list[Tale]:
    return [story for path in sorted(FOLDER.glob("*.story")) for story in read(path)]


def read(path: Path) -> Iterator[Tale]:
    story: Tale | None = None
    explained = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.split(" # ")[0].strip()
        if line.startswith("== "):
            if story is not None:
                yield story
            story = Tale(clause=line[3:], source=f"{path.name}:{number}")
        elif line and story is not None and not line.startswith("# "):
            try:
                explained = _line(story, line, explained)
            except (ValueError, AssertionError) as error:
                raise AssertionError(f"{path.name}:{number}: {line}: {error}") from error
    if story is not None:
        yield story


def _line(story: Tale, line: str, explained: str) -> str:
    word, _, rest = line.partition(" ")
    if word == "scheme":
        story.scheme = rest
    elif word == "site":
        story.place = Place(*rest.split())
    elif word == "case":
        story.case = _case(rest)
    elif word == "*":
        story.program.append(rest)
    elif word == "|":
        story.stretches.setdefault(explained, []).append(rest)
    elif word == "explain":
        explained = rest
    elif word == "->":
        _expected(story, rest)
    else:
        _event(story, line)
    return explained


def _case(text: str) -> Case:
    given = dict(pair.split("=") for pair in text.split())
    warranty = {"yes": True, "no": False, "unknown": None}[given.get("warranty", "yes")]
    return Case(
        kind=given.get("kind", "fault"),
        channel=given.get("channel", "phone"),
        cause=given.get("cause"),
        in_warranty=warranty,
        travel_minutes=int(given["travel"]) if "travel" in given else None,
        local_loaner=given.get("loaner") == "local",
    )


def _event(story: Tale, line: str) -> None:
    found = TOLD.fullmatch(re.sub(r"\s+", " ", line))
    assert found is not None, "not understood"
    when, what, more, told = found.groups()
    at = story.instant(when)
    if what == "now":
        story.now = at
        return
    data: dict[str, object] = {}
    if more and what in ("received", "level_confirmed"):
        data["level"] = more
    elif more in ("up", "down"):
        data["down"] = more == "down"
    elif more:
        name = {"change_confirmed": "agreed_at", "visit_planned": "planned_at"}[what]
        data[name] = story.instant(more.removeprefix("for ")).isoformat()
    story.events.append(Event(what, at, len(story.events) + 1, data))
    story.told_at.append(story.instant(told) if told else at)


def _expected(story: Tale, text: str) -> None:
    word, _, rest = text.partition(" ")
    if word == "no":
        story.absent.extend(rest.split())
    elif word == "level":
        story.level = rest
    elif word == "next_due":
        story.next_due = rest
    else:
        state, *parts = rest.split("; ")
        wanted = dict(part.split(" ", 1) for part in parts)
        story.clocks.append((word, {"state": state, **wanted}))
