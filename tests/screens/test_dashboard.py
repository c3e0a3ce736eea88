"""The dashboard: who sees it, that its numbers lead to what stands behind them, that bad input is answered kindly."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import OperationalError, connection
from django.template.loader import render_to_string

from accounts.actors import Actor
from servicedesk.screens.dashboard import cards, findings
from sla.attainment import Share, Week
from tickets import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def faults(report, agent):
    """Four level 2 faults of last week: replied in 10 minutes, and one in 40."""
    made = []
    for number, minutes in enumerate((10, 10, 10, 40)):
        at = NOW - timedelta(days=5, hours=number)
        ticket = report(at=at, now=at, level="2", channel="phone", title=f"Fault {number}")
        replied = at + timedelta(minutes=minutes)
        services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=replied, now=replied)
        made.append(ticket)
    return made


def test_two_promises_of_one_name_say_whose_they_are(at_desk, report, cathay):
    at = NOW - timedelta(days=5)
    report(at=at, now=at, level="2", channel="email")
    assert '<th scope="row">Proposed solution</th>' in promises(at_desk)
    report(at=at, now=at, level="B", organisation=cathay.organisation, site=cathay.site, category="hardware")
    page = promises(at_desk)
    assert '<th scope="row">Proposed solution, Network and server hardware</th>' in page
    assert re.search(r'<th scope="row">Proposed solution, (?!Network)[^<]+</th>', page)
    assert '<th scope="row">Restore</th>' in page


def promises(at_desk) -> str:
    page = at_desk.get("/dashboard/?card=promises").content.decode()
    return page.split('id="card-promises"')[1].split("</section>")[0]


@pytest.fixture
def at_desk(client, manager):
    client.force_login(manager)
    return client


@pytest.mark.parametrize(
    ("who", "status"),
    [("manager", 200), ("lead", 200), ("agent", 200), ("administrator", 200), ("engineer", 403), ("storekeeper", 403)],
)
@pytest.mark.parametrize("page", ["", "tickets/", "export.csv"])
def test_only_those_who_run_the_desk_see_it(client, request, who, status, page):
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"/dashboard/{page}").status_code == status


def test_customers_are_sent_home_and_guests_to_sign_in(client, alice):
    assert "/account/sign-in/" in client.get("/dashboard/")["Location"]
    client.force_login(alice)
    assert client.get("/dashboard/")["Location"] == "/portal/"


def test_the_share_is_shown_and_its_link_lists_what_was_missed(at_desk, faults):
    page = at_desk.get("/dashboard/").content.decode()
    assert "75.0" in page
    link = re.search(r'href="(/dashboard/tickets/\?[^"]*target=respond[^"]*outcome=missed[^"]*)"', page)
    listed = at_desk.get(link[1].replace("&amp;", "&")).content.decode()
    assert faults[3].reference in listed
    assert faults[0].reference not in listed


def test_another_organisations_tickets_can_be_left_out(at_desk, faults, borealis):
    assert faults[3].reference not in at_desk.get("/dashboard/?organisation=borealis").content.decode()
    assert faults[3].reference in at_desk.get("/dashboard/?organisation=acme").content.decode()


@pytest.mark.parametrize(
    "query",
    ["since=2026-11-10&until=2026-11-01", "since=never&until=2026-11-01", "since=2026-11-01", "period=31",
     "organisation=nobody", "team=nobody", "contract=nobody", "level=9", "month=2026-13", "compare=us",
     "since=0001-01-01&until=0001-01-02", "since=1900-01-01&until=2026-01-01"],
)  # fmt: skip
def test_bad_filters_are_named_beside_the_field(at_desk, faults, query):
    answer = at_desk.get(f"/dashboard/?{query}")
    assert answer.status_code == 200
    assert 'class="err"' in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["severity=x", "contract=99999999999999999999", "target=%FFx", "page=zz", "outcome=1"]
)
def test_a_narrowing_that_names_nothing_is_no_fault(at_desk, faults, query):
    assert at_desk.get(f"/dashboard/tickets/?{query}").status_code == 200


@pytest.mark.parametrize("page", ["", "tickets/", "export.csv"])
def test_a_nul_is_refused_before_anything_is_read(at_desk, page):
    assert at_desk.get(f"/dashboard/{page}?target=%00x&organisation=%00").status_code == 400


def test_chart_has_title_description_and_a_table(at_desk, faults):
    page = at_desk.get("/dashboard/").content.decode()
    assert re.search(r'<svg class="chart"[^>]*aria-labelledby="trend-title trend-desc"', page)
    assert "<title id=" in page
    assert "<desc id=" in page
    assert "Show as a table" in page


@pytest.mark.parametrize(("met", "said"), [(96, "Above"), (92, "On"), (91, "Below")])
def test_a_share_says_on_which_side_of_its_target_it_is(met, said):
    figure = cards.Figure("Reply", Share(met, 100 - met), 92.0, "", "", "")
    text = render_to_string("screens/dashboard/cards/kpis.html", {"kpis": [figure], "open": {"all": 0}})
    assert f"{said} target 92%" in text


def test_an_open_late_clock_names_its_due_time(at_desk, faults, report):
    at = NOW - timedelta(days=2)
    late = report(at=at, now=at, level="2", channel="phone")
    row = at_desk.get("/dashboard/").content.decode().split(f">{late.reference}</a>")[1].split("</tr>")[0]
    assert re.search(r"[A-Z][a-z]{2} \d\d:\d\d", row), row
    assert "still running" in row


def test_statements_do_not_grow(at_desk, faults, report, django_assert_max_num_queries):
    with django_assert_max_num_queries(23):  # two of them for how late the open ones are
        at_desk.get("/dashboard/")


def rows(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_export_has_the_clocks_of_the_page(at_desk, faults):
    lines = rows(at_desk.get("/dashboard/export.csv?target=respond"))
    assert sorted(line[0] for line in lines[1:]) == sorted(ticket.reference for ticket in faults)


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1"])
def test_export_is_no_formula(at_desk, report, agent, title):
    at = NOW - timedelta(days=1)
    ticket = report(at=at, now=at, level="2", channel="phone", title=title)
    services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=at, now=at)
    cells = [cell for line in rows(at_desk.get("/dashboard/export.csv")) for cell in line]
    assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@"))]


def shares(**percents):
    return {code: Share(percent, 100 - percent) for code, percent in percents.items()}


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        ({"respond": 96, "restore": 80}, {"restore": 93}, "Restore fell by 13.0 points, to 80.0 percent"),
        ({"respond": 93, "restore": 92}, {"respond": 93}, "Reply is under target, at 93.0 percent"),
        ({"respond": 99, "restore": 92}, {"restore": 99}, "Reply, arrival and restore are on target"),
        ({}, {"restore": 99}, "Kept in time, week by week"),
    ],
)
def test_the_heading_states_what_stands_out(now, before, said):
    assert findings.of_trend([], shares(**now), shares(**before)) == said


def test_a_weak_streak_comes_before_everything_else():
    weeks = [Week(NOW.date(), shares(restore=50)) for _number in range(3)]
    heading = findings.of_trend(weeks, shares(restore=50, respond=20), shares(respond=90))
    assert heading == "Restore has been under target for 3 weeks"


def test_what_is_late_now_leads_to_its_tickets(at_desk, report):
    late = report(at=NOW - timedelta(hours=3), now=NOW, level="2", channel="phone")
    page = at_desk.get("/dashboard/?organisation=acme").content.decode()
    link = re.search(r'<a class="clock" data-state="breach" href="([^"]+)"', page)
    assert late.reference in at_desk.get(link[1].replace("&amp;", "&")).content.decode()
    assert "1 late ticket belongs to nobody" in page


def test_another_period_is_one_press_away_and_keeps_the_organisation(at_desk, acme):
    page = at_desk.get("/dashboard/?organisation=acme").content.decode()
    assert 'href="/dashboard/?period=90&amp;organisation=acme"' in page
    assert re.search(r'href="/dashboard/\?period=30&amp;organisation=acme"[^>]* aria-current="true">Last 30 days', page)


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("period=30", "20 Sep – 19 Oct"),
        ("since=2026-11-01&until=2026-11-17&compare=month", "1–17 Oct"),
        ("month=2026-10&compare=month", "1–30 Sep"),
        ("since=2026-03-01&until=2026-03-31&compare=month", "1–28 Feb"),
        ("since=2024-02-29&until=2024-02-29&compare=year", "28 Feb 2023"),
        ("period=7&compare=none", "No comparison"),
    ],
)
def test_the_period_it_is_held_against_can_be_chosen(at_desk, query, days):
    head = at_desk.get(f"/dashboard/?{query}").content.decode().split('id="board-compare"')[1].split("</summary>")[0]
    assert days in head


def test_a_card_that_cannot_be_read_says_so_and_the_others_stand(at_desk, faults):
    def cancel(execute, sql, params, many, context):
        if "width_bucket" in sql:
            raise OperationalError("canceling statement due to statement timeout")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cancel):
        page = at_desk.get("/dashboard/").content.decode()
    assert page.count("This card could not be read") == 1
    assert "Met by level" in page or "Kept by gravity" in page
    assert "This card could not be read" not in at_desk.get("/dashboard/?card=trend").content.decode()


def test_by_script_another_period_brings_the_places_of_the_cards_which_load_one_by_one(at_desk, faults):
    page = at_desk.get("/dashboard/?period=7&cards=later", headers={"HX-Request": "true"}).content.decode()
    places = re.findall(r'hx-get="(/dashboard/[^"]*card=\w+)" hx-trigger="load"', page)
    assert len(places) == 8
    cards = [at_desk.get(address.replace("&amp;", "&")).content.decode() for address in places]
    assert [re.search(r' id="(card-\w+)"', card)[1] for card in cards] == re.findall(r' id="(card-\w+)"', page)
    assert 'hx-trigger="load"' not in at_desk.get("/dashboard/?period=7&cards=later").content.decode()


def test_the_peak_of_the_week_is_named_in_the_viewers_time(at_desk, report, manager):
    """Tuesdays 17:00 in UTC are Wednesdays 01:00 in Shanghai, outside working hours."""
    manager.zone = "Asia/Shanghai"
    manager.save()
    for week in range(1, 7):
        at = datetime(2026, 11, 17, 17, 30, tzinfo=UTC) - timedelta(weeks=week)
        report(at=at, now=at)
    page = at_desk.get("/dashboard/").content.decode()
    assert "Wednesdays at 01:00 are the peak" in page
    cell = re.search(r'<td style="--v:100" class="([^"]*)"><a href="([^"]*)">6</a>', page)
    assert cell[1] == "hi shut"
    assert "weekday=3" in cell[2]
