"""The number of statements of every list is stored here and does not grow with its rows.

A change that makes a page dearer changes the number in this file, for everybody to see.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Duty, Team, User
from customers.models import Contract, Membership
from tests import places

pytestmark = pytest.mark.django_db
STORED = {
    ("agent", "/tickets/"): 8,
    ("agent", "/tickets/?group=owner&sort=-changed&cols=team,received"): 9,
    ("agent", "/tickets/filter/"): 8,
    ("agent", "/tickets/?q=server"): 8,
    ("agent", "/tickets/rows/"): 4,
    ("agent", "/dashboard/"): 14,
    ("agent", "/inspections/"): 6,
    ("storekeeper", "/spares/"): 5,
    ("agent", "/schemes/"): 6,
    ("agent", "/notifications/"): 6,
    ("alice", "/portal/"): 5,
    ("agent", "/recent/"): 5,
    ("agent", "/saved-replies/"): 6,
    ("agent", "/api/v1/tickets/"): 4,
    ("alice", "/api/v1/tickets/"): 4,
    ("agent", "/api/v1/equipment/"): 3,
    ("admin", "/settings/people/"): 7,
    ("admin", "/settings/teams/"): 6,
    ("admin", "/settings/duties/"): 7,
    ("admin", "/settings/mail/"): 9,
    ("admin", "/customers/"): 6,
    ("admin", "/customers/acme/?serial=SN-1234"): 15,
}


@pytest.fixture
def people(agent, storekeeper, alice, administrator):
    return {"admin": administrator, "agent": agent, "storekeeper": storekeeper, "alice": alice}


def statements(client, address):
    client.get(address)  # what a process reads once is not counted
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def fill(acme, number):
    """One more person, team, duty, customer, site, unit and contract."""
    user = User.objects.create_user(f"p{number}@demo.test", name=f"P {number}", role="customer")
    team = Team.objects.create(code=f"t{number}", name=f"T {number}", lead=user)
    team.members.add(user)
    Duty.objects.create(code="local_manager", user=user)
    Membership.objects.create(user=user, organisation=acme.organisation)
    places.organisation(f"o{number}", f"O {number}")
    site = places.site(acme.organisation, f"s{number}", "UTC", "CN", 30)
    places.unit(site, f"U-{number}", acme.unit.product)
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
