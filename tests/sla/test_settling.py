"""A ticket's clocks follow its log, and what nobody kept is noticed once, stamped with the deadline."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from sla import services
from sla.models import Clock, SchemeVersion, Timer, Trouble
from tickets import services as tickets
from tickets.models import TicketEvent

# Friday 20 November 2026, 17:50 in Shanghai
RECEIVED = datetime(2026, 11, 20, 9, 50, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def fault(report):
    return report(at=RECEIVED, now=RECEIVED, level="3")


def automatic(ticket):
    told = ["clock_warned", "clock_missed", "level_raised", "crisis_opened"]
    events = TicketEvent.objects.filter(ticket=ticket, type__in=told).order_by("occurred_at", "seq")
    return [
        (event.type, event.data.get("level" if event.type == "level_raised" else "target"), event.occurred_at)
        for event in events
    ]


def test_report_gets_the_deadlines_of_its_contract(fault):
    due = dict(Clock.objects.filter(ticket=fault).values_list("target", "due_at"))
    assert due == {"respond": RECEIVED + 30 * MINUTE, "restore": RECEIVED + DAY}
    fault.refresh_from_db()
    assert (fault.next_due_at, fault.next_due_target) == (RECEIVED + 30 * MINUTE, "respond")


def test_sweep_raises_the_level_at_the_deadline_however_late_it_comes(fault):
    """
    17:50        17:50 +1d        21:50          01:50        02:50
    received     missed, 3->2     missed, 2->1   crisis       (sweep comes only now)
    """
    services.fire_due(now=RECEIVED + 33 * HOUR)
    raised = [(level, at) for kind, level, at in automatic(fault) if kind == "level_raised"]
    assert raised == [("2", RECEIVED + DAY), ("1", RECEIVED + 28 * HOUR)]
    opened = [at for kind, _, at in automatic(fault) if kind == "crisis_opened"]
    assert opened == [RECEIVED + 32 * HOUR]
    fault.refresh_from_db()
    assert (fault.level, fault.severity) == ("1", 1)


def test_cascade_is_the_same_whether_swept_each_minute_or_once(report):
    steady = report(at=RECEIVED, now=RECEIVED, level="3")
    for minutes in range(0, 33 * 60 + 1, 10):
        services.fire_due(now=RECEIVED + minutes * MINUTE)
    late = report(at=RECEIVED, now=RECEIVED, level="3")
    services.fire_due(now=RECEIVED + 33 * HOUR + MINUTE)
    overtaken = {"clock_warned"}  # warnings that the miss has overtaken are not given any more
    told = [[entry for entry in automatic(ticket) if entry[0] not in overtaken] for ticket in (steady, late)]
    assert told[0] == told[1]


def test_second_sweep_finds_nothing_left_to_do(fault):
    first = services.fire_due(now=RECEIVED + 33 * HOUR)
    again = services.fire_due(now=RECEIVED + 33 * HOUR)
    assert first.fired > 0
    assert again.fired == 0


def test_stop_ends_the_clock_and_its_timer(fault, agent):
    at = RECEIVED + 8 * MINUTE
    tickets.record(ticket=fault, type="restored", by=Actor(agent), at=at, now=at)
    clock = Clock.objects.get(ticket=fault, target="restore")
    assert (clock.state, clock.stopped_at, clock.elapsed_seconds) == ("met", at, 480)
    assert not Timer.objects.filter(ticket=fault, target="restore").exists()


def test_late_fact_makes_the_clock_come_out_as_if_it_had_been_on_time(fault, agent):
    services.fire_due(now=RECEIVED + 31 * MINUTE)
    assert Clock.objects.get(ticket=fault, target="respond").state == "missed"
    now = RECEIVED + HOUR
    tickets.record(ticket=fault, type="responded", by=Actor(agent), at=RECEIVED + 10 * MINUTE, now=now)
    assert Clock.objects.get(ticket=fault, target="respond").state == "met"
    assert ("clock_missed", "respond", RECEIVED + 30 * MINUTE) in automatic(fault)


def test_paused_ticket_has_no_due_time_and_no_timer(fault, agent):
    now = RECEIVED + HOUR
    tickets.record(ticket=fault, type="responded", by=Actor(agent), at=RECEIVED + MINUTE, now=now)
    tickets.record(ticket=fault, type="waiting", by=Actor(agent), at=now, now=now)
    clock = Clock.objects.get(ticket=fault, target="restore")
    assert (clock.state, clock.due_at, clock.remaining_seconds) == ("paused", None, 23 * 3600)
    services.fire_due(now=RECEIVED + 10 * DAY)
    assert not TicketEvent.objects.filter(ticket=fault, type="clock_missed").exists()


def test_broken_scheme_never_loses_the_report(report):
    broken = {"code": "broken", "name": "Broken", "levels": "nonsense"}
    SchemeVersion.objects.create(
        code="broken", version=1, name="Broken", document=broken, effective_at=RECEIVED, published_at=RECEIVED
    )
    ticket = report(at=RECEIVED, now=RECEIVED, scheme="broken")
    trouble = Trouble.objects.get(ticket=ticket)
    assert "broken" in trouble.error
    assert services.retry_set_aside(now=trouble.retry_at) == 0
    assert Trouble.objects.get(ticket=ticket).attempts == 2


def test_poisoned_ticket_does_not_stop_the_others(fault, report):
    broken = {"code": "broken", "name": "Broken"}
    SchemeVersion.objects.create(
        code="broken", version=1, name="Broken", document=broken, effective_at=RECEIVED, published_at=RECEIVED
    )
    poisoned = report(at=RECEIVED, now=RECEIVED, scheme="broken")
    Timer.objects.create(ticket=poisoned, target="restore", run=1, kind="miss", due_at=RECEIVED)
    Trouble.objects.filter(ticket=poisoned).delete()
    services.fire_due(now=RECEIVED + 31 * MINUTE)
    assert Trouble.objects.filter(ticket=poisoned).exists()
    assert TicketEvent.objects.filter(ticket=fault, type="clock_missed").exists()


def test_rebuild_reproduces_every_row(fault, report, agent):
    other = report(at=RECEIVED, now=RECEIVED, level="2")
    tickets.record(ticket=other, type="waiting", by=Actor(agent), at=RECEIVED + MINUTE, now=RECEIVED + MINUTE)
    services.fire_due(now=RECEIVED + 26 * HOUR)
    now = RECEIVED + 26 * HOUR
    assert services.check(now=now).differences == []
    before = list(
        Clock.objects.order_by("ticket", "target", "run").values_list("ticket", "target", "run", "state", "due_at")
    )
    Clock.objects.all().delete()
    Timer.objects.all().delete()
    services.rebuild(now=now)
    after = list(
        Clock.objects.order_by("ticket", "target", "run").values_list("ticket", "target", "run", "state", "due_at")
    )
    assert after == before


@pytest.mark.parametrize(("early", "fires"), [(timedelta(microseconds=1), False), (timedelta(0), True)])
def test_timer_fires_at_its_instant_and_not_before(fault, early, fires):
    services.fire_due(now=RECEIVED + 30 * MINUTE - early)
    assert TicketEvent.objects.filter(ticket=fault, type="clock_missed").exists() is fires
