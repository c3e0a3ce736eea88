"""The duty list says who is called, where nobody is, and where two are."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts.models import Duty
from servicedesk.screens.settings import roster

START = datetime(2026, 11, 23, tzinfo=UTC)
END = START + timedelta(days=7)


def turn(first, last):
    at = [None if hours is None else START + timedelta(hours=hours) for hours in (first, last)]
    return SimpleNamespace(pk=1, starts_at=at[0], ends_at=at[1])


def spans(row):
    return [((gap.start - START) // timedelta(hours=1), (gap.end - START) // timedelta(hours=1)) for gap in row.gaps]


@pytest.mark.parametrize(
    ("turns", "gaps"),
    [
        ([], [(0, 168)]),
        ([turn(None, None)], []),
        ([turn(None, 10), turn(12, None)], [(10, 12)]),
        ([turn(5, 50), turn(10, 20)], [(0, 5), (50, 168)]),
        ([turn(None, 24), turn(24, None)], []),
        ([turn(200, 300)], [(0, 168)]),
    ],
)
def test_gaps_are_what_no_turn_covers(turns, gaps):
    assert spans(roster.row(turns, START, END)) == gaps


def test_two_at_once_are_told_and_touching_is_not():
    row = roster.row([turn(0, 10), turn(8, 12), turn(12, 20)], START, END)
    assert row.twice == ((START + timedelta(hours=8), START + timedelta(hours=10)),)


@pytest.mark.django_db
def test_the_page_names_who_is_on_duty_and_the_gap(client, lead, agent):
    Duty.objects.create(
        code="local_manager", user=agent, starts_at=None, ends_at=datetime.now(UTC) + timedelta(hours=1)
    )
    client.force_login(lead)
    page = client.get("/settings/duties/").content.decode()
    assert "Local manager" in page
    assert "Local manager: nobody from" in page


@pytest.mark.django_db
def test_a_duty_that_ends_before_it_begins_is_refused_beside_the_field(client, lead, agent):
    client.force_login(lead)
    given = {"code": "team_lead", "user": agent.pk, "starts_at": "2026-11-28T08:00", "ends_at": "2026-11-27T08:00"}
    answer = client.post("/settings/duties/new/", given)
    assert answer.status_code == 400
    assert "Enter an end after the beginning." in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "x", "2026-02-30T10:00"])
def test_moments_that_nobody_means_are_refused(client, lead, agent, moment):
    client.force_login(lead)
    given = {"code": "team_lead", "user": agent.pk, "starts_at": moment, "ends_at": ""}
    assert client.post("/settings/duties/new/", given).status_code == 400


@pytest.mark.django_db
def test_a_running_duty_ends_now_and_one_to_come_goes(client, lead, agent):
    client.force_login(lead)
    running = Duty.objects.create(code="team_lead", user=agent)
    coming = Duty.objects.create(code="team_lead", user=agent, starts_at=datetime.now(UTC) + timedelta(days=1))
    for duty in (running, coming):
        client.post(f"/settings/duties/{duty.pk}/end/")
    assert Duty.objects.get().ends_at is not None


@pytest.mark.django_db
@pytest.mark.parametrize("week", ["", "x", "0001-01-01", "9999-12-31", "2026-11-25"])
def test_any_week_answers(client: Client, lead, week):
    client.force_login(lead)
    assert client.get("/settings/duties/", {"week": week}).status_code == 200
