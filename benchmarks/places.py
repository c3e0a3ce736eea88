"""Customers, contracts and people of a benchmark's world: fifty organisations under all seven schemes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.actors import Actor
from accounts.models import Duty, Team, User
from accounts.roles import Role
from accounts.services import create_key
from customers.models import Contract, Equipment, Membership, Organisation, Product, Site
from servicedesk.demo.people import DUTIES

SCHEMES = ("general", "hardware", "infrastructure", "power", "software", "telecom", "teleconference")
ZONES = (("Asia/Shanghai", "CN"), ("Asia/Bangkok", "TH"), ("Asia/Hong_Kong", "HK"), ("Europe/Berlin", "DE"))
ORGANISATIONS, SITES_EACH, UNITS_EACH, CUSTOMERS_EACH = 50, 3, 8, 2
STAFF = ("agent",) * 16 + ("lead",) * 2 + ("manager", "administrator", "storekeeper") + ("engineer",) * 5


@dataclass(frozen=True)
class Place:
    """A unit with the contract that covers it and a person who reports its faults."""

    unit: Equipment
    contract: Contract
    customer: User


@dataclass(frozen=True)
class Places:
    units: list[Place]
    staff: list[User]
    teams: list[Team]


def ensure(today: date) -> Places:
    if not Organisation.objects.exists():
        _people()
        _customers(today)
    return read()


def read() -> Places:
    contracts = {contract.organisation_id: contract for contract in Contract.objects.all()}
    customers = {member.organisation_id: member.user for member in Membership.objects.select_related("user")}
    units = Equipment.objects.select_related("site__organisation", "product").order_by("pk")
    places = [Place(u, contracts[u.site.organisation_id], customers[u.site.organisation_id]) for u in units]
    return Places(places, list(User.objects.staff().order_by("pk")), list(Team.objects.order_by("pk")))


def of_scheme(code: str) -> list[Place]:
    return [place for place in read().units if place.contract.scheme_code == code]


def agent() -> User:
    return User.objects.get(email="staff1@bench.test")


def keys(count: int, now: datetime) -> list[str]:
    """New API keys, each of another agent."""
    agents = User.objects.filter(role=Role.AGENT).order_by("pk")[:count]
    return [create_key(user=user, name="benchmark", by=Actor(user=user), now=now)[1] for user in agents]


def _people() -> None:
    made = User.objects.bulk_create(
        User(email=f"staff{n}@bench.test", name=f"Staff {n}", role=role, zone="Asia/Shanghai", password="!")
        for n, role in enumerate(STAFF, 1)
    )
    lead = next(user for user in made if user.role == Role.LEAD)
    for code in ("desk", "field"):
        team = Team.objects.create(code=code, name=code.title(), lead=lead)
        team.members.set(user for user in made if user.role in (Role.AGENT, Role.LEAD))
    Duty.objects.bulk_create(Duty(code=code, user=lead) for code in DUTIES)


def _customers(today: date) -> None:
    product = Product.objects.create(code="srv-1", name="Rack server R740", family="server", maker="Norden")
    for number in range(1, ORGANISATIONS + 1):
        owner = Organisation.objects.create(code=f"org{number}", name=f"Customer {number}")
        scheme = SCHEMES[number % len(SCHEMES)]
        Contract.objects.create(
            organisation=owner, number=f"C-{number}", scheme_code=scheme, starts_on=today - timedelta(days=1500)
        )
        zone, country = ZONES[number % len(ZONES)]
        for at in range(1, SITES_EACH + 1):
            code = f"org{number}-{at}"
            site = Site.objects.create(
                organisation=owner, code=code, name=f"Site {at}", zone=zone, country=country, travel_minutes=30 * at
            )
            Equipment.objects.bulk_create(_unit(product, site, n, today) for n in range(1, UNITS_EACH + 1))
        for n in range(1, CUSTOMERS_EACH + 1):
            email = f"customer{number}-{n}@bench.test"
            user = User.objects.create(email=email, name=f"Customer {number}-{n}", role=Role.CUSTOMER, password="!")
            Membership.objects.create(user=user, organisation=owner)


def _unit(product: Product, site: Site, number: int, today: date) -> Equipment:
    accepted = today - timedelta(days=300)
    serial = f"SN-{site.code}-{number}"
    return Equipment(serial_number=serial, product=product, site=site, accepted_on=accepted, warranty_months=36)
