"""Work moves to other days, with what hangs on them; late steps are told to the desk once."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.actors import Actor
from common.errors import Forbidden, Invalid, NotVisible
from common.instants import format_instant
from customers.models import Equipment
from jobs import services
from jobs.kinds import JobKind
from jobs.models import Job, Step
from jobs.tasks import tell_late
from notifications.models import Delivery
from tests.jobs.conftest import NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)
LATER = {"begins_on": date(2026, 12, 8), "last_on": date(2026, 12, 11)}


@pytest.fixture
def delivery(studio, engineer):
    Equipment.objects.update(accepted_on=None)
    wanted = services.Wanted(JobKind.DELIVERY, "Storage", studio.site, FIRST, LAST)
    job = services.make(wanted=wanted, by=Actor(engineer), now=NOW)
    job.ticket.assignee = engineer
    job.ticket.save(update_fields=["assignee"])
    return job


def move(job, by, now=NOW, reason="The lorry broke down.", **days):
    return services.move(job=job, **{**LATER, **days}, reason=reason, by=Actor(by), now=now)


def days_of(job):
    return {step.code: step.due_on for step in job.steps.all()}


def said(job, kind):
    return [event.data for event in job.ticket.events.filter(type=kind)]


def test_open_steps_are_due_by_the_new_days_and_done_ones_stay(delivery, do, engineer):
    arrival = {"arrived_on": "2026-11-20", "packing": [{"item": "Array", "ordered": 1, "arrived": 1, "damaged": 0}]}
    do(delivery, "arrival", arrival)
    move(delivery, engineer)
    days = days_of(delivery)
    assert (days["arrival"], days["installation"], days["signature"]) == (FIRST, date(2026, 12, 9), date(2026, 12, 11))
    assert said(delivery, "work_moved") == [
        {
            "from_begins_on": "2026-12-01",
            "from_last_on": "2026-12-04",
            "begins_on": "2026-12-08",
            "last_on": "2026-12-11",
        }
        | {"reason": "The lorry broke down."}
    ]


def test_an_announced_acceptance_is_announced_again(delivery, do, engineer):
    do(delivery, "arrival", {"arrived_on": "2026-11-20", "packing": [line("Array")]})
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001"]})
    at = format_instant(datetime(2026, 12, 4, 9, tzinfo=UTC))
    do(delivery, "notice", {"at": at, "place": "Room 1"})
    move(delivery, engineer)
    notice = delivery.steps.get(code="notice")
    assert (notice.done_at, notice.due_on) == (None, date(2026, 12, 10))
    do(delivery, "notice", {"at": format_instant(datetime(2026, 12, 11, 9, tzinfo=UTC)), "place": "Room 1"})
    assert "11 Dec 2026" in delivery.ticket.replies.order_by("pk").last().body


def line(item):
    return {"item": item, "ordered": 1, "arrived": 1, "damaged": 0}


def test_period_and_checks_move_with_event_assurance(asked, do, seniors, engineer):
    do(asked, "plan", {"engineers": seniors, "approach": "We stand by."})
    visited, ahead = asked.checks.order_by("unit__serial_number")
    tickets.record(ticket=visited.inspection.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    moved = move(asked, engineer, begins_on=date(2026, 12, 19), last_on=date(2026, 12, 20))
    moved.period.refresh_from_db()
    assert (moved.period.begins_on, moved.period.last_on) == (date(2026, 12, 19), date(2026, 12, 20))
    terms = tickets.appointment_of(ahead.inspection.ticket)
    assert terms.planned_at == datetime(2026, 12, 16, 9, tzinfo=UTC)
    assert visited.inspection.ticket.events.filter(type="visit_planned").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"begins_on": FIRST, "last_on": LAST}, "begins_on"),
        ({"begins_on": date(2026, 12, 9), "last_on": date(2026, 12, 8)}, "last_on"),
        ({"begins_on": date(2026, 11, 18), "last_on": date(2026, 11, 19)}, "last_on"),
        ({"begins_on": date(2026, 12, 1), "last_on": date(2027, 12, 1)}, "last_on"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 501}, "reason"),
    ],
)
def test_other_days_that_make_no_sense_are_refused_beside_their_field(delivery, engineer, given, field):
    with pytest.raises(Invalid) as refused:
        move(delivery, engineer, **given)
    assert list(refused.value.errors) == [field]
    assert Job.objects.get().begins_on == FIRST


def test_who_may_not(delivery, dora, carol, storekeeper):
    for person, refusal in ((dora, Forbidden), (carol, NotVisible), (storekeeper, Forbidden)):
        with pytest.raises(refusal):
            move(delivery, person)


def test_the_customer_reads_the_new_days_and_never_why(delivery, dora, engineer):
    move(delivery, engineer)
    client = Client()
    client.force_login(dora)
    page = client.get(f"/portal/{delivery.ticket.reference}/").content.decode()
    assert "The work was moved to other days: 8–11 Dec 2026." in page
    assert "lorry" not in page


def test_on_its_page(delivery, engineer):
    client = Client()
    client.force_login(engineer)
    address = reverse("job_move", args=[delivery.ticket.number])
    assert address in client.get(reverse("job", args=[delivery.ticket.number])).content.decode()
    wrong = client.post(address, {"begins_on": "2026-12-09", "last_on": "2026-12-08", "reason": "Typed already"})
    assert wrong.status_code == 400
    assert "Typed already" in wrong.content.decode()
    right = client.post(address, {"begins_on": "2026-12-08", "last_on": "2026-12-11", "reason": "Lorry"}, follow=True)
    assert "8 Dec 2026" in right.content.decode()
    log = client.get(delivery.ticket.get_absolute_url()).content.decode()
    assert "moved from 1–4 Dec 2026 to 8–11 Dec 2026" in log


def test_over_rest(delivery, engineer, carol):
    client = APIClient()
    client.force_login(engineer)
    address = f"/api/v1/jobs/{delivery.ticket.reference}/move/"
    body = {"begins_on": "2026-12-08", "last_on": "2026-12-11", "reason": "Lorry"}
    assert client.post(address, {**body, "reason": ""}, format="json").status_code == 400
    answer = client.post(address, body, format="json")
    assert (answer.status_code, answer.json()["begins_on"]) == (200, "2026-12-08")
    client.force_login(carol)
    assert client.post(address, body, format="json").status_code == 404


def late_mails():
    return list(Delivery.objects.filter(kind="step_late").values_list("user__email", flat=True))


def test_a_late_step_is_told_once_on_the_day_after(delivery, engineer):
    midnight = datetime(2026, 12, 1, 23, tzinfo=UTC)  # in Berlin
    for at, told in ((midnight - timedelta(minutes=1), 0), (midnight, 1), (midnight + timedelta(hours=1), 0)):
        with time_machine.travel(at, tick=False):
            assert tell_late() == told
    assert said(delivery, "step_late") == [{"job": "delivery", "step": "arrival", "due_on": "2026-12-01"}]
    assert late_mails() == [engineer.email]


def test_only_the_step_whose_turn_it_is(delivery, do, engineer):
    at = datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert services.tell_late(now=at) == 1
    do(delivery, "arrival", {"arrived_on": "2026-12-07", "packing": [line("Array")]}, now=at)
    assert services.tell_late(now=at) == 1
    assert [data["step"] for data in said(delivery, "step_late")] == ["arrival", "installation"]


def test_moved_work_may_be_late_again(delivery, engineer):
    services.tell_late(now=datetime(2026, 12, 2, 9, tzinfo=UTC))
    move(delivery, engineer, now=datetime(2026, 12, 2, 10, tzinfo=UTC))
    assert services.tell_late(now=datetime(2026, 12, 8, 9, tzinfo=UTC)) == 0
    assert services.tell_late(now=datetime(2026, 12, 9, 9, tzinfo=UTC)) == 1


def test_work_that_is_over_is_late_no_more(delivery, lead):
    tickets.record(ticket=delivery.ticket, type="cancelled", by=Actor(lead), at=NOW, now=NOW, note="Not wanted.")
    assert services.tell_late(now=datetime(2027, 1, 2, tzinfo=UTC)) == 0
    assert not Step.objects.exclude(told_late_at=None).exists()
