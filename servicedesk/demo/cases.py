"""Who reports what, where and when: ninety days of cases, drawn from a fixed seed. Pure; the same cases each time.

Each case draws from its own generator, so that one more draw in one case does not change the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from servicedesk.demo import places, stories
from servicedesk.demo.stories import Story

SEED = "service desk"
DAYS = 90
# Scheme -> share of the cases, and the places where it is promised (a guest's report names none).
SHARES = {
    "infrastructure": (28, ("acme-hq", "acme-plant")),
    "power": (20, ("borealis-1",)),
    "software": (15, ("cathay-1",)),
    "hardware": (13, ("cathay-1",)),
    "teleconference": (11, ("delta-1",)),
    "telecom": (8, ("acme-hq",)),
    "general": (5, ("acme-plant", "")),
}
CUSTOMERS = {"acme-hq": "alice", "acme-plant": "bob", "borealis-1": "carol", "cathay-1": "dan"}
# Who calls where nobody has an account: by scheme (the units a contract names have people of their own), else by site.
CONTACTS = {
    "delta-1": ("Jonas Brandt", "jonas.brandt@delta.example", "+49 30 555 0141"),
    "telecom": ("Fung Wai Man", "wm.fung@acme.example", "+852 5555 0142"),
    "": ("Somchai P.", "somchai@harbour.example", "+66 81 555 0144"),
}
DESK_CHANNELS = ("phone", "phone", "phone", "email", "email", "monitoring", "visit")
OFFICE_SCHEMES = frozenset({"software", "hardware", "general"})


@dataclass(frozen=True)
class Case:
    """`reporter`: a customer's key, "guest", or "" when somebody without an account called."""

    index: int
    scheme: str
    story: Story
    level: str
    site: str
    unit: places.Unit | None
    channel: str
    reporter: str
    received_at: datetime
    rng: Random = field(repr=False, compare=False)

    @property
    def is_scheme_named(self) -> bool:
        """The desk names the scheme where no contract does: at Delta's before its contract began."""
        return self.site == "delta-1" and self.reporter != "guest"

    @property
    def title(self) -> str:
        return self._filled(self.story.title)

    @property
    def description(self) -> str:
        return self._filled(self.story.description)

    def text(self, words: str) -> str:
        return self._filled(words)

    def _filled(self, words: str) -> str:
        place, serial = (self.unit.place, self.unit.serial) if self.unit else ("the shop", "")
        return self.story.about(words, place, serial)


def of_the_past(now: datetime, count: int) -> Iterator[Case]:
    """`count` cases over the last ninety days, the oldest first by number."""
    for index in range(count):
        rng = Random(f"{SEED}:{index}")  # noqa: S311  a story, not a secret
        scheme = rng.choices(list(SHARES), [share for share, _ in SHARES.values()])[0]
        days_ago = DAYS * (1 - (index + rng.random()) / count)
        when = Random(f"{SEED}:{index}:when")  # noqa: S311  of its own: the weekday of `now` must not change the story
        yield draw(index, scheme, rng, _received(now, days_ago, scheme, when))


def draw(index: int, scheme: str, rng: Random, received_at: datetime, story: Story | None = None) -> Case:
    told = story or rng.choice(stories.of_scheme(scheme))
    site = rng.choice(SHARES[scheme][1])
    unit = _unit(scheme, told.product, site, rng)
    reporter, channel = _reporter(site, scheme, rng)
    level = _level(scheme, told.level, rng)
    return Case(index, scheme, told, level, site, unit, channel, reporter, received_at, rng)


def zone_of(site: str) -> ZoneInfo:
    return ZoneInfo(next((entry[4] for entry in places.SITES if entry[1] == site), "Asia/Bangkok"))


def travel_minutes(site: str) -> int:
    return next((entry[6] for entry in places.SITES if entry[1] == site), 60)


def _unit(scheme: str, product: str, site: str, rng: Random) -> places.Unit | None:
    """A unit at the site that this scheme is promised for: those a contract names have the scheme of that contract."""
    here = [unit for unit in places.UNITS if unit.site == site and places.NAMED.get(unit.serial, scheme) == scheme]
    if scheme in places.NAMED.values():
        here = [unit for unit in here if unit.serial in places.NAMED]
    fitting = [unit for unit in here if unit.product == product]
    chosen = rng.choice(fitting or here) if here else None
    return chosen if fitting or rng.random() < 0.8 else None


def _reporter(site: str, scheme: str, rng: Random) -> tuple[str, str]:
    channel = rng.choice(DESK_CHANNELS)
    if not site:
        return "guest", "web"
    customer = "" if scheme in CONTACTS else CUSTOMERS.get(site, "")
    if customer and rng.random() < 0.5:
        return customer, "portal"
    return customer if channel != "monitoring" else "", channel


LEVELS = {
    "infrastructure": "1234",
    "power": "ABCD",
    "hardware": "ABCD",
    "software": "ABC",
    "teleconference": "1234",
}


def _level(scheme: str, told: str, rng: Random) -> str:
    """The story's own level, now and then the one beside it: not every stuck door is as bad."""
    order = LEVELS.get(scheme)
    if order is None or rng.random() > 0.15:
        return told
    near = order.index(told) + rng.choice((-1, 1))
    return order[near] if 0 <= near < len(order) else told


def _received(now: datetime, days_ago: float, scheme: str, rng: Random) -> datetime:
    """More in working hours than at night; for promises in working hours hardly ever outside them."""
    zone = ZoneInfo("Asia/Shanghai")
    day = (now - timedelta(days=days_ago)).astimezone(zone)
    by_day, hour = rng.random(), rng.gauss(10.8, 2.6)
    night, minute = rng.uniform(0, 24), rng.randrange(60)
    shift = rng.random()
    if day.weekday() >= 5 and shift < 0.7:
        day -= timedelta(days=day.weekday() - 4 + rng.randrange(3))
    is_office = scheme in OFFICE_SCHEMES or by_day < 0.8
    local = day.replace(hour=int(min(max(hour, 8), 18) if is_office else night), minute=minute, second=0, microsecond=0)
    return min(local.astimezone(now.tzinfo), now - timedelta(minutes=5 + minute))
