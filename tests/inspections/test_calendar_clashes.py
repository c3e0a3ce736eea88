"""Visits that clash are marked on the calendar itself, counted above it; however many there are, none is dropped."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Duty
from inspections import clashes
from inspections import services as inspections
from inspections.clashes import Slot, Why
from inspections.models import Appointment
from servicedesk.visits import warnings
from servicedesk.visits.words import WRONG
from tests.inspections.conftest import NOW
from tickets import services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
WHERE = "/inspections/calendar/"


@pytest.fixture(autouse=True)
def _then():
    with time_machine.travel(NOW, tick=False):
        yield


def shown(client, person, query="?day=2026-12-01"):
    client.force_login(person)
    return client.get(f"{WHERE}{query}").content.decode()


def entry(page, ticket):
    """What stands at one visit."""
    return page.partition(f'id="visit-{ticket.appointment.pk}"')[2].partition("</li>")[0]


BUSY, UNIT = "engineer has another visit then", "unit has another visit that day"
SITE, OFF, NOTICE = "site has another visit that day", "engineer is not on duty then", "notice to the customer is late"


@pytest.mark.parametrize("query", ["?day=2026-12-01", "?view=week&day=2026-12-16", "?view=day&day=2026-12-16"])
def test_engineer_at_three_places_at_once_is_marked_at_each_and_counted(client, book, lead, engineer, delta, query):
    three = [book(16, assignee=engineer) for _ in range(2)]
    three.append(book(16, 3, 30, assignee=engineer, organisation=delta.organisation, site=delta.site))
    fine = book(16, 6, assignee=engineer)
    page = shown(client, lead, query)
    assert [BUSY in entry(page, ticket) for ticket in (*three, fine)] == [True, True, True, False]
    assert "#i-warn" in entry(page, three[0])
    assert "4 visits clash" in page  # it is at the site of two of them
    assert f'href="#visit-{three[0].appointment.pk}"' in page


def test_other_visit_counts_although_it_is_filtered_away(client, book, lead, engineer, acme, delta):
    ticket = book(16, assignee=engineer)
    book(16, assignee=engineer, organisation=delta.organisation, site=delta.site)
    page = shown(client, lead, f"?day=2026-12-01&customer={acme.organisation.pk}")
    assert BUSY in entry(page, ticket)
    assert "1 visit clashes" in page


def test_unit_visited_twice_on_a_day_is_marked(client, book, lead, acme):
    first, second, next_day = (book(day, hour, equipment=acme.unit) for day, hour in ((16, 2), (16, 7), (17, 2)))
    page = shown(client, lead)
    assert [UNIT in entry(page, ticket) for ticket in (first, second, next_day)] == [True, True, False]


def test_closed_days_of_the_site_are_marked(client, book, lead, delta):
    """Boxing Day 2026 is a Saturday; the 25th is a holiday in Germany and none in China."""
    weekend, open_there = book(26), book(25)
    holiday = book(25, 9, organisation=delta.organisation, site=delta.site)
    page = shown(client, lead)
    assert "no working day at the site" in entry(page, weekend)
    assert "clash" not in entry(page, open_there)
    assert "holiday at the site" in entry(page, holiday)


def test_what_is_over_or_called_off_clashes_with_nothing(client, book, lead, engineer):
    first, second = book(16, assignee=engineer), book(16, assignee=engineer)
    services.record(ticket=first, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    page = shown(client, lead)
    assert BUSY not in entry(page, second)
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        assert "clash" not in shown(client, lead)


def test_customer_is_told_of_no_clash(client, book, alice, engineer):
    book(16, assignee=engineer)
    book(16, assignee=engineer)
    page = shown(client, alice)
    assert BUSY not in page
    assert "clash" not in page


def views(client, person, day):
    """The calendar's three views around that day."""
    return [shown(client, person, f"?view={view}&day={day}") for view in ("month", "week", "day")]


