"""How many SQL statements a request may take: creating and listing are what everybody does all day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import FAULT

pytestmark = pytest.mark.django_db
BODY = FAULT | {"organisation": "acme", "site": "acme-hq", "equipment": "SN-1234", "level": "3", "category": "hardware"}


def create(client, **headers):
    """The statements of one creation, without the marks of transactions."""
    with CaptureQueriesContext(connection) as captured:
        assert client.post("tickets/", BODY, **headers).status_code == 201
    return "\n".join(s["sql"].strip()[:90] for s in captured if "SAVEPOINT" not in s["sql"])


@pytest.mark.parametrize("who", ["agent", "alice"])
@pytest.mark.parametrize(("headers", "most"), [({}, 12), ({"idempotency_key": "k"}, 15)])
def test_creating_takes_few_statements(api, request, acme, who, headers, most):
    client = api(request.getfixturevalue(who))
    create(client)  # compiles the scheme and notes the key's use
    statements = create(client, **headers)
    assert len(statements.splitlines()) <= most, statements


@pytest.mark.parametrize("who", ["agent", "alice"])
def test_listing_takes_at_most_10_however_many_rows(api, report, request, who):
    client = api(request.getfixturevalue(who))
    client.get("tickets/")
    counts = []
    for _round in range(2):
        for _ in range(5):
            report()
        with CaptureQueriesContext(connection) as statements:
            assert client.get("tickets/?count=1&organisation=acme&ordering=next_due_at").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
