"""A visit gets another day: the notice moves with it, the calendar follows, and what speaks against it is only said."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from accounts.models import Duty
from common.errors import Forbidden, Invalid
from inspections import clashes, services
from inspections.models import Appointment
from servicedesk.visits import warnings
from sla import services as sla
from tests import places
from tests.inspections.conftest import NOW
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit(make_plan, acme, engineer):
    """Scheme 5; planned for Wednesday 16 December 2026, 10:00 in Shanghai."""
    make_plan(contract=places.contract(acme.organisation, "telecom"), assignee=engineer)
    services.generate(now=NOW)
    return Ticket.objects.get(inspection__key="2026-12-01")


def local(day, hour=10, minute=0):
    """A wall time in Shanghai."""
    return datetime(*day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def moved(ticket, by, at, now=NOW, **values):
    return tickets.move_visit(ticket=ticket, planned_at=at, by=Actor(by), now=now, **values)


def against(ticket, at, minutes=120, now=NOW):
    return {clash.why for clash in clashes.of(ticket=ticket, planned_at=at, minutes=minutes, now=now)}


@pytest.mark.parametrize(
    ("day", "notice"),
    [
        ((2026, 12, 16), (2026, 11, 25)),
        ((2026, 12, 31), (2026, 12, 10)),  # over a month's end
        ((2027, 1, 4), (2026, 12, 11)),  # New Year's Day is closed
        ((2027, 2, 26), (2027, 2, 1)),  # Spring Festival, as far as it is known
    ],
)
def test_notice_moves_with_the_visit(visit, lead, day, notice):
    if day != (2026, 12, 16):
        moved(visit, lead, local(day))
    clock = visit.clocks.get(target="inspection_notice", state="running")
    assert clock.due_at == local(notice, 18)
    assert sla.check(now=NOW).differences == []


def test_make_up_days_of_spring_festival_count_backwards_too(report, lead, acme):
    """Before Friday 6 March 2026: Saturdays 28 and 14 February are worked, 16 to 20 and 23 are not."""
    at = datetime(2026, 1, 10, 2, tzinfo=UTC)
    ticket = report(kind="inspection", scheme="telecom", by=lead, now=at)
    moved(ticket, lead, local((2026, 3, 5)), now=at)
    moved(ticket, lead, local((2026, 3, 6)), now=at)
    assert ticket.clocks.get(target="inspection_notice").due_at == local((2026, 2, 9), 18)
    assert against(ticket, local((2026, 2, 28)), now=at) == set()


def test_make_up_day_counts_as_a_working_day_of_the_notice(visit, lead, administrator):
    """A Saturday that is decreed to be worked brings the notice one working day nearer to the visit."""
    moved(visit, lead, local((2026, 12, 31)))
    before = visit.clocks.get(target="inspection_notice").due_at
    sla.override_day(country="CN", day=date(2026, 12, 19), status="working", by=Actor(administrator))
    moved(visit, lead, local((2026, 12, 31), 11), now=NOW + timedelta(minutes=1))
    assert visit.clocks.get(target="inspection_notice").due_at == before + timedelta(days=1)


def test_wall_time_at_the_site_stays_over_the_change_of_clocks(client, delta, lead):
    """Berlin puts its clocks forward on 28 March 2027: ten o'clock is 9:00 UTC before it and 8:00 after it."""
    with time_machine.travel(NOW, tick=False):
        ticket = tickets.report(
            intake=tickets.Intake(title="Round", kind="inspection", organisation=delta.organisation, site=delta.site),
            by=Actor(lead), at=NOW, now=NOW,
        )  # fmt: skip
        moved(ticket, lead, datetime(2027, 3, 26, 9, tzinfo=UTC))
        client.force_login(lead)
        page = client.get(f"/tickets/{ticket.reference}/move/?day=2027-03-29").content.decode()
        assert 'value="2027-03-29T10:00"' in page
        client.post(
            f"/tickets/{ticket.reference}/move/",
            {"planned_at": "2027-03-29T10:00", "minutes": 60, "seen": "holiday"},
        )
    assert Appointment.objects.get(ticket=ticket).planned_at == datetime(2027, 3, 29, 8, tzinfo=UTC)


def test_log_says_from_when_to_when_and_the_customer_reads_why(visit, lead):
    moved(visit, lead, local((2026, 12, 17)), message="The hall is closed on Wednesday.")
    event = TicketEvent.objects.filter(ticket=visit, type="visit_planned").last()
    assert event.data["moved_from"] == local((2026, 12, 16)).isoformat()
    assert visit.replies.get().body == "The hall is closed on Wednesday."
    assert visit.events.filter(type="visit_planned").count() == 2


