"""System analyses over REST: begun, made and sent by staff, read and answered by their customer, no other's."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.roles import Role
from customers.models import Membership
from inspections import services
from servicedesk import papers
from tests.conftest import person
from tests.inspections.conftest import NOW
from tests.inspections.papers import made

pytestmark = pytest.mark.django_db
LIST = "/api/v1/system-analyses/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def period(acme):
    return {"contract": acme.contract.number, "begins_on": "2026-06-01", "ends_on": "2026-11-20"}


@pytest.fixture
def head(acme):
    """A customer who sees the whole organisation."""
    user = person("hedda", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=acme.organisation)
    return user


@pytest.fixture
def row(acme, engineer):
    days = {"begins_on": NOW.date().replace(month=6), "ends_on": NOW.date()}
    row = services.begin_analysis(contract=acme.contract, **days, by=Actor(engineer))
    return services.keep_analysis(analysis=row, made=made(row), by=Actor(engineer), now=NOW)


@pytest.fixture
def sent(row, engineer):
    return services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)


def post(client, address, /, **values):
    return client.post(address, values, content_type="application/json")


def test_from_beginning_to_the_customers_word(client, engineer, head, period):
    client.force_login(engineer)
    begun = post(client, LIST, **period)
    assert (begun.status_code, begun.json()["pdf"], begun.json()["unchanged"]) == (201, "", None)
    one = f"{LIST}{begun.json()['id']}/"
    asked = post(client, one, act="make", summary="A quiet half year.", language="th")
    assert (asked.status_code, asked.json()["being_made"]) == (202, True)
    assert post(client, one, act="send").status_code == 409
    assert papers.make_asked(now=NOW)
    found = client.get(one).json()
    assert (found["summary"], found["language"], found["unchanged"]) == ("A quiet half year.", "th", True)
    assert b"".join(client.get(found["pdf"]).streaming_content).startswith(b"%PDF")
    assert post(client, one, act="send").json()["sent_at"]
    client.force_login(head)
    assert post(client, one, act="acknowledge").json()["acknowledged_at"]
    assert post(client, one, act="comment", comment="Thanks.").json()["comment"] == "Thanks."


def test_beginning_twice_is_one_and_after_sending_the_next_edition(client, engineer, period, sent):
    client.force_login(engineer)
    first, second = (post(client, LIST, **period).json() for _press in range(2))
    assert first["id"] == second["id"]
    after = post(client, f"{LIST}{sent.pk}/", act="make").json()
    assert (after["id"] != sent.pk, after["edition"]) == (True, 2)


def test_a_customer_reads_what_was_sent_to_him(client, head, row, engineer):
    client.force_login(head)
    assert client.get(LIST).json()["results"] == []
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
    services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    assert [one["id"] for one in client.get(LIST).json()["results"]] == [row.pk]
    assert client.get(f"{LIST}?contract=OTHER").json()["results"] == []


@pytest.mark.parametrize("who", ["alice", "bob", "carol"])
def test_whoever_does_not_see_the_contract_finds_nothing(client, request, who, sent):
    """Alice and Bob belong to one site each: contracts are the organisation's."""
    client.force_login(request.getfixturevalue(who))
    assert client.get(LIST).json()["results"] == []
    for address in (f"{LIST}{sent.pk}/", f"{LIST}{sent.pk}/report.pdf"):
        assert client.get(address).status_code == 404
    assert post(client, f"{LIST}{sent.pk}/", act="acknowledge").status_code == 404


@pytest.mark.parametrize(
    ("who", "act"), [("head", "make"), ("head", "send"), ("storekeeper", "make"), ("agent", "acknowledge")]
)
def test_a_role_that_may_not_is_refused(client, request, who, act, sent):
    client.force_login(request.getfixturevalue(who))
    assert post(client, f"{LIST}{sent.pk}/", act=act).status_code == 403


@pytest.mark.parametrize("who", ["head", "storekeeper"])
def test_only_who_makes_them_begins_one(client, request, who, period):
    client.force_login(request.getfixturevalue(who))
    assert post(client, LIST, **period).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"contract": "NO-SUCH"}, {"begins_on": "soon"}, {"ends_on": "2026-05-01"}, {"ends_on": "2029-01-01"},
        {"ends_on": "2026-11-21"}, {"ends_on": "0001-02-01", "begins_on": "0001-01-01"},
        {"ends_on": "2023-12-31", "begins_on": "2023-06-01"}, {"more": 1}, {"contract": ["x"]},
    ],
)  # fmt: skip
def test_bad_input_is_told_beside_its_field(client, engineer, period, wrong):
    client.force_login(engineer)
    answer = post(client, LIST, **(period | wrong))
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.json()["errors"]


@pytest.mark.parametrize(
    "values", [{}, {"act": "burn"}, {"act": "make", "language": "fr"}, {"act": "make", "summary": "x" * 9000}]
)
def test_bad_acts_are_told_too(client, engineer, row, values):
    client.force_login(engineer)
    assert post(client, f"{LIST}{row.pk}/", **values).status_code == 400


def test_a_comment_says_something(client, head, sent):
    client.force_login(head)
    assert post(client, f"{LIST}{sent.pk}/", act="comment", comment=" ").status_code == 400


def test_statements_do_not_grow_with_the_list(client, engineer, acme, borealis, row):
    client.force_login(engineer)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    for contract in (acme.contract, borealis.contract):
        day = NOW.date()
        services.begin_analysis(contract=contract, begins_on=day, ends_on=day, by=Actor(engineer))
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(LIST).json()["results"]) == 3
    assert len(many) == len(few) <= 3


def test_sending_tells_an_address_too_and_staff_read_who_was_told(client, engineer, head, row):
    client.force_login(engineer)
    one = f"{LIST}{row.pk}/"
    assert "address" in post(client, one, act="send", address="grace at acme").json()["errors"]
    assert post(client, one, act="send", address="grace@acme.test").json()["told"] == ["Hedda", "grace@acme.test"]
    client.force_login(head)
    assert client.get(one).json()["told"] == []
