"""Plans become tickets in time: each owed inspection once, however often, late or by how many workers."""

import random
import threading
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Duty
from common.errors import Forbidden, Invalid
from inspections import services
from inspections.models import Inspection, Plan
from sla import services as sla
from tests import places
from tests.inspections.conftest import NOW
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def keys():
    return sorted(Inspection.objects.values_list("key", flat=True))


def planned(ticket):
    event = TicketEvent.objects.get(ticket=ticket, type="visit_planned")
    return datetime.fromisoformat(event.data["planned_at"])


def test_what_is_visited_within_sixty_days_becomes_a_ticket(make_plan, acme):
    make_plan(unit=acme.unit)
    assert services.generate(now=NOW) == 3
    assert keys() == ["2026-11-01", "2026-12-01", "2027-01-01"]
    first = Ticket.objects.get(inspection__key="2026-11-01")
    assert (first.kind, first.state, first.site, first.equipment) == ("inspection", "visit_booked", acme.hq, acme.unit)
    assert first.title == "Monthly preventive inspection: Server 1"


def test_visit_stands_in_the_morning_of_a_working_day_at_the_site(make_plan):
    """The middle of December is Wednesday the 16th; that of November is over, so it is tomorrow's next working day."""
    make_plan()
    services.generate(now=NOW)
    visits = {one.key: planned(one.ticket) for one in Inspection.objects.all()}
    assert visits["2026-12-01"] == datetime(2026, 12, 16, 2, 0, tzinfo=UTC)
    assert visits["2026-11-01"] == datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_what_was_over_before_the_plan_was_made_is_not_planned(make_plan):
    make_plan(begins_on=date(2024, 1, 1))
    services.generate(now=NOW)
    assert keys()[0] == "2026-11-01"


def test_what_fell_due_while_no_worker_ran_is_made_up_for(make_plan):
    make_plan()
    services.generate(now=NOW + 100 * DAY)
    assert keys() == ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01"]


def test_year_in_random_steps_is_the_year_at_once(make_plan, borealis):
    make_plan(every="quarter")
    dice = random.Random(932)
    at = NOW
    while at < NOW + 365 * DAY:
        services.generate(now=at)
        services.generate(now=at)
        at += timedelta(hours=dice.randrange(1, 1200))
    services.generate(now=NOW + 365 * DAY)
    in_steps = keys()
    assert in_steps == ["2026-10-01", "2027-01-01", "2027-04-01", "2027-07-01", "2027-10-01"]
    assert Ticket.objects.filter(kind="inspection").count() == len(in_steps)


@pytest.mark.parametrize("seed", [7, 8])
def test_year_of_weeks_in_random_steps_is_the_year_at_once(make_plan, seed):
    """Every eighth week on Wednesday, from 18 November 2026 on."""
    make_plan(every="weeks", days=8, weekday=2, begins_on=NOW.date() - 2 * DAY)
    dice, at = random.Random(seed), NOW
    while at < NOW + 365 * DAY:
        services.generate(now=at)
        assert services.generate(now=at) == 0
        at += timedelta(hours=dice.randrange(1, 1200))
    services.generate(now=NOW + 365 * DAY)
    assert keys() == [str(date(2026, 11, 18) + timedelta(weeks=8 * number)) for number in range(8)]


def test_many_plans_with_nothing_to_do_cost_no_more_statements_than_one(make_plan, django_assert_num_queries):
    make_plan()
    services.generate(now=NOW)
    with CaptureQueriesContext(connection) as one:
        assert services.generate(now=NOW) == 0
    for _ in range(4):
        make_plan()
    assert services.generate(now=NOW) == 12
    with django_assert_num_queries(len(one)):
        assert services.generate(now=NOW) == 0


def test_few_at_a_time_come_to_the_same(make_plan):
    """Every fifth working day from 17 November 2026, whose time runs to the 24th, to 13 January 2027."""
    make_plan(every="working-days", days=5)
    while services.generate(now=NOW, limit=3):
        pass
    assert len(keys()) == Ticket.objects.count() == 9


