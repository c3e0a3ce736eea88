"""Event assurance from the asking to the report: one or two seniors, every device checked once, in order."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from accounts.models import Duty
from common.errors import Forbidden, Illegal, Invalid, NotVisible
from inspections import services as inspections
from jobs import services
from jobs.models import Check, Job, Period
from tests.jobs.conftest import NOW
from tickets import services as tickets
from tickets.models import Link, Ticket, TicketEvent

pytestmark = pytest.mark.django_db
PLAN = {"approach": "Two engineers in the machine room."}
LINE = {"at": "2026-12-12T10:00:00Z", "what": "Switch to the spare MCU"}


def test_customer_asks_and_there_is_a_ticket_with_steps_and_days(asked, studio, dora):
    assert (asked.ticket.kind, asked.ticket.reporter, asked.ticket.channel) == ("job", dora, "portal")
    assert asked.contract == studio.contract
    assert [(step.code, str(step.due_on)) for step in asked.steps.all()] == [
        ("plan", "2026-11-27"), ("pre-check", "2026-12-09"), ("rehearsal", "2026-12-11"), ("spares", "2026-12-11"),
        ("attendance", "2026-12-13"), ("report", "2026-12-16"),
    ]  # fmt: skip


def test_asking_twice_makes_it_once_and_after_cancelling_again(asked, dora, agent):
    again = services.ask_assurance(period=asked.period, by=Actor(dora), now=NOW)
    assert again == asked
    tickets.record(ticket=asked.ticket, type="cancelled", by=Actor(agent), at=NOW, now=NOW)
    assert services.ask_assurance(period=asked.period, by=Actor(dora), now=NOW) != asked
    assert Job.objects.standing().count() == 1


def test_period_of_somebody_else_cannot_be_asked_for(make_period, carol):
    period = make_period()
    with pytest.raises(NotVisible):
        services.ask_assurance(period=period, by=Actor(carol), now=NOW)
    with pytest.raises(NotVisible):
        services.save_period(period=Period(), values={"site": period.site, "begins_on": period.begins_on,
                             "last_on": period.last_on, "name": "x"}, by=Actor(carol))  # fmt: skip


def test_period_that_is_over_cannot_be_asked_for(make_period, dora):
    period = make_period(begins_on=date(2026, 11, 1), last_on=date(2026, 11, 19))
    with pytest.raises(Illegal):
        services.ask_assurance(period=period, by=Actor(dora), now=NOW)


@pytest.mark.parametrize(("importance", "count", "is_enough"), [
    ("very", 1, False), ("very", 2, True), ("important", 0, False), ("important", 1, True), ("important", 2, True),
])  # fmt: skip
def test_importance_says_how_many_senior_engineers(make_period, dora, do, seniors, importance, count, is_enough):
    job = services.ask_assurance(period=make_period(importance=importance), by=Actor(dora), now=NOW)
    given = {**PLAN, "engineers": seniors[:count]}
    if is_enough:
        do(job, "plan", given)
        assert sorted(user.email for user in job.engineers.all()) == sorted(seniors[:count])
    else:
        with pytest.raises(Invalid) as refused:
            do(job, "plan", given)
        assert list(refused.value.errors) == ["engineers"]
        assert not Check.objects.exists()


def test_only_who_is_senior_may_be_named(asked, do, seniors, agent):
    Duty.objects.filter(user__email=seniors[1]).update(ends_at=NOW - timedelta(days=1))
    for name in (agent.email, seniors[1], "nobody@demo.test"):
        with pytest.raises(Invalid):
            do(asked, "plan", {**PLAN, "engineers": [name]})


@pytest.mark.parametrize(
    ("since", "until", "is_on"),
    [
        (None, datetime(2026, 12, 12, 1, tzinfo=UTC), False),  # until the morning of the first day
        (None, datetime(2026, 12, 13, 1, tzinfo=UTC), True),
        (datetime(2026, 12, 11, 22, tzinfo=UTC), None, True),  # not today, but from then on
        (datetime(2026, 12, 13, 1, tzinfo=UTC), None, False),
        (datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC), True),
        (datetime(2027, 1, 1, tzinfo=UTC), None, False),
    ],
)
def test_senior_is_who_is_so_on_the_days_of_the_event(asked, do, seniors, since, until, is_on):
    """Saturday and Sunday, 12 and 13 December 2026, in Shanghai."""
    Duty.objects.filter(user__email=seniors[0]).update(starts_at=since, ends_at=until)
    assert (seniors[0] in [user.email for user in services.seniors(asked)]) == is_on
    given = {**PLAN, "engineers": seniors[:1]}
    if is_on:
        do(asked, "plan", given)
    else:
        with pytest.raises(Invalid, match="on all days of the event"):
            do(asked, "plan", given)


def test_two_turns_that_follow_each_other_are_as_good_as_one(asked, seniors):
    turn = Duty.objects.get(user__email=seniors[0])
    Duty.objects.create(code=turn.code, user=turn.user, starts_at=datetime(2026, 12, 12, 16, tzinfo=UTC))
    Duty.objects.filter(pk=turn.pk).update(ends_at=datetime(2026, 12, 12, 16, tzinfo=UTC))
    assert turn.user in services.seniors(asked)


def test_plan_offers_those_of_the_event_and_a_moved_event_names_who_is_off(client, asked, do, seniors, agent):
    Duty.objects.filter(user__email=seniors[0]).update(ends_at=datetime(2026, 12, 31, tzinfo=UTC))
    Duty.objects.filter(user__email=seniors[1]).update(ends_at=NOW + timedelta(days=1))
    client.force_login(agent)
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/jobs/{asked.ticket.reference}/steps/plan/").content.decode()
        assert [name in page for name in seniors] == [True, False]
        do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
        typed = {"begins_on": "2027-01-09", "last_on": "2027-01-10", "reason": "The final is later."}
        answer = client.post(f"/jobs/{asked.ticket.reference}/move/", typed, follow=True)
    name = asked.engineers.get().name
    assert f"{name} is not on the duty list for the new days." in answer.content.decode()


def test_every_device_of_the_site_is_checked_by_one_inspection(asked, do, seniors, studio):
    studio.units[1].is_retired = True
    studio.units[1].save()
    do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
    [check] = asked.checks.all()
    found = check.inspection.ticket
    assert (found.kind, found.equipment, found.state) == ("inspection", studio.units[0], "visit_booked")
    assert (found.assignee.email, check.inspection.checklist.code) == (seniors[0], "event-assurance-pre-check")
    planned = TicketEvent.objects.get(ticket=found, type="visit_planned").data["planned_at"]
    assert planned.startswith("2026-12-09T10:00:00")
    assert Link.objects.get(source=found).target == asked.ticket


def test_check_is_done_when_every_device_was_visited(asked, do, seniors, engineer):
    do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
    first, second = (check.inspection.ticket for check in asked.checks.all())
    tickets.record(ticket=first, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    with pytest.raises(Illegal, match="SN-4002"):
        do(asked, "pre-check", {"summary": "All well."})
    tickets.record(ticket=second, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    do(asked, "pre-check", {"summary": "All well."})


def test_steps_are_done_in_order_and_once(asked, do, seniors):
    with pytest.raises(Illegal, match="First comes: Plan"):
        do(asked, "spares")
    do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
    with pytest.raises(Illegal, match="done"):
        do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
    assert TicketEvent.objects.filter(ticket=asked.ticket, type="step_done").count() == 1


def test_rehearsal_must_have_passed_at_last(asked, do, seniors, engineer):
    prepared(asked, do, seniors, engineer)
    with pytest.raises(Invalid, match="has not passed"):
        do(asked, "rehearsal", {"runs": [{**LINE, "result": "pass"}, {**LINE, "result": "fail"}]})
    with pytest.raises(Invalid, match="at least one line"):
        do(asked, "rehearsal", {"runs": []})
    do(asked, "rehearsal", {"runs": [{**LINE, "result": "fail"}, {**LINE, "result": "pass"}]})


def test_whole_story_ends_with_the_ticket_resolved(asked, do, seniors, engineer):
    prepared(asked, do, seniors, engineer)
    do(asked, "rehearsal", {"runs": [{**LINE, "result": "pass"}]})
    do(asked, "spares", {"sets": [{"point": "Power of the MCU", "part": "PSU 48 V", "place": "Rack 2, bottom"}]})
    with pytest.raises(Invalid):
        do(asked, "attendance")
    do(asked, "attendance", {"log": [{"at": LINE["at"], "who": "Xi", "what": "All channels up"}]})
    assert Ticket.objects.get(pk=asked.ticket_id).state == "in_progress"
    do(asked, "report", {"summary": "Nothing failed."})
    assert Ticket.objects.get(pk=asked.ticket_id).state == "resolved"


def prepared(job, do, seniors, engineer):
    do(job, "plan", {**PLAN, "engineers": seniors[:1]})
    for check in job.checks.all():
        tickets.record(ticket=check.inspection.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    do(job, "pre-check", {"summary": "All well."})


def test_what_is_known_so_far_is_kept_before_its_turn(asked, engineer):
    given = {"sets": [{"point": "Power", "part": "PSU", "place": "Rack 2"}]}
    services.fill(job=asked, code="spares", given=services.Given(given), by=Actor(engineer), now=NOW)
    step = asked.steps.get(code="spares")
    assert (step.values, step.done_at) == (given, None)


@pytest.mark.parametrize("given", [
    {"nonsense": 1}, {"runs": "x"}, {"runs": [{"at": "tomorrow"}]}, {"runs": [{"what": "x"}]}, {"runs": ["x"]},
    {"runs": [{**LINE, "result": "perhaps"}]}, {"runs": [{**LINE, "result": "pass", "more": 1}]},
    {"runs": [{**LINE, "result": "pass", "what": "x" * 201}]},
])  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(asked, engineer, given):
    with pytest.raises(Invalid) as refused:
        services.fill(job=asked, code="rehearsal", given=services.Given(given), by=Actor(engineer), now=NOW)
    assert list(refused.value.errors) == list(given)


def test_customer_and_storekeeper_do_not_do_our_steps(asked, dora, storekeeper, seniors):
    for person in (dora, storekeeper):
        with pytest.raises(Forbidden):
            services.finish(job=asked, code="plan", given=services.Given(), by=Actor(person), now=NOW)


def test_cancelled_work_takes_no_more_steps(asked, agent, do):
    tickets.record(ticket=asked.ticket, type="cancelled", by=Actor(agent), at=NOW, now=NOW)
    with pytest.raises(Illegal):
        do(asked, "plan")


def test_planned_period_stands_as_it_is(asked, dora):
    with pytest.raises(Illegal):
        services.save_period(period=asked.period, values={"name": "Other"}, by=Actor(dora))


def test_visit_of_a_check_begins_with_the_shipped_list(asked, do, seniors, engineer):
    do(asked, "plan", {**PLAN, "engineers": seniors[:1]})
    ticket = asked.checks.first().inspection.ticket
    begun = inspections.begin(ticket=ticket, by=Actor(engineer), now=NOW)
    sheet = begun.sheets.get()
    assert (sheet.version.checklist.code, sheet.unit.serial_number) == ("event-assurance-pre-check", "SN-4001")
