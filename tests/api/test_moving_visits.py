"""Moving a visit over REST: the warnings come with the answer, a dry run writes nothing."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tickets import services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
BOOKED = {"planned_at": "2026-12-16T10:00:00+08:00", "minutes": 90}


@pytest.fixture
def visit(still, report, acme):
    return report(kind="inspection", scheme="telecom", now=NOW)


@pytest.fixture
def address(visit):
    return f"inspections/{visit.reference}/move/"


def test_visit_is_moved_and_its_notice_is_told(api, agent, visit, address):
    answer = api(agent).post(address, BOOKED)
    assert answer.status_code == 200
    assert answer.json() == {
        "number": visit.reference, "planned_at": "2026-12-16T02:00:00Z", "minutes": 90, "moved": True,
        "notice_due_at": "2026-11-25T10:00:00Z", "warnings": [],
    }  # fmt: skip
    visit.refresh_from_db()
    assert answer.headers["ETag"] == f'"{visit.version}"'
    assert (visit.state, visit.appointment.minutes) == ("visit_booked", 90)


def test_dry_run_says_what_speaks_against_it_and_writes_nothing(api, agent, visit, address):
    answer = api(agent).post(address, {"planned_at": "2026-11-21T10:00:00+08:00", "dry_run": True})
    assert not answer.json()["moved"]
    assert [one["code"] for one in answer.json()["warnings"]] == ["weekend", "notice_too_late"]
    assert services.appointment_of(visit).planned_at is None


def test_warnings_stop_nobody(api, agent, visit, address):
    answer = api(agent).post(address, {"planned_at": "2026-11-21T10:00:00+08:00"})
    assert answer.json()["moved"]
    assert services.appointment_of(visit).planned_at == datetime(2026, 11, 21, 2, tzinfo=UTC)


def test_version_that_moved_on_is_refused(api, agent, visit, address):
    services.note(ticket=visit, body="x", by=Actor(agent), now=NOW)
    assert api(agent).post(address, BOOKED, If_Match='"1"').status_code == 412


def test_bad_input_and_what_is_no_inspection(api, agent, visit, address, report):
    assert "planned_at" in api(agent).post(address, {"planned_at": "2026-12-16T10:00:00"}).json()["errors"]
    assert "minutes" in api(agent).post(address, {**BOOKED, "minutes": 0}).json()["errors"]
    assert api(agent).post(address, {**BOOKED, "planned_at": "2099-12-16T10:00:00Z"}).status_code == 400
    fault = report(now=NOW)
    assert api(agent).post(f"inspections/{fault.reference}/move/", BOOKED).status_code == 404


def test_customers_move_nothing_and_strangers_see_nothing(api, alice, carol, visit, address):
    assert api(alice).post(address, BOOKED).status_code == 403
    assert api(carol).post(address, BOOKED).status_code == 404


def test_time_that_has_passed_is_refused_and_a_dry_run_says_so(api, agent, visit, address):
    late = {"planned_at": "2026-11-16T09:59:00+08:00"}
    answer = api(agent).post(address, late)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["planned_at"])
    assert services.appointment_of(visit).planned_at is None
    said = api(agent).post(address, {**late, "dry_run": True}).json()["warnings"]
    assert "past" in [one["code"] for one in said]