def test_appointment_is_what_the_log_says(visit, lead):
    first = visit.appointment.sequence
    moved(visit, lead, local((2026, 12, 17)), minutes=90)
    row = Appointment.objects.get(ticket=visit)
    assert (row.planned_at, row.minutes, row.sequence) == (local((2026, 12, 17)), 90, first + 1)
    tickets.record(ticket=visit, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    row.refresh_from_db()
    assert (row.is_over, row.sequence) == (True, first + 2)
    assert services.differing() == []


def test_move_that_is_taken_back_restores_the_day_and_still_counts_up(visit, lead):
    with tickets.remembered(by=Actor(lead), now=NOW) as memory:
        moved(visit, lead, local((2026, 12, 17)))
    tickets.take_back(action=memory.action, by=Actor(lead), now=NOW)
    row = Appointment.objects.get(ticket=visit)
    assert row.planned_at == local((2026, 12, 16))
    assert row.sequence == 2
    assert services.differing() == []


def test_what_speaks_against_a_day_is_said(visit, lead, acme, engineer, report):
    other = report(kind="inspection", assignee=engineer, by=lead, now=NOW)
    moved(other, lead, local((2026, 12, 17), 11))
    assert against(visit, local((2026, 12, 16))) == set()
    assert against(visit, local((2026, 12, 17))) == {"engineer_busy", "same_site"}
    assert against(visit, local((2026, 12, 17), 13)) == {"same_site"}
    assert against(visit, local((2026, 12, 19))) == {"weekend"}
    assert against(visit, local((2027, 1, 1))) == {"holiday", "after_window"}
    assert against(visit, local((2026, 11, 20), 9)) == {"past", "before_window"}


def test_visit_that_reaches_over_midnight_is_in_the_way_of_the_next_morning(visit, lead, engineer, report):
    other = report(kind="inspection", assignee=engineer, by=lead, now=NOW)
    moved(other, lead, local((2026, 12, 16), 20), minutes=16 * 60)
    assert "engineer_busy" in against(visit, local((2026, 12, 17)))


def test_engineer_with_turns_of_duty_is_off_outside_of_them(visit, engineer):
    assert against(visit, local((2026, 12, 16))) == set()
    Duty.objects.create(code="field", user=engineer, starts_at=local((2026, 12, 1)), ends_at=local((2026, 12, 15)))
    assert against(visit, local((2026, 12, 16))) == {"engineer_off_duty"}
    assert against(visit, local((2026, 12, 14))) == set()


def test_notice_that_cannot_be_in_time_is_said(visit):
    log = tickets.read_logs([visit])[visit.pk]

    def codes(day):
        found = warnings.outlook(ticket=visit, log=log, planned_at=local(day), minutes=120, now=NOW)
        return {warning.code for warning in found.warnings}

    assert codes((2026, 12, 16)) == set()
    assert codes((2026, 12, 10)) == {"notice_too_late"}


def test_warning_is_shown_once_and_stops_nobody_who_presses_again(client, visit, lead):
    with time_machine.travel(NOW, tick=False):
        client.force_login(lead)
        address = f"/tickets/{visit.reference}/move/"
        data = {"planned_at": "2026-12-19T10:00", "minutes": 120}
        answer = client.post(address, data)
        assert answer.status_code == 409
        assert "No working day at the site: Sat 19 Dec 2026" in answer.content.decode()
        assert Appointment.objects.get(ticket=visit).planned_at == local((2026, 12, 16))
        assert client.post(address, {**data, "seen": "weekend"}).status_code == 302
    assert Appointment.objects.get(ticket=visit).planned_at == local((2026, 12, 19))


def test_same_time_again_is_no_move_and_customers_move_nothing(visit, lead, alice):
    with pytest.raises(Invalid):
        moved(visit, lead, local((2026, 12, 16)))
    with pytest.raises(Forbidden):
        moved(visit, alice, local((2026, 12, 17)))
    assert visit.events.filter(type="visit_planned").count() == 1


def test_ticket_page_leads_to_the_form(client, visit, lead):
    client.force_login(lead)
    assert f"/tickets/{visit.reference}/move/" in client.get(f"/tickets/{visit.reference}/").content.decode()


def test_time_that_has_passed_is_refused_beside_its_field_and_nothing_typed_is_lost(client, visit, lead):
    with time_machine.travel(NOW, tick=False):
        client.force_login(lead)
        typed = {"planned_at": "2026-11-20T09:00", "minutes": 95, "seen": "past before_window"}
        answer = client.post(f"/tickets/{visit.reference}/move/", typed)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'id="id_planned_at_error"' in page
    assert 'value="95"' in page
    assert Appointment.objects.get(ticket=visit).planned_at == local((2026, 12, 16))
