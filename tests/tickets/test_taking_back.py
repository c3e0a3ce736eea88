"""What one press did is taken back for ten minutes, by who did it, unless the ticket went on."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from accounts.models import Team
from common.errors import Illegal, NotVisible
from sla import services as sla
from sla.models import Clock
from tickets import services
from tickets.models import Link, RecentAction, Ticket

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]
NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # where the clock stands still
LATER = NOW + timedelta(minutes=2)


@pytest.fixture
def by(agent):
    return Actor(user=agent)


@pytest.fixture
def press(by):
    """`press(services.assign, ticket=...)`: the remembered action of one press."""

    def pressed(verb, now=NOW, who=by, **what):
        with services.remembered(by=who, now=now, said="Done") as memory:
            verb(by=who, now=now, **what)
        return memory.action

    return pressed


def back(action, by, now=LATER):
    return services.take_back(action=action, by=by, now=now)


def record(press, ticket, type_, **more):
    return press(services.record, ticket=ticket, type=type_, at=more.pop("at", NOW), **more)


def clocks(ticket):
    return list(Clock.objects.filter(ticket=ticket).values_list("target", "run", "state", "due_at", "stopped_at"))


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_an_owner_is_changed_back_with_his_team(ticket, press, by, agent, lead):
    services.assign(ticket=ticket, assignee=agent, by=by, now=NOW)
    team = Team.objects.create(code="core", name="Core")
    action = press(services.assign, ticket=ticket, assignee=lead, team=team)
    assert back(action, by).done == [ticket]
    assert (fresh(ticket).assignee, fresh(ticket).team) == (agent, None)
    assert ticket.events.last().type == "assigned"


def test_changed_words_are_changed_back_and_found_again(ticket, press, by):
    action = press(services.edit, ticket=ticket, changes={"title": "Printer", "cause": "wear"})
    back(action, by)
    assert (fresh(ticket).title, fresh(ticket).cause) == ("Server does not start", "")
    assert Ticket.objects.matching("server").exists()


@pytest.mark.parametrize("type_", ["restored", "waiting", "responded", "closed", "cancelled", "remote_failed"])
def test_a_retracted_event_leaves_no_trace_in_state_and_clocks(ticket, press, by, type_):
    before, state = clocks(ticket), fresh(ticket).state
    action = record(press, ticket, type_, at=NOW - timedelta(minutes=3))
    assert clocks(ticket) != before or fresh(ticket).state != state
    assert back(action, by).refused == []
    assert (clocks(ticket), fresh(ticket).state) == (before, state)
    assert sla.check(now=LATER).differences == []


def test_a_level_goes_back_with_its_clocks(report, press, by):
    ticket = report(level="3", at=NOW, now=NOW)
    before = clocks(ticket)
    action = record(press, ticket, "level_confirmed", fields={"level": "1"})
    assert fresh(ticket).level == "1"
    back(action, by)
    assert (fresh(ticket).level, fresh(ticket).severity, clocks(ticket)) == ("3", 3, before)
    assert sla.check(now=LATER).differences == []


def test_a_move_goes_back_with_cover_scheme_and_clocks(report, press, by, acme, cathay):
    ticket = report(level="3", at=NOW, now=NOW)
    before = (ticket.scheme_code, ticket.contract_id, ticket.level, clocks(ticket))
    action = press(services.place, ticket=ticket, organisation=cathay.organisation, site=cathay.site)
    assert fresh(ticket).scheme_code != before[0]
    back(action, by)
    row = fresh(ticket)
    assert (row.scheme_code, row.contract_id, row.level, clocks(ticket)) == before
    assert (row.organisation, row.site) == (acme.organisation, acme.hq)
    assert sla.check(now=LATER).differences == []


def test_a_category_goes_back_with_the_scheme_that_followed(report, press, by, cathay):
    ticket = report(organisation=cathay.organisation, site=cathay.site, category="software", level="B")
    action = press(services.edit, ticket=ticket, changes={"category": "hardware"})
    assert fresh(ticket).scheme_code == "hardware"
    assert back(action, by).refused == []
    assert (fresh(ticket).category, fresh(ticket).scheme_code, fresh(ticket).level) == ("software", "software", "B")
    assert sla.check(now=LATER).differences == []


def test_a_merge_comes_apart_again(report, press, by):
    one, other = report(), report()
    action = press(services.merge, ticket=one, into=other)
    assert list(action.parts.values_list("ticket", flat=True)) == [one.pk]
    assert back(action, by).done == [one]
    assert (fresh(one).state, fresh(one).merged_into) == ("new", None)
    assert not Link.objects.exists()


def test_a_link_goes_and_a_removed_one_comes_back(report, press, by):
    one, other = report(), report()
    linked = press(services.link, ticket=one, target=other, kind="related")
    back(linked, by)
    assert not Link.objects.exists()
    services.link(ticket=one, target=other, kind="parent", by=by, now=NOW)
    back(press(services.unlink, ticket=one, target=other, kind="parent"), by)
    assert Link.objects.get().kind == "parent"


def test_what_the_customer_was_told_stays_when_the_event_goes(ticket, press, by):
    action = record(press, ticket, "restored", message="It runs again")
    back(action, by)
    assert fresh(ticket).state == "in_progress"
    assert ticket.replies.get().body == "It runs again"
    assert services.read_logs([ticket])[ticket.pk][-1].type == "retracted"


def test_the_first_reply_after_a_retracted_response_is_the_response(ticket, press, by):
    back(record(press, ticket, "responded"), by)
    services.reply(ticket=ticket, body="Hello", by=by, now=LATER)
    assert Clock.objects.get(ticket=ticket, target="respond").stopped_at == LATER


def test_a_ticket_that_went_on_is_left_alone(ticket, press, by, lead):
    action = record(press, ticket, "departed")
    services.record(ticket=ticket, type="arrived", by=Actor(user=lead), at=LATER, now=LATER)
    [(left, why)] = back(action, by, LATER).refused
    assert (left, why) == (ticket, "The ticket went on since. Lead recorded: Engineer on site.")
    assert fresh(ticket).state == "on_site"


def test_an_owner_whom_somebody_changed_again_is_left_alone(ticket, press, by, agent, lead):
    action = press(services.assign, ticket=ticket, assignee=agent)
    services.assign(ticket=ticket, assignee=lead, by=Actor(user=lead), now=NOW)
    assert back(action, by).refused[0][1] == "The ticket went on since. Lead changed the same thing again."
    assert fresh(ticket).assignee == lead


def test_a_group_goes_back_ticket_by_ticket(report, by, agent, lead):
    many = [report(at=NOW, now=NOW) for _ in range(3)]
    with services.remembered(by=by, now=NOW, said="3 tickets assigned") as memory:
        for one in many:
            services.assign(ticket=one, assignee=agent, by=by, now=NOW)
    services.record(ticket=many[1], type="closed", by=Actor(user=lead), at=NOW, now=NOW)
    result = back(memory.action, by)
    assert (result.done, [left for left, _why in result.refused]) == ([many[0], many[2]], [many[1]])


def test_pressed_twice_is_taken_back_once(ticket, press, by):
    action = record(press, ticket, "departed")
    assert [back(action, by).done for _press in range(2)] == [[ticket], [ticket]]
    assert ticket.events.filter(type="retracted").count() == 1


def test_after_ten_minutes_and_by_others_nothing_is_taken_back(ticket, press, by, lead):
    action = record(press, ticket, "departed")
    with pytest.raises(Illegal):
        back(action, by, NOW + timedelta(minutes=10, seconds=1))
    with pytest.raises(NotVisible):
        back(action, Actor(user=lead))


def test_a_role_lost_meanwhile_takes_nothing_back(ticket, press, by, agent):
    action = record(press, ticket, "departed")
    agent.role = "storekeeper"
    agent.save()
    assert len(back(action, by).refused) == 1


def test_what_was_done_again_can_be_taken_back_again(ticket, press, by):
    for _time in range(2):
        assert back(record(press, ticket, "departed"), by, NOW).refused == []
    assert fresh(ticket).state == "new"


def test_what_was_announced_meanwhile_stays_on_record(ticket, press, by):
    action = record(press, ticket, "remote_failed", at=NOW - timedelta(minutes=50))
    with services.remembered(by=by, now=NOW):
        sla.fire_due(now=NOW + timedelta(hours=5))
    missed = ticket.events.filter(type="clock_missed").count()
    back(action, by)
    assert ticket.events.filter(type="clock_missed").count() == missed > 0
    assert sla.check(now=NOW + timedelta(hours=5)).differences == []


def test_nothing_written_is_nothing_to_take_back(ticket, press, by):
    assert press(services.edit, ticket=ticket, changes={"title": ticket.title}) is None
    assert press(services.reply, ticket=ticket, body="Hello") is None
    assert not RecentAction.objects.exists()


def test_old_actions_are_forgotten(ticket, press):
    record(press, ticket, "departed")
    assert services.forget_old(now=NOW + timedelta(days=8)) > 0
    assert not RecentAction.objects.exists()
