"""The number of statements of every list is stored here and does not grow with its rows.

A change that makes a page dearer changes the number in this file, for everybody to see.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Duty, Team, User
from customers.models import Contract, Membership, Product
from sla.services import fire_due
from tests import places

pytestmark = pytest.mark.django_db
STORED = {
    ("agent", "/tickets/"): 9,
    ("agent", "/tickets/?group=owner&sort=-changed&cols=team,received,tags"): 10,
    ("agent", "/tickets/filter/"): 10,
    ("agent", "/tickets/?q=server"): 12,
    ("agent", "/tickets/rows/"): 4,
    ("agent", "/tickets/counts/"): 6,
    ("agent", "/dashboard/"): 15,
    ("agent", "/inspections/"): 7,
    ("agent", "/inspections/checklists/daily-server-round/?in=th"): 7,
    ("admin", "/inspections/checklists/daily-server-round/edit/"): 9,
    ("admin", "/inspections/checklists/daily-server-round/edit/words/?in=th"): 8,
    ("agent", "/jobs/"): 6,
    ("agent", "/jobs/periods/"): 7,
    ("agent", "/tickets/new/"): 9,
    ("agent", "/dashboard/tickets/"): 9,
    ("agent", "/dashboard/export.csv"): 2,
    ("agent", "/inspections/calendar/"): 8,
    ("agent", "/inspections/readings/"): 7,
    ("agent", "/inspections/analyses/"): 6,
    ("agent", "/inspections/checklists/"): 7,
    ("lead", "/inspections/plans/"): 10,
    ("alice", "/inspections/"): 4,
    ("alice", "/inspections/calendar/"): 3,
    ("alice", "/inspections/plans/"): 5,
    ("alice", "/jobs/"): 3,
    ("alice", "/account/"): 7,
    ("admin", "/status/"): 18,
    ("admin", "/settings/"): 10,
    ("admin", "/settings/people/new/"): 6,
    ("agent", "/api/v1/inspections/"): 3,
    ("agent", "/api/v1/findings/"): 3,
    ("agent", "/api/v1/inspection-plans/"): 3,
    ("agent", "/api/v1/readings/"): 3,
    ("agent", "/api/v1/system-analyses/"): 3,
    ("agent", "/api/v1/jobs/"): 3,
    ("agent", "/api/v1/checklists/"): 3,
    ("storekeeper", "/spares/"): 8,
    ("agent", "/schemes/"): 7,
    ("agent", "/notifications/"): 7,
    ("alice", "/portal/"): 5,
    ("agent", "/recent/"): 6,
    ("agent", "/saved-replies/"): 7,
    ("agent", "/api/v1/tickets/"): 4,
    ("alice", "/api/v1/tickets/"): 4,
    ("agent", "/api/v1/equipment/"): 3,
    ("admin", "/api/v1/people/"): 4,
    ("admin", "/api/v1/teams/"): 4,
    ("admin", "/settings/people/"): 8,
    ("admin", "/settings/teams/"): 7,
    ("admin", "/settings/duties/"): 8,
    ("admin", "/settings/mail/"): 10,
    ("admin", "/settings/products/"): 7,
    ("admin", "/customers/"): 7,
    ("admin", "/customers/acme/?serial=SN-1234"): 17,
}


@pytest.fixture
def people(agent, lead, storekeeper, alice, administrator):
    return {"admin": administrator, "lead": lead, "agent": agent, "storekeeper": storekeeper, "alice": alice}


def statements(client, address):
    client.get(address)  # what a process reads once is not counted
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def fill(acme, number):
    """One more person, team, duty, customer, site, product, unit and contract."""
    user = User.objects.create_user(f"p{number}@demo.test", name=f"P {number}", role="customer")
    team = Team.objects.create(code=f"t{number}", name=f"T {number}", lead=user)
    team.members.add(user)
    Duty.objects.create(code="local_manager", user=user)
    Membership.objects.create(user=user, organisation=acme.organisation)
    places.organisation(f"o{number}", f"O {number}")
    site = places.site(acme.organisation, f"s{number}", "UTC", "CN", 30)
    product = Product.objects.create(code=f"p{number}", name=f"P {number}")
    places.unit(site, f"U-{number}", product)
    Contract.objects.create(
        organisation=acme.organisation, number=f"K{number}", scheme_code="power", starts_on=places.STARTED
    )


@pytest.mark.parametrize(("name", "address"), STORED)
def test_list_costs_the_stored_number_whatever_its_length(client, people, report, acme, agent, alice, name, address):
    client.force_login(people[name])
    counts = []
    for more in (4, 20):
        for number in range(more):
            kind = "inspection" if number % 4 == 3 else "fault"
            report(title=f"server {number}", kind=kind, equipment=acme.unit, assignee=agent, reporter=alice)
            if name == "admin":
                fill(acme, len(counts) * 100 + number)
        counts.append(statements(client, address))
    assert counts == [STORED[name, address]] * 2


def test_queue_of_late_rows_reads_the_overridden_days_and_nothing_else(client, report, cathay, agent):
    """How late they are stands in the rows, so that a page of a bad night is as quick as any."""
    client.force_login(agent)
    at = timezone.now() - timedelta(days=20)
    for number in range(9):
        place = {"organisation": cathay.organisation, "site": cathay.site, "scheme": "hardware", "level": "C"}
        report(title=f"server {number}", at=at, now=at, **place)
    fire_due(now=timezone.now())
    assert statements(client, "/tickets/") == STORED["agent", "/tickets/"] + 1