def test_site_that_is_visited_twice_on_a_day_is_marked_in_every_view(client, book, lead, delta):
    first, second, next_day = (book(day, hour) for day, hour in ((16, 2), (16, 7), (17, 2)))
    elsewhere = book(16, 5, organisation=delta.organisation, site=delta.site)
    for page in views(client, lead, "2026-12-16"):
        assert [SITE in entry(page, ticket) for ticket in (first, second, elsewhere)] == [True, True, False]
    assert SITE not in entry(shown(client, lead), next_day)


def test_engineer_who_is_off_duty_is_marked(client, book, lead, engineer):
    Duty.objects.create(code="field", user=engineer, starts_at=NOW, ends_at=datetime(2026, 12, 17, tzinfo=UTC))
    on, off = book(16, assignee=engineer), book(18, assignee=engineer)
    page = shown(client, lead)
    assert [OFF in entry(page, ticket) for ticket in (on, off)] == [False, True]
    assert all(OFF in entry(page, off) for page in views(client, lead, "2026-12-18"))


def test_visit_outside_of_what_the_contract_owes_is_marked(client, make_plan, lead):
    """Owed in December; planned by hand for 30 November or 4 January."""
    make_plan(begins_on=date(2026, 12, 1))
    inspections.generate(now=NOW)
    ticket = Ticket.objects.get(inspection__key="2026-12-01")
    assert "clash" not in entry(shown(client, lead), ticket)
    for day, words in (((2026, 11, 30), "earlier than"), ((2027, 1, 5), "later than")):
        services.move_visit(ticket=ticket, planned_at=datetime(*day, 2, tzinfo=UTC), by=Actor(lead), now=NOW)
        for page in views(client, lead, date(*day)):
            assert f"{words} the contract owes it" in entry(page, ticket)


def test_visit_whose_notice_is_late_is_marked_until_it_is_announced(client, report, lead):
    """Scheme 5 promises the notice 15 working days ahead; 10 December is nearer than that."""
    ticket = report(kind="inspection", scheme="telecom", by=lead, now=NOW)
    services.move_visit(ticket=ticket, planned_at=datetime(2026, 12, 10, 2, tzinfo=UTC), by=Actor(lead), now=NOW)
    assert all(NOTICE in entry(page, ticket) for page in views(client, lead, "2026-12-10"))
    services.record(ticket=ticket, type="notice_sent", by=Actor(lead), at=NOW, now=NOW, message="We come.")
    assert NOTICE not in entry(shown(client, lead), ticket)


def tags(page, ticket):
    """The reasons that the calendar shows at one visit."""
    return {str(words) for words in WRONG.values() if str(words) in entry(page, ticket)}


def test_calendar_and_move_page_give_the_same_reasons_in_the_same_words(client, report, book, lead, engineer, acme):
    """A Saturday, too near for the notice of scheme 5, off duty, with other visits of the unit and of the site."""
    Duty.objects.create(code="field", user=engineer, starts_at=NOW, ends_at=NOW + timedelta(days=2))
    facts = {"assignee": engineer, "equipment": acme.unit}
    ticket = report(kind="inspection", scheme="telecom", by=lead, now=NOW, **facts)
    at = datetime(2026, 12, 5, 2, tzinfo=UTC)
    services.move_visit(ticket=ticket, planned_at=at, by=Actor(lead), now=NOW)
    book(5, **facts)
    book(5, 8)
    found = tags(shown(client, lead), ticket)
    assert len(found) == 6
    answer = client.post(f"/tickets/{ticket.reference}/move/", {"planned_at": "2026-12-05T10:00", "minutes": 120})
    said = [warning.text for warning in answer.context["outlook"].warnings]
    assert {text.partition(":")[0].lower() for text in said} == found
    log = services.read_logs([ticket])[ticket.pk]
    foreseen = warnings.outlook(ticket=ticket, log=log, planned_at=at, minutes=120, now=NOW)
    assert [warning.text for warning in foreseen.warnings] == said


