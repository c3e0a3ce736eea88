"""When the database or the program itself fails, clients still get a problem document."""

import pytest
from django.db import OperationalError, connection

from tests.api.conftest import FAULT

pytestmark = pytest.mark.django_db


def away(execute, sql, params, many, context):
    raise OperationalError("server closed the connection unexpectedly")


@pytest.mark.parametrize("send", [lambda c: c.get("tickets/"), lambda c: c.post("tickets/", FAULT)])
def test_a_database_that_is_away_is_503_with_a_time_to_come_back(api, agent, send):
    client = api(agent)
    with connection.execute_wrapper(away):
        answer = send(client)
    assert answer.status_code == 503
    assert answer["Content-Type"] == "application/problem+json"
    assert int(answer["Retry-After"]) > 0
    assert answer.json().keys() >= {"type", "title", "status", "detail", "errors"}


def test_a_fault_of_the_program_is_500_and_tells_nothing(api, agent):
    def broken(*_arguments):
        raise RuntimeError("secret detail")

    client = api(agent)
    with connection.execute_wrapper(broken):
        answer = client.get("tickets/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in answer.content
    assert answer.json()["reference"]


def test_options_and_head_are_answered(api, agent):
    client = api(agent)
    assert (
        client.client.options("/api/v1/tickets/", headers={"authorization": f"Bearer {client.text}"}).status_code == 200
    )
    assert client.client.head("/api/v1/tickets/", headers={"authorization": f"Bearer {client.text}"}).status_code == 200
