"""Who keeps a stream: asked again every half minute, for all streams of a process at once."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from servicedesk.streams import access
from servicedesk.streams.access import Pass
from tickets import follow

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_the_connection(monkeypatch):
    """The test's transaction lives in it."""
    monkeypatch.setattr(access.connections, "close_all", lambda: None)


def check(*passes):
    return {one: verdict.status for one, verdict in access.check(passes, datetime.now(UTC)).items()}


def session_of(client, user):
    client.force_login(user)
    return client.cookies["sessionid"].value


def test_signing_out_ends_it(client, agent):
    shown = Pass(session_of(client, agent))
    assert check(shown) == {shown: HTTPStatus.OK}
    client.post("/account/sign-out/")
    assert check(shown) == {shown: HTTPStatus.UNAUTHORIZED}


def test_a_changed_password_ends_it(client, agent):
    shown = Pass(session_of(client, agent))
    agent.set_password("another one")
    agent.save()
    assert check(shown) == {shown: HTTPStatus.UNAUTHORIZED}


def test_a_closed_account_ends_it(client, agent):
    shown = Pass(session_of(client, agent))
    agent.is_active = False
    agent.save()
    assert check(shown) == {shown: HTTPStatus.UNAUTHORIZED}


def test_a_membership_taken_away_ends_the_customers(client, alice, ticket):
    shown = Pass(session_of(client, alice), case=ticket.number)
    assert check(shown) == {shown: HTTPStatus.OK}
    alice.memberships.all().delete()
    assert check(shown) == {shown: HTTPStatus.NOT_FOUND}


def test_staff_turned_customer_hears_nothing_more(client, agent):
    shown = Pass(session_of(client, agent))
    agent.role = "customer"
    agent.save()
    assert check(shown) == {shown: HTTPStatus.FORBIDDEN}


def test_statements_do_not_grow_with_the_streams(client, agent, lead, alice, ticket):
    staff = [Pass(session_of(client, user)) for user in (agent, lead)] + [Pass(f"{number:032}") for number in range(50)]
    mine = [Pass(session_of(client, alice), case=number) for number in (ticket.number, 1, 2, 3)]
    guests = [Pass(token=follow.token(pk)) for pk in (ticket.pk, 1, 2, 3)]
    with CaptureQueriesContext(connection) as statements:
        check(*staff, *mine, *guests)
    assert len(statements) == 4


def heard(shown):
    return access.check([shown], datetime.now(UTC))[shown].cases


def test_the_list_of_a_customer_hears_of_what_stands_in_it_and_of_nothing_else(client, alice, carol, report, borealis):
    mine, foreign = report(), report(organisation=borealis.organisation, site=None)
    shown = Pass(session_of(client, alice), is_list=True)
    assert heard(shown) == {mine.number}
    alice.memberships.all().delete()
    assert heard(shown) == frozenset()
    other = Pass(session_of(client, carol), is_list=True)
    assert heard(other) == {foreign.number}


def test_the_list_is_for_customers(client, agent):
    shown = Pass(session_of(client, agent), is_list=True)
    assert check(shown) == {shown: HTTPStatus.FORBIDDEN}
    assert check(Pass(is_list=True)) == {Pass(is_list=True): HTTPStatus.UNAUTHORIZED}