def test_ended_contract_and_plan_out_of_use_owe_nothing(make_plan, acme, lead):
    plan = make_plan()
    services.set_active(plan=plan, is_active=False, by=Actor(lead), today=NOW.date())
    assert services.generate(now=NOW) == 0
    services.set_active(plan=plan, is_active=True, by=Actor(lead), today=NOW.date())
    acme.contract.ends_on = date(2026, 11, 30)
    acme.contract.save()
    services.generate(now=NOW)
    assert keys() == ["2026-11-01"]


def test_notice_is_promised_for_a_planned_visit(make_plan, acme):
    """Scheme 5: by the close of the 15th working day before the visit of Wednesday 16 December: 25 November."""
    make_plan(contract=places.contract(acme.organisation, "telecom"))
    services.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__key="2026-12-01")
    clock = ticket.clocks.get(target="inspection_notice")
    assert clock.due_at == datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    assert sla.check(now=NOW).differences == []


def test_day_that_is_closed_moves_visits_that_are_not_planned_yet(make_plan, administrator):
    sla.override_day(country="CN", day=date(2026, 12, 16), status="closed", by=Actor(administrator))
    make_plan()
    services.generate(now=NOW)
    assert planned(Ticket.objects.get(inspection__key="2026-12-01")).date() == date(2026, 12, 17)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_once(make_plan):
    for _ in range(4):
        make_plan()
    together = threading.Barrier(2)

    def work():
        together.wait(10)
        for _ in range(3):
            services.generate(now=NOW)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    services.generate(now=NOW)
    assert Inspection.objects.count() == Ticket.objects.count() == 12


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"every": "dates"}, "dates"),
        ({"every": "once", "dates": [date(2026, 12, 1), date(2026, 12, 2)]}, "dates"),
        ({"every": "working-days", "days": 251}, "days"),
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_plan_that_cannot_be_is_refused_beside_its_field(make_plan, values, field):
    with pytest.raises(Invalid) as refused:
        make_plan(**values)
    assert set(refused.value.errors) == {field}


def test_plan_stays_with_its_customer_and_its_site(make_plan, acme, borealis):
    with pytest.raises(Invalid) as refused:
        make_plan(site=borealis.site)
    assert set(refused.value.errors) == {"site"}
    with pytest.raises(Invalid) as refused:
        make_plan(unit=acme.plant_unit)
    assert set(refused.value.errors) == {"unit"}


def test_customer_sees_the_plans_of_his_sites_and_makes_none(make_plan, alice, bob, carol, acme):
    plan = make_plan()
    assert list(Plan.objects.visible_to(alice)) == [plan]
    assert not Plan.objects.visible_to(bob).exists()
    assert not Plan.objects.visible_to(carol).exists()
    with pytest.raises(Forbidden):
        services.set_active(plan=plan, is_active=False, by=Actor(alice), today=NOW.date())


def test_plan_that_cannot_be_planned_keeps_no_other_waiting(make_plan, acme):
    make_plan(contract=places.contract(acme.organisation, "gone"))
    good = make_plan()
    assert services.generate(now=NOW) == 3
    assert set(Inspection.objects.values_list("plan", flat=True)) == {good.pk}


def hours_of(engineer):
    """Of his visits, in Shanghai."""
    visits = [planned(ticket) for ticket in Ticket.objects.filter(assignee=engineer)]
    return sorted(f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%m-%d %H:%M}" for at in visits)


def test_visits_of_one_engineer_stand_beside_each_other(make_plan, engineer):
    """Five plans of two hours whose day is Wednesday 16 December, and one of a whole day."""
    for _ in range(5):
        make_plan(assignee=engineer, begins_on=date(2026, 12, 1))
    make_plan(assignee=engineer, begins_on=date(2026, 12, 1), minutes=480)
    services.generate(now=NOW)
    december = [at for at in hours_of(engineer) if at.startswith("12-")]
    assert december == ["12-16 10:00", "12-16 14:00", "12-16 16:00", "12-17 10:00", "12-17 14:00", "12-18 10:00"]


