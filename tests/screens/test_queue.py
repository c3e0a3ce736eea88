"""The queue: what is due next comes first, in groups; views and filters choose; rows say what an agent needs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import GUEST, SYSTEM, Actor
from accounts.models import Team
from tests import places
from tickets import services
from tickets.models import Ticket

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def due_in(ticket: Ticket, length: timedelta | None) -> Ticket:
    """Moves the cached due time, as the sweep would."""
    due = datetime.now(UTC) + length if length is not None else None
    Ticket.objects.filter(pk=ticket.pk).update(next_due_at=due, next_due_target="respond" if due else "")
    return ticket


def numbers(answer) -> list[str]:
    return re.findall(r'id="row-(SD-\d+)"', answer.content.decode())


def test_what_is_due_next_comes_first_whatever_came_in_first(desk, report):
    late, soon, calm = report(title="Late"), report(title="Soon"), report(title="Calm")
    due_in(calm, 50 * HOUR), due_in(soon, HOUR / 2), due_in(late, -HOUR)
    answer = desk.get("/tickets/")
    assert numbers(answer) == [late.reference, soon.reference, calm.reference]
    text = answer.content.decode()
    assert text.index("Past due") < text.index("Due within the hour") < text.index("Tomorrow and later")


def test_paused_tickets_follow_what_is_due_and_tickets_without_a_clock_come_last(desk, report, agent):
    bare, waiting, due = report(title="Bare"), report(title="Waiting"), report(title="Due")
    now = datetime.now(UTC)
    services.record(ticket=waiting, type="waiting", by=Actor(user=agent), at=now, now=now)
    due_in(bare, None), due_in(waiting, None), due_in(due, HOUR * 30)
    answer = desk.get("/tickets/")
    assert numbers(answer) == [due.reference, waiting.reference, bare.reference]
    text = answer.content.decode()
    assert text.index("Clock paused") < text.index("No clock")


def test_a_row_shows_level_place_equipment_owner_and_the_language_of_its_subject(desk, report, acme, agent):
    made = report(title="二号机房存储阵列硬盘告警", language="zh-Hans", level="2", equipment=acme.unit, assignee=agent)
    row = desk.get("/tickets/").content.decode().split(f'id="row-{made.reference}"')[1].split("</tr>")[0]
    assert 'aria-label="Level 2, Parts failed or slow"' in row
    assert 'lang="zh-Hans">二号机房存储阵列硬盘告警' in row
    for words in ("Acme, acme-hq", "Server 1", "Agent, you", "New", made.reference):
        assert words in row


def test_the_chip_of_a_late_ticket_says_how_late_and_which_promise(desk, report):
    made = report(at=datetime.now(UTC) - 3 * HOUR, level="2")
    row = desk.get("/tickets/").content.decode().split(f'id="row-{made.reference}"')[1].split("</tr>")[0]
    assert 'data-state="breach"' in row
    assert "2h 45m over" in row
    assert "Reply, " in row


def test_the_chip_is_of_the_run_that_counts_after_the_level_went_up_and_down_again(desk, report, agent):
    start = datetime.now(UTC)
    made = report(at=start, level="3")
    for minute, level in enumerate(["2", "3"], start=1):
        at = start + timedelta(minutes=minute)
        services.record(
            ticket=made,
            type="level_confirmed",
            by=Actor(user=agent),
            at=at,
            now=at,
            note="Sure",
            fields={"level": level},
        )
    due_times = {clock.due_at for clock in made.clocks.filter(target="respond")}
    assert len(due_times) < made.clocks.filter(target="respond").count()
    row = desk.get("/tickets/").content.decode().split(f'id="row-{made.reference}"')[1].split("</tr>")[0]
    assert "Replaced" not in row
    assert "Reply, " in row


def test_a_row_that_was_late_before_it_began_says_since_when(still, desk, report, agent):
    """The notice of a visit in three days was due weeks ago; the desk could first know a quarter of an hour ago."""
    now = datetime.now(UTC)
    made = report(kind="inspection", scheme="telecom", at=now - HOUR, now=now - HOUR)
    at, fields = now - HOUR / 4, {"planned_at": now + 72 * HOUR}
    services.record(ticket=made, type="visit_planned", by=Actor(user=agent), at=at, now=at, fields=fields)
    row = desk.get("/tickets/").content.decode().split(f'id="row-{made.reference}"')[1].split("</tr>")[0]
    assert "15m over" in row
    assert ">Visit notice, late\xa0since\xa001:45<" in row
    assert re.search(r'title="Visit notice, due \d+\xa0Oct\xa0\d\d:\d\d, late\xa0since\xa001:45"', row)
    page = desk.get(made.get_absolute_url()).content.decode()
    assert "late\xa0since\xa001:45" in page.split('id="clocks"')[1].split("</section>")[0]


def test_what_the_address_asks_and_nobody_understands_is_said(desk, report):
    made = report(level="2")
    page = desk.get("/tickets/?view=..&status=nonsense&level=2&sort=colour")
    assert numbers(page) == [made.reference]
    told = page.content.decode().split('id="unknown"')[1].split("</div></div>")[0]
    for piece in ("view=..", "status=nonsense", "sort=colour"):
        assert f">{piece}<" in told
    assert 'href="?level=2"' in told


def test_the_last_view_comes_back_without_its_unknown_name(desk, report):
    report(level="2"), desk.get("/tickets/?view=..&level=2")
    assert desk.get("/tickets/")["Location"] == "/tickets/?level=2"


@pytest.mark.parametrize("query", ["view=due", "sort=-due&group=none&cols=none&width=wide", "state=open", "after=x"])
def test_an_address_that_is_understood_is_not_spoken_of(desk, query):
    assert 'id="unknown"' not in desk.get(f"/tickets/?{query}").content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"mine", "free", "waiting"}),
        ("view=mine", {"mine"}),
        ("view=unassigned", {"free", "waiting"}),
        ("view=waiting", {"waiting"}),
        ("view=open", {"mine", "free", "waiting"}),
        ("view=closed", {"over"}),
        ("state=waiting,new", {"mine", "free", "waiting"}),
        ("level=2", {"free"}),
        ("assignee=me", {"mine"}),
        ("assignee=agent@demo.test", {"mine"}),
        ("organisation=acme&team=hk", {"mine"}),
        ("organisation=nowhere", set()),
        ("level=%01&state=%F0&view=..", set()),
    ],
)
def test_views_and_filters_choose_rows(desk, report, agent, query, expected):
    team = Team.objects.create(code="hk", name="Hong Kong desk")
    by = Actor(user=agent)
    made = {"mine": report(level="3", assignee=agent, team=team), "free": report(level="2")}
    made |= {"waiting": report(level="3"), "over": report(level="3")}
    now = datetime.now(UTC)
    services.record(ticket=made["waiting"], type="waiting", by=by, at=now, now=now)
    services.record(ticket=made["over"], type="closed", by=by, at=now, now=now)
    answer = desk.get(f"/tickets/?{query}")
    assert answer.status_code == 200
    assert set(numbers(answer)) == {made[name].reference for name in expected}


def test_a_nul_in_the_address_is_refused(desk, report):
    assert desk.get("/tickets/?level=%00&state=%F0&view=..").status_code == 400


def test_triage_holds_open_reports_of_nobody_yet(desk, report):
    now = datetime.now(UTC)
    unknown = services.Intake(title="Who is this?")
    lost, over = (services.report(intake=unknown, by=GUEST, at=now, now=now) for _ in range(2))
    services.record(ticket=over, type="cancelled", by=SYSTEM, at=now, now=now)
    report()
    answer = desk.get("/tickets/?view=triage")
    assert numbers(answer) == [lost.reference]
    assert re.search(r'aria-current="true"><span>Triage</span><span class="count">1</span>', answer.content.decode())


def test_search_finds_a_number_in_any_spelling_closed_tickets_and_serial_numbers(desk, report, acme, agent):
    other, made = report(title="Other"), report(title="Needle", equipment=acme.unit)
    now = datetime.now(UTC)
    services.record(ticket=made, type="closed", by=Actor(user=agent), at=now, now=now)
    for text in (made.reference, made.reference.lower(), str(made.number), "needle", "SN-1234"):
        assert numbers(desk.get("/tickets/", {"q": text, "kind": "fault"})) == [made.reference], text
    assert numbers(desk.get("/tickets/", {"q": "9" * 400})) == []
    assert numbers(desk.get("/tickets/", {"q": "other"})) == [other.reference]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_number_typed_alone_leads_to_its_ticket(desk, report, headers):
    made = report()
    for form in ("SD-{0}", " sd-{0} ", "{0}", "#{0}", "sd {0}", "SD{0}", "ＳＤ－{0}"):
        text = form.format(made.number)
        answer = desk.get("/tickets/", {"q": text, "view": "mine"}, headers=headers)
        assert answer.headers.get("Location") == made.get_absolute_url(), text
    assert desk.get("/tickets/", {"q": str(made.number + 1)}, headers=headers).status_code == 200


def test_a_number_that_is_also_a_serial_number_is_searched_for(desk, report, acme):
    made, of_unit = report(), report(equipment=acme.unit)
    type(acme.unit).objects.filter(pk=acme.unit.pk).update(serial_number=str(made.number))
    assert set(numbers(desk.get("/tickets/", {"q": str(made.number)}))) == {made.reference, of_unit.reference}


def test_an_empty_result_names_the_filter_and_offers_to_remove_it(desk, acme):
    text = desk.get("/tickets/?organisation=acme&assignee=none").content.decode()
    assert "No ticket matches these filters" in text
    assert "Remove filter Customer: Acme" in text
    assert 'href="/tickets/?organisation=acme"' in text  # the address without the owner


def test_pages_go_on_where_the_last_one_ended(desk, report):
    made = [report(title=f"Fault {number}") for number in range(55)]
    for position, ticket in enumerate(made):
        due_in(ticket, HOUR * position if position < 20 else None)
    first = desk.get("/tickets/")
    following = re.findall(r'rel="next" href="([^"]+)"', first.content.decode())[0].replace("&amp;", "&")
    second = desk.get(f"/tickets/{following}")
    assert len(numbers(first)) == 50
    assert numbers(first) + numbers(second) == [ticket.reference for ticket in made]


def test_counts_stand_beside_views_and_in_the_heading(desk, report, agent):
    due_in(report(assignee=agent), -HOUR), due_in(report(), HOUR / 2)
    text = re.sub(r"<[^>]+>|\s+", " ", desk.get("/tickets/").content.decode())
    text = re.sub(r" +", " ", text)
    assert "2 tickets · 1 past due · 1 due within the hour" in text
    assert "Assigned to me some past due, 1" in text


def test_the_sidebar_counts_what_is_due_next(desk, report, agent):
    report()
    made, now = report(), datetime.now(UTC)
    services.record(ticket=made, type="restored", by=Actor(user=agent), at=now, now=now)
    due_in(made, None)  # nothing is promised any more, and nobody has closed it yet
    page = desk.get("/tickets/").content.decode()
    assert re.search(r'<span>Tickets</span><span class="count">1</span>', page)
    assert re.search(r'<span>Due next</span><span class="count">1</span>', page)


@pytest.mark.parametrize("query", ["", "?view=open", "?view=closed", "?assignee=none&level=4"])
def test_statements_do_not_grow_with_the_rows(desk, report, django_assert_num_queries, query):
    """Session, person, unread notices, saved views, counts of views and groups, rows, their clocks, who can own one,
    the tags in use.
    """
    report(), desk.get(f"/tickets/{query}")  # warm: schemes are compiled once a process, the view used last is kept
    rows = 0 if query == "?view=closed" else 3
    with django_assert_num_queries(6 + rows):
        desk.get(f"/tickets/{query}")
    for _number in range(12):
        report()
    borealis = places.borealis()
    report(organisation=borealis.organisation, site=borealis.site)
    with django_assert_num_queries(6 + rows):
        desk.get(f"/tickets/{query}")


def test_preview_shows_the_three_promises_the_last_message_and_the_way_in(desk, ticket, agent):
    services.reply(ticket=ticket, body="We are on it.", by=Actor(user=agent), now=datetime.now(UTC))
    text = desk.get(f"/tickets/{ticket.reference}/preview/").content.decode()
    for words in ("Reply", "Arrival", "Restore", "We are on it.", f'href="/tickets/{ticket.reference}/"'):
        assert words in text
    assert "<html" not in text


def test_preview_leaves_out_what_a_message_repeats(desk, ticket, agent):
    body = "It runs again.\n\n> Is it running?\n> We wait."
    services.reply(ticket=ticket, body=body, by=Actor(user=agent), now=datetime.now(UTC))
    text = desk.get(f"/tickets/{ticket.reference}/preview/").content.decode()
    assert "It runs again." in text
    assert "Is it running?" not in text


def test_preview_says_how_late_the_promise_is_that_the_row_is_about(desk, report, borealis):
    made = report(organisation=borealis.organisation, site=borealis.site, level="C", at=datetime.now(UTC) - HOUR)
    text = desk.get(f"/tickets/{made.reference}/preview/").content.decode()
    assert "Diagnosis" in text
    assert "45m promised" in text


def test_filter_form_is_a_panel_for_the_script_and_a_page_without(desk, acme):
    assert "<html" in desk.get("/tickets/filter/?level=2").content.decode()
    part = desk.get("/tickets/filter/?level=2", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'value="2"' in part
    assert '<option value="acme">Acme</option>' in part


def test_the_foot_says_so_when_live_updates_are_off(desk, monkeypatch, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr("servicedesk.live._last", (float("-inf"), True))
    answer = desk.get("/tickets/")
    assert answer.status_code == 200
    assert "Live updates are off" in answer.content.decode()


def test_preview_offers_a_reply_only_while_the_ticket_is_open(desk, report, agent):
    ticket, now = report(), datetime.now(UTC)
    preview = f"/tickets/{ticket.reference}/preview/"
    assert "#composer-body" in desk.get(preview).content.decode()
    services.record(ticket=ticket, type="closed", by=Actor(user=agent), at=now, now=now)
    text = desk.get(preview).content.decode()
    assert f"{ticket.get_absolute_url()}#composer-body" not in text
    assert "?write=note#composer-body" in text
