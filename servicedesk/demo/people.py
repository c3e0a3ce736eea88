"""The people of the demo world, their teams and duties. One well-known password, hashed once."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password

from accounts.actors import Actor
from accounts.models import Duty, SavedView, Team, User
from accounts.roles import Role
from tickets.services import keep_saved_reply

DOMAIN = "demo.test"
PASSWORD = "lantern-harbour-27"  # noqa: S105  well known on purpose: the demo world is refused outside DEBUG


@dataclass(frozen=True)
class Person:
    """`places`: a customer's organisation, or organisation/site where he sees one site only."""

    key: str
    name: str
    role: Role
    places: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"
    phone: str = ""

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE = (
    Person("admin", "Adrian Cole", Role.ADMINISTRATOR),
    Person("manager", "Margaret Lau", Role.MANAGER, phone="+86 21 5550 0101"),
    Person("lead", "Anya Tang", Role.LEAD, phone="+86 21 5550 0102"),
    Person("agent", "Kit Lau", Role.AGENT, phone="+86 21 5550 0103"),
    Person("agent2", "Mei Chan", Role.AGENT, phone="+86 21 5550 0104"),
    Person("engineer", "Wong Ka Ming", Role.ENGINEER, phone="+86 21 5550 0105"),
    Person("storekeeper", "Ploy Srisuwan", Role.STOREKEEPER, phone="+86 21 5550 0106"),
    Person("alice", "Alice Chen", Role.CUSTOMER, ("acme/acme-hq",), phone="+86 21 5551 2201"),
    Person("bob", "Bob Li", Role.CUSTOMER, ("acme/acme-plant",), phone="+86 512 5551 2202"),
    Person("grace", "Grace Lam", Role.CUSTOMER, ("acme",), phone="+86 21 5551 2205"),
    Person("carol", "Carol Suwan", Role.CUSTOMER, ("borealis",), "Asia/Bangkok", "+66 2 555 2203"),
    Person("dan", "Dan Zhou", Role.CUSTOMER, ("cathay",), phone="+86 10 5551 2204"),
)
TEAMS = (
    ("desk", "Service desk", ("lead", "agent", "agent2")),
    ("field", "Field service", ("lead", "engineer")),
    ("store", "Spare parts", ("storekeeper",)),
)
# What the desk looks at together: name, filter as in the queue's address, whose (a team's code; empty: everybody's).
VIEWS = (
    ("Level 1, all sites", "severity=1&state=open", ""),
    ("Acme Logistics", "organisation=acme&state=open", ""),
    ("Field service, due today", "team=field&due=today", ""),
    ("Desk, nobody on it", "team=desk&assignee=none&state=open", "desk"),
)
# Every name that the ladder of a shipped scheme calls; a test compares.
DUTIES = {
    "dedicated_engineer": "engineer",
    "local_manager": "lead",
    "regional_expert": "agent2",
    "makers_expert": "agent",
    "national_expert": "admin",
    "general_manager": "manager",
    "team_lead": "lead",
}


SAVED_REPLIES = (
    (
        "Site permit",
        "Dear {customer}, does the room need a work permit? Our engineer comes once it is approved.",
    ),
    (
        "Engineer on the way",
        "Dear {customer}, our engineer is on the way for {number}.",
    ),
    (
        "Does it work again?",
        "Dear {customer}, {number} should work again. Tell us if it does not.",
    ),
)


def lines() -> list[str]:
    """What the command prints: one line per person, address, two spaces, password."""
    return [f"{person.email}  {PASSWORD}" for person in PEOPLE]


def create(now: datetime) -> dict[str, User]:
    """Key -> user, with teams, duties and views."""
    password = make_password(PASSWORD)
    made = User.objects.bulk_create(
        User(
            email=person.email,
            name=person.name,
            role=person.role,
            zone=person.zone,
            phone=person.phone,
            password=password,
            is_superuser=person.role == Role.ADMINISTRATOR,
        )
        for person in PEOPLE
    )
    people = {person.key: user for person, user in zip(PEOPLE, made, strict=True)}
    for code, name, members in TEAMS:
        Team.objects.create(code=code, name=name, lead=people["lead"]).members.set(people[key] for key in members)
    teams = {team.code: team for team in Team.objects.all()}
    SavedView.objects.bulk_create(
        SavedView(name=name, query=query, team=teams.get(code), created_by=people["lead"], created_at=now)
        for name, query, code in VIEWS
    )
    Duty.objects.bulk_create(Duty(code=code, user=people[key]) for code, key in DUTIES.items())
    for title, body in SAVED_REPLIES:
        keep_saved_reply(title=title, body=body, by=Actor(people["lead"]), is_own=False)
    return people