def test_day_that_was_asked_for_stays_though_its_engineer_is_full(make_plan, engineer):
    """Every ninth Wednesday: other hours of the day, then the usual one all the same."""
    for _ in range(5):
        make_plan(assignee=engineer, every="weeks", days=9, weekday=2, begins_on=date(2026, 12, 16))
    make_plan(every="weeks", days=9, weekday=2, begins_on=date(2026, 12, 16))
    services.generate(now=NOW)
    assert hours_of(engineer) == ["12-16 10:00", "12-16 10:00", "12-16 10:00", "12-16 14:00", "12-16 16:00"]


def in_december():
    """When the visits of December are, in Shanghai."""
    rows = [planned(one.ticket) for one in Inspection.objects.filter(key="2026-12-01").order_by("pk")]
    return [f"{at.astimezone(ZoneInfo('Asia/Shanghai')):%d %H:%M}" for at in rows]


def test_visits_that_have_no_engineer_yet_stand_beside_each_other(make_plan, acme):
    """At one site, and at two sites of one customer: the same people go to both."""
    for site in (acme.hq, acme.hq, acme.plant, acme.hq):
        make_plan(begins_on=date(2026, 12, 1), site=site)
    services.generate(now=NOW)
    assert in_december() == ["16 10:00", "16 14:00", "16 16:00", "17 10:00"]


def test_site_is_not_visited_by_two_at_one_hour(make_plan, engineer, agent):
    make_plan(begins_on=date(2026, 12, 1))
    make_plan(begins_on=date(2026, 12, 1), assignee=engineer)
    services.generate(now=NOW)
    assert in_december() == ["16 10:00", "16 14:00"]


def test_visits_of_other_customers_take_no_hour(make_plan, borealis):
    """Ten o'clock at both sites; Bangkok is an hour behind Shanghai."""
    make_plan(begins_on=date(2026, 12, 1))
    make_plan(begins_on=date(2026, 12, 1), contract=borealis.contract, site=borealis.site)
    services.generate(now=NOW)
    assert in_december() == ["16 10:00", "16 11:00"]


def test_visit_waits_for_the_engineers_turn_of_duty(make_plan, engineer):
    turn = [datetime(2026, 12, day, tzinfo=UTC) for day in (18, 25)]
    Duty.objects.create(code="field", user=engineer, starts_at=turn[0], ends_at=turn[1])
    make_plan(begins_on=date(2026, 12, 1), assignee=engineer)
    services.generate(now=NOW)
    assert in_december() == ["18 10:00"]


@pytest.mark.parametrize(
    ("values", "field"),
    [({"begins_on": date(2023, 12, 31)}, "begins_on"), ({"begins_on": date(2027, 6, 1)}, "begins_on")],
)
def test_plan_begins_within_its_contract(make_plan, acme, values, field):
    """1 January 2024 to 31 May 2027."""
    acme.contract.ends_on = date(2027, 6, 1)
    acme.contract.save()
    with pytest.raises(Invalid) as refused:
        make_plan(**values)
    assert set(refused.value.errors) == {field}
    make_plan(begins_on=date(2027, 5, 31))


def test_contract_that_names_sites_has_plans_at_these_alone(make_plan, acme, lead):
    before = make_plan(site=acme.plant)
    acme.contract.sites.add(acme.hq)
    with pytest.raises(Invalid) as refused:
        make_plan(site=acme.plant)
    assert set(refused.value.errors) == {"site"}
    make_plan(site=acme.hq)
    services.save_plan(plan=before, values={"site": acme.plant, "minutes": 60}, by=Actor(lead), today=NOW.date())
    assert Plan.objects.get(pk=before.pk).minutes == 60  # as it was when it was made


@pytest.mark.parametrize("column", ["begins_on", "contract"])
def test_database_keeps_plans_within_their_contracts(make_plan, acme, borealis, column):
    plan = make_plan()
    if column == "contract":
        acme.contract.starts_on = date(2026, 6, 1)
        acme.contract.save()  # what was written before stays
        Plan.objects.filter(pk=plan.pk).update(minutes=60)
        later = places.contract(acme.organisation, "telecom")
        later.starts_on = date(2026, 6, 1)
        later.save()
    change = {"contract": later} if column == "contract" else {"begins_on": date(2023, 12, 31)}
    with pytest.raises(IntegrityError, match="within its contract"):
        Plan.objects.filter(pk=plan.pk).update(**change)