def slot(pk, begins, ends, engineer=1):
    at = [datetime(2026, 12, 16, hour, tzinfo=UTC) for hour in (begins, ends)]
    return Slot(pk, *at, date(2026, 12, 16), "CN", engineer, None, None, is_over=False)


@pytest.mark.parametrize(
    ("times", "busy"),
    [
        ([(9, 10), (10, 11)], set()),
        ([(9, 11), (10, 12)], {0, 1}),
        ([(9, 17), (10, 11), (12, 13)], {0, 1, 2}),
        ([(9, 10), (11, 14), (12, 13), (13, 15), (15, 16)], {1, 2, 3}),
    ],
)
def test_visits_of_one_engineer_that_overlap(times, busy):
    found = clashes.among([slot(n, *time) for n, time in enumerate(times)], {}, NOW)
    assert set(found) == busy
    assert all(whys == [Why.BUSY] for whys in found.values())
    assert not clashes.among([slot(n, 9, 17, engineer=n) for n in range(3)], {}, NOW)


def many(acme, count, day):
    """So many visits of one day, as rows alone."""
    rows = Ticket.objects.bulk_create(
        Ticket(
            kind="inspection", title=f"N {number}", organisation=acme.organisation, site=acme.hq, received_at=NOW,
            created_at=NOW, updated_at=NOW,
        )
        for number in range(count)
    )  # fmt: skip
    Appointment.objects.bulk_create(
        Appointment(ticket=row, planned_at=day + timedelta(minutes=n), booking=1, changed_at=NOW)
        for n, row in enumerate(rows)
    )


def test_day_without_room_counts_what_it_does_not_show(client, acme, lead):
    many(acme, 45, datetime(2026, 12, 16, 2, tzinfo=UTC))
    page = shown(client, lead)
    assert page.count("/move/?from=calendar") == 8
    assert "and 37 more" in page
    assert "?view=day&amp;day=2026-12-16" in page
    assert shown(client, lead, "?view=day&day=2026-12-16").count("/move/?from=calendar") == 45


def test_thousands_of_visits_are_all_counted_and_all_reached(client, acme, lead):
    many(acme, 2200, datetime(2026, 12, 3, 2, tzinfo=UTC))
    client.force_login(lead)
    page = client.get(f"{WHERE}?day=2026-12-01")
    assert sum(len(day.entries) + day.more for day in page.context["days"]) == 2200
    found, query = set(), "?view=day&day=2026-12-03"
    while query:
        answer = client.get(WHERE + query)
        found |= {one.row.pk for one in answer.context["days"][0].entries}
        query = answer.context["pages"]["next_address"]
    of_day = {slot.pk for slot in clashes.slots(Appointment.objects.all()) if slot.day == date(2026, 12, 3)}
    assert found == of_day
    assert len(of_day) > 100


def test_first_clash_is_reached_where_its_day_has_no_room_for_it(client, acme, lead, engineer, book):
    many(acme, 120, datetime(2026, 12, 16, 2, tzinfo=UTC))
    Ticket.objects.update(site=None)  # many at one site would clash themselves
    first = book(16, 5, assignee=engineer)
    book(16, 5, assignee=engineer)
    page = shown(client, lead)
    way = f"?view=day&amp;day=2026-12-16&amp;page=2#visit-{first.appointment.pk}"
    assert way in page
    assert "2 clash" in page
    assert BUSY in entry(shown(client, lead, way.replace("&amp;", "&").partition("#")[0]), first)


def test_marks_cost_no_statement_more(client, book, lead, engineer, agent):
    client.force_login(lead)
    counts = []
    for more in (2, 6):
        for _ in range(more):
            book(16, assignee=engineer)
            book(17, assignee=agent)
        client.get(f"{WHERE}?day=2026-12-01")
        with CaptureQueriesContext(connection) as found:
            client.get(f"{WHERE}?day=2026-12-01")
        counts.append(len(found))
    assert counts[0] == counts[1]
