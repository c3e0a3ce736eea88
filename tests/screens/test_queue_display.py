"""How the queue is drawn: groups, order, columns; kept for each person, and the same for whoever follows a link."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from tests.screens.test_queue import HOUR, due_in, numbers
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def headings(answer):
    return re.findall(r'id="group-[^"]+">.*?<span[^>]*>(?:<svg.*?</svg>)?([^<]+?) ?<', answer.content.decode())


def test_groups_by_owner_are_whole_and_counted(desk, report, agent, lead):
    report(assignee=lead, title="L"), report(title="N"), report(assignee=agent, title="A1"), report(assignee=agent)
    answer = desk.get("/tickets/?group=owner")
    assert headings(answer) == ["Agent", "Lead", "Nobody"]
    assert '<span class="count">2</span>' in answer.content.decode().split('id="group-')[1]


def test_groups_by_level_say_whose_level_it_is(desk, report, cathay):
    place = {"organisation": cathay.organisation, "site": cathay.site, "level": "B"}
    made = [report(**place, category=category) for category in ("software", "hardware", "software")]
    Ticket.objects.update(severity=2)
    answer = desk.get("/tickets/?view=open&group=level")
    assert headings(answer) == [
        "Level B, Some devices fail · Network and server hardware",
        "Level B, Complicated operation · Application software",
    ]
    assert re.findall(r'class="count">(\d+)', answer.content.decode().split("<thead>")[1]) == ["1", "2"]
    assert sorted(numbers(answer)) == sorted(ticket.reference for ticket in made)


@pytest.mark.parametrize("group", ["due", "owner", "customer", "level", "status", "none"])
@pytest.mark.parametrize("sort", ["due", "received", "changed", "level", "number", "status", "owner", "customer"])
def test_pages_of_every_order_hold_every_ticket_once(desk, report, agent, borealis, group, sort, monkeypatch):
    monkeypatch.setattr("servicedesk.screens.queue.pages.SIZE", 2)
    made = [report(level=level) for level in "123"] + [report(assignee=agent)]
    made += [report(organisation=borealis.organisation, site=borealis.site, assignee=agent)]
    due_in(made[0], None), due_in(made[1], -HOUR)
    for sign in ("", "-"):
        found, address = [], f"/tickets/?view=open&group={group}&sort={sign}{sort}"
        while address:
            answer = desk.get(address)
            found += numbers(answer)
            following = re.findall(r'rel="next" href="([^"]+)"', answer.content.decode())
            address = "/tickets/" + following[0].replace("&amp;", "&") if following else ""
        assert sorted(found) == sorted(ticket.reference for ticket in made)


def test_a_column_head_sorts_and_the_second_press_turns_it_round(desk, report):
    old = report(at=datetime.now(UTC) - timedelta(days=2))
    new = report()
    answer = desk.get("/tickets/?view=open&sort=changed&group=none")
    assert numbers(answer) == [new.reference, old.reference]
    assert 'aria-sort="descending"><a href="?view=open&amp;group=none&amp;sort=-changed">' in answer.content.decode()
    assert numbers(desk.get("/tickets/?view=open&sort=-changed&group=none")) == [old.reference, new.reference]


def test_the_display_is_kept_for_the_person_and_stands_in_the_address(desk, report, agent):
    report()
    form = {"group": "level", "sort": "due", "columns": ["none", "team"], "width": "wide", "density": "compact"}
    kept = desk.post("/tickets/display/", {**form, "view": "open"})
    assert kept["Location"] == "/tickets/?view=open&group=level&sort=due&cols=team"
    agent.refresh_from_db()
    assert (agent.density, agent.display["queue"]["width"]) == ("compact", "wide")
    again = desk.get("/tickets/?view=mine")
    assert again["Location"] == "/tickets/?view=mine&group=level&sort=due&cols=team"
    text = desk.get(kept["Location"]).content.decode()
    assert 'class="c-team"' in text
    assert 'class="c-who"' not in text
    assert "desk--wide" in text


def test_the_view_and_filters_used_last_come_back_when_the_address_asks_for_nothing(desk, report, agent):
    report(level="1")
    assert desk.get("/tickets/?view=open&level=1").status_code == 200
    assert desk.get("/tickets/")["Location"] == "/tickets/?view=open&level=1"
    desk.get("/tickets/?q=server")
    assert desk.get("/tickets/")["Location"] == "/tickets/?view=open&level=1"
    assert desk.get("/tickets/?view=open").status_code == 200
    assert desk.get("/tickets/")["Location"] == "/tickets/?view=open"
    assert desk.get("/tickets/?view=due").status_code == 200
    assert desk.get("/tickets/").status_code == 200


def test_filters_that_find_nothing_are_no_place_to_come_back_to(desk, report):
    report(level="1")
    assert "No ticket can match" in desk.get("/tickets/?severity=9").content.decode()
    assert desk.get("/tickets/").status_code == 200


def test_removing_the_last_filter_does_not_bring_it_back(desk, report):
    report(level="1")
    chip = re.search(r'class="chip" href="([^"]+)" aria-label="Remove', desk.get("/tickets/?level=1").content.decode())
    assert chip[1] == "/tickets/?view=due"


@pytest.mark.parametrize("kept", [{"query": 5}, {"query": "level=" + "x" * 999}, {"query": "after=x"}, 7, None])
def test_whatever_was_kept_the_list_opens(desk, agent, kept):
    agent.display = {"queue_list": kept}
    agent.save()
    assert desk.get("/tickets/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("view=open&q=&state=&level=&severity=2&tag=", "view=open&severity=2"),
        ("q=+&state=new,waiting&due=", "state=new%2Cwaiting"),
        ("q=&state=", "view=due"),
    ],
)
def test_fields_left_empty_do_not_stand_in_the_address(desk, typed, short):
    desk.get("/tickets/?view=mine")  # used last; not what an empty form asks for
    answer = desk.get(f"/tickets/?{typed}")
    assert answer["Location"] == f"/tickets/?{short}"
    assert desk.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "title"),
    [("state=new,waiting", "Tickets"), ("q=server", "Search results"), ("state=open", "Due next")],
)
def test_only_who_searched_reads_of_search_results(desk, report, query, title):
    report()
    assert f"<title>{title} " in re.sub(r"<title>\s*", "<title>", desk.get(f"/tickets/?{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "words"),
    [("due=x", "Due: x"), ("due=9999-99-99", "Due: 9999-99-99"), ("severity=9", "Severity: 9"), ("kind=y", "Kind: y")],
)
def test_a_filter_that_cannot_be_is_named_and_can_be_removed(desk, report, query, words):
    due_in(report(level="2"), HOUR)
    page = desk.get(f"/tickets/?view=open&level=2&{query}").content.decode()
    empty = page.split('id="list"')[1]
    assert words in re.sub(r"<[^>]+>", "", empty)
    assert "No ticket can match" in empty
    assert "Nothing is due" not in empty
    assert 'href="/tickets/?view=open&amp;level=2"' in empty


@pytest.mark.parametrize("query", ["group=x&sort=--y&cols=%F0&after=e30", "after=WzEsMl0", "due=9999-99-99&severity=9"])
def test_nonsense_in_the_address_is_no_error(desk, report, query):
    report()
    assert desk.get(f"/tickets/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("severity=1", {"grave"}),
        ("kind=question", {"question"}),
        ("site=acme-plant", {"elsewhere"}),
        ("equipment=sn-1234", {"unit"}),
        ("due=late", {"late"}),
        ("due=1h", {"late", "soon"}),
        ("state=open&due=1h", {"late", "soon"}),
    ],
)
def test_more_filters(desk, report, acme, query, expected):
    made = {"grave": report(level="1"), "question": report(kind="question"), "elsewhere": report(site=acme.plant)}
    made |= {"unit": report(equipment=acme.unit), "late": report(level="3"), "soon": report(level="3")}
    for name, ticket in made.items():
        due_in(ticket, {"late": -HOUR, "soon": HOUR / 2}.get(name, 60 * HOUR))
    assert set(numbers(desk.get(f"/tickets/?{query}"))) == {made[name].reference for name in expected}


def test_nothing_due_says_when_the_next_clock_ends(desk, report):
    due_in(report(), 60 * HOUR)
    text = desk.get("/tickets/?due=1h").content.decode()
    assert "The next clock ends" in text
    assert "due=tomorrow" in text


def test_unread_rows_say_so_and_stay_unread_after_the_preview(desk, report, alice, agent):
    made = report(by=alice, reporter=alice)
    for _again in range(2):
        row = desk.get("/tickets/").content.decode().split(f'id="row-{made.reference}"')[1].split("</tr>")[0]
        assert row.startswith(' class="unread"')
        assert "Unread:" in row
        desk.get(f"/tickets/{made.reference}/preview/")
