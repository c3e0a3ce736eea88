"""A promise that survives closing is still owed: the desk sees it, the Close form says so, and the customer is told."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from sla import services as clocks
from tests.screens.conftest import happen
from tests.screens.test_queue import numbers
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
UNTIL_DUE = timedelta(days=1, hours=8)  # from Monday 10:00 to the close of Tuesday


@pytest.fixture
def closed(case, lead):
    """Restored and closed at ten on Monday: the written report is due on Tuesday at 18:00."""
    happen(case, lead, "restored", "resolved", "closed")
    return case


@pytest.fixture
def desk(client, lead):
    client.force_login(lead)
    return client


def pass_by(clock, time):
    clock.shift(time)
    clocks.fire_due(now=datetime.now(UTC))


def filled(page):
    head = page.split('<header class="case__head"')[1].split("</header>")[0]
    buttons = re.findall(r'class="btn btn--primary"[^>]*>(.*?)</a>', head, re.S)
    return [re.sub(r"<[^>]+>", "", button) for button in buttons]


@pytest.mark.parametrize("query", ["view=due", "due=tomorrow", "assignee=none&due=tomorrow"])
def test_what_is_owed_stands_in_the_queue_until_it_is_sent(desk, lead, closed, query):
    row = desk.get(f"/tickets/?{query}")
    assert numbers(row) == [closed.reference]
    assert "Fault report, " in row.content.decode()
    happen(closed, lead, "report_sent")
    assert numbers(desk.get(f"/tickets/?{query}")) == []


def test_what_a_person_owes_is_among_what_is_assigned_to_him(desk, lead, agent, closed):
    """The work is not over: the written report is still to be sent, by the one who had the ticket."""
    Ticket.objects.filter(pk=closed.pk).update(assignee=lead)
    mine = desk.get("/tickets/?view=mine")
    assert numbers(mine) == [closed.reference]
    assert '<span>Assigned to me</span><span class="count">1</span>' in mine.content.decode()
    happen(closed, lead, "report_sent")
    assert numbers(desk.get("/tickets/?view=mine")) == []


def test_once_late_it_is_found_among_what_is_past_due_and_counted_with_it(desk, lead, closed, at_ten):
    assert numbers(desk.get("/tickets/?due=late")) == []
    pass_by(at_ten, UNTIL_DUE + timedelta(minutes=1))
    desk.force_login(lead)
    late = desk.get("/tickets/?due=late")
    assert numbers(late) == [closed.reference]
    text = late.content.decode()
    assert '<span>Due next</span><span class="count">1</span>' in text
    assert "1 past due" in text
    assert numbers(desk.get("/tickets/?view=open")) == []


def test_a_closed_ticket_that_owes_nothing_is_not_due(desk, case, lead):
    happen(case, lead, "restored", "resolved", "report_sent", "closed")
    assert numbers(desk.get("/tickets/?view=due")) == []
    assert filled(desk.get(case.get_absolute_url()).content.decode()) == ["Re-open ticket"]


def test_the_next_step_of_a_closed_ticket_is_what_it_still_owes(desk, closed):
    page = desk.get(closed.get_absolute_url()).content.decode()
    assert filled(page) == ["Record report sent"]
    assert "?act=reopened#act" in page


def test_closing_says_what_is_still_owed(desk, case, lead, at_ten):
    happen(case, lead, "restored", "resolved")
    address = f"{case.get_absolute_url()}?act=closed"
    form = desk.get(address).content.decode().split('id="act"')[1].split("</section>")[0]
    assert "Fault report is due tomorrow 10:00.</b><p>Its clock runs on after closing." in form
    assert "?act=report_sent#act" in form
    pass_by(at_ten, UNTIL_DUE + timedelta(minutes=1))
    desk.force_login(lead)
    form = desk.get(address).content.decode().split('id="act"')[1].split("</section>")[0]
    assert "Fault report was due today 10:00.</b><p>Closing ends its clock as missed." in form


def test_the_customer_is_told_when_the_report_comes_and_that_it_is_late(page, client, alice, closed, at_ten):
    text = page()
    assert "<h1>This case is closed</h1>" in text
    assert "Our written report reaches you by 18:00 tomorrow." in text
    assert "If it fails again, you can open it again." in text
    assert "Our written report reaches you by 18:00 tomorrow." in client.get("/portal/").content.decode()
    pass_by(at_ten, UNTIL_DUE + timedelta(minutes=1))
    client.force_login(alice)
    text, cases = page(), client.get("/portal/").content.decode()
    assert "<h1>We are late</h1>" in text
    assert "We promised our written report by 18:00 today." in text
    assert "This case is closed. If it fails again, you can open it again." in text
    assert "We are late with 1 of them." in cases
    assert "We promised our written report by 18:00 today." in cases


def test_the_report_once_sent_is_no_longer_told_as_owed(page, client, lead, closed):
    happen(closed, lead, "report_sent")
    text = page()
    assert "Our written report was sent." in text
    assert "reaches you by" not in text.split('id="now"')[1].split('id="journey"')[0]
    assert "reaches you by" not in client.get("/portal/").content.decode()
