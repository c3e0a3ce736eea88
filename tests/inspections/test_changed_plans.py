"""A plan that is changed counts from that day on: nothing is visited twice, nothing that was made is forgotten."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from accounts.actors import Actor
from common.errors import Invalid
from inspections import reports, services
from inspections.models import Inspection, Plan, Report
from tests import places
from tests.inspections.conftest import NOW
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
CHANGED = NOW + 200 * DAY


def life(plan, first, days):
    """The worker comes by every ten days."""
    for n in range(0, days, 10):
        services.generate(now=first + n * DAY)


def change(plan, lead, **values):
    return services.save_plan(plan=plan, values=values, by=Actor(lead), today=CHANGED.date()).row


def middles():
    return sorted(row.opens_on + (row.closes_on - row.opens_on) // 2 for row in Inspection.objects.all())


def year_keys(plan):
    day = CHANGED.date()
    return {
        line.ticket.pk
        for line in reports.owed_between([plan], date(2026, 1, 1), date(2028, 1, 1), today=day)
        if line.ticket
    }


@pytest.mark.parametrize(
    ("before", "after", "longest"),
    [
        ({"every": "month"}, {"begins_on": date(2026, 1, 2)}, 62),
        ({"every": "weeks", "days": 1, "weekday": 0}, {"weekday": 2}, 14),
        ({"every": "month"}, {"every": "weeks", "days": 2, "weekday": 1}, 46),
        ({"every": "weeks", "days": 2, "weekday": 1}, {"every": "month"}, 62),
        ({"every": "working-days", "days": 10}, {"days": 5}, 30),
        ({"every": "working-days", "days": 5}, {"days": 10}, 30),
        ({"every": "year"}, {"every": "quarter"}, 320),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_nothing_twice_and_nothing_left_out(make_plan, lead, before, after, longest):
    plan = make_plan(**before)
    life(plan, NOW, 200)
    there = set(Inspection.objects.values_list("pk", flat=True))
    of_year = year_keys(plan)
    assert of_year
    plan = change(Plan.objects.get(pk=plan.pk), lead, **after)
    services.generate(now=CHANGED)
    made = Inspection.objects.exclude(pk__in=there)
    assert all(row.closes_on > CHANGED.date() for row in made)  # nothing for a time that is over
    old = [row.opens_on + (row.closes_on - row.opens_on) // 2 for row in Inspection.objects.filter(pk__in=there)]
    assert not [row.key for row in made if any(row.opens_on <= middle < row.closes_on for middle in old)]
    assert of_year <= year_keys(plan)
    life(plan, CHANGED, 260)
    found = [day for day in middles() if day < CHANGED.date() + 250 * DAY]
    assert max((b - a).days for a, b in pairwise(found)) <= longest


def test_changed_back_and_forth_it_is_still_each_once(make_plan, lead):
    plan = make_plan(every="working-days", days=10)
    services.generate(now=NOW)
    count = Inspection.objects.count()
    for days in (5, 10, 20, 10):
        plan = services.save_plan(plan=plan, values={"days": days}, by=Actor(lead), today=NOW.date()).row
    services.generate(now=NOW)
    assert (Inspection.objects.count(), plan.edition) == (count, 5)


def test_what_says_nothing_about_when_begins_no_edition(make_plan, lead, engineer):
    plan = make_plan()
    services.generate(now=NOW)
    plan = services.save_plan(
        plan=plan, values={"minutes": 45, "assignee": engineer}, by=Actor(lead), today=NOW.date()
    ).row
    assert (plan.edition, services.generate(now=NOW)) == (1, 0)


def only_line(plan, today):
    return next(line for line in reports.owed_between([plan], date(2026, 11, 1), date(2026, 12, 1), today=today))


def test_called_off_or_closed_without_a_visit_it_is_behind(make_plan, lead):
    plan = make_plan()
    services.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__key="2026-11-01")
    tickets.record(ticket=ticket, type="closed", by=Actor(lead), at=NOW, now=NOW)
    line = only_line(plan, date(2026, 12, 1))
    assert (line.stage, line.is_behind) == ("cancelled", True)


def test_accepted_is_the_customers_word_on_the_report(edition, make_plan, alice, engineer):
    plan = make_plan()
    row = edition.inspection
    row.plan, row.key, row.opens_on, row.closes_on = plan, "2026-11-01", date(2026, 11, 1), date(2026, 12, 1)
    row.save()
    tickets.record(ticket=row.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    assert only_line(plan, date(2026, 12, 2)).stage == "done"
    services.send_report(report=edition, by=Actor(engineer), now=NOW)
    assert only_line(plan, date(2026, 12, 2)).stage == "done"
    services.answer_report(report=Report.objects.get(), by=Actor(alice), now=NOW)
    assert only_line(plan, date(2026, 12, 2)).stage == "accepted"


def test_a_ticket_hangs_on_the_contract_that_owes_it(make_plan, acme):
    other = places.contract(acme.organisation, "telecom")
    make_plan(contract=other)
    services.generate(now=NOW)
    assert {(ticket.contract, ticket.coverage_status) for ticket in Ticket.objects.all()} == {(other, "covered")}


def test_made_within_its_time_it_leaves_room_for_the_notice(make_plan):
    """Half a year from 25 August has its middle next week; fifteen working days after the next one is 14 December."""
    make_plan(every="half-year", begins_on=date(2026, 8, 25))
    services.generate(now=NOW)
    first = Ticket.objects.get(inspection__key="2026-08-25")
    assert tickets.appointment_of(first).planned_at == datetime(2026, 12, 14, 2, 0, tzinfo=UTC)


def test_another_site_does_not_keep_the_unit_of_the_old_one(make_plan, acme, lead):
    plan = make_plan(unit=acme.unit)
    with pytest.raises(Invalid) as refused:
        services.save_plan(plan=plan, values={"site": acme.plant}, by=Actor(lead), today=NOW.date())
    assert list(refused.value.errors) == ["unit"]


@pytest.mark.parametrize(
    "after", [{"every": "quarter"}, {"every": "weeks", "days": 8, "weekday": 0}, {"begins_on": date(2026, 1, 9)}]
)
def test_what_fell_due_before_the_edit_is_made_up_for_though_no_worker_ran(make_plan, lead, after):
    """Made on 20 November: to January. Changed on 8 June: what the old rhythm owed until then is there at once."""
    plan = make_plan(every="month")
    services.generate(now=NOW)
    change(Plan.objects.get(pk=plan.pk), lead, **after)
    keys = sorted(Inspection.objects.values_list("key", flat=True))
    assert keys == [f"2026-{m}-01" for m in (11, 12)] + [f"2027-0{m}-01" for m in range(1, 6)]
    services.generate(now=CHANGED)
    assert services.generate(now=CHANGED) == 0
    new = Inspection.objects.exclude(key__in=keys)
    assert all(row.key.endswith("~2") and row.closes_on > CHANGED.date() for row in new)


def test_plan_out_of_use_owes_nothing_when_it_is_edited(make_plan, lead):
    plan = make_plan(every="month")
    services.generate(now=NOW)
    services.set_active(plan=plan, is_active=False, by=Actor(lead), today=NOW.date())
    change(Plan.objects.get(pk=plan.pk), lead, every="quarter")
    assert Inspection.objects.count() == 3


@pytest.mark.parametrize("every", ["month", "working-days", "importance"])
def test_plan_put_back_in_use_owes_nothing_for_the_pause(make_plan, acme, lead, every):
    """Out of use from 20 November to 8 June: the time under way on 8 June is the first that counts again."""
    plan = make_plan(every=every, unit=acme.unit, days=20, vital_every="month", ordinary_every="month")
    services.generate(now=NOW)
    before = set(Inspection.objects.values_list("pk", flat=True))
    services.set_active(plan=plan, is_active=False, by=Actor(lead), today=NOW.date())
    services.set_active(plan=plan, is_active=True, by=Actor(lead), today=CHANGED.date())
    lines = reports.owed_between(
        [Plan.objects.get(pk=plan.pk)], date(2026, 1, 1), date(2027, 6, 30), today=CHANGED.date()
    )
    assert all(line.ticket or line.owed.closes_on > CHANGED.date() for line in lines)
    life(plan, CHANGED, 30)
    new = Inspection.objects.exclude(pk__in=before)
    assert new
    assert all(row.closes_on > CHANGED.date() for row in new)


def test_plan_that_is_in_use_already_is_not_begun_again(make_plan, lead):
    plan = make_plan(every="month")
    services.set_active(plan=plan, is_active=True, by=Actor(lead), today=CHANGED.date())
    services.generate(now=CHANGED)
    assert Inspection.objects.filter(closes_on__lte=CHANGED.date()).exists()
