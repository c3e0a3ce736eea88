"""Plans of inspections on the demo contracts that run, and the visits that follow from them."""

from collections.abc import Mapping
from datetime import datetime

from accounts.actors import Actor
from accounts.models import User
from customers.models import Contract, Equipment, Site
from inspections import services
from inspections.models import Checklist, Plan
from servicedesk.demo import lists, places

# contract, site or unit, checklist, how often, engineer
PLANS = (
    ("ACM-24-017", "acme-hq", "monthly-preventive", "quarter", "engineer"),
    ("ACM-24-017", "acme-plant", "network-device", "half-year", "engineer"),
    ("ACM-24-017", "SN-1236", "monthly-preventive", "importance", "engineer"),
    ("ACM-24-018", places.PLATFORM[0], "yearly-system", "half-year", "engineer"),
    ("CAT-25-012", "cathay-1", "yearly-system", "year", "engineer"),
    ("DEL-25-001", "delta-1", "conference-terminal", "year", "engineer"),
)


def create(people: Mapping[str, User], now: datetime) -> None:
    lists.create(Actor(people["lead"]), now)
    for number, place, checklist, every, engineer in PLANS:
        contract = Contract.objects.get(number=number)
        unit = Equipment.objects.filter(serial_number=place).first()
        values = {
            "contract": contract,
            "site": unit.site if unit else Site.objects.get(code=place),
            "unit": unit,
            "checklist": Checklist.objects.get(code=checklist),
            "every": every,
            "begins_on": contract.starts_on,
            "assignee": people[engineer],
        }
        services.save_plan(plan=Plan(), values=values, by=Actor(people["lead"]), today=now.date())
    services.generate(now=now)
