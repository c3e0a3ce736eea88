"""A list that somebody is looking at: what is redrawn where it stands, and what waits behind the pill."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from servicedesk.screens.queue.live import compare
from tickets import services


def now():
    return datetime.now(UTC)


def moves(shown, current, changed=None, still_there=()):
    found = compare(dict.fromkeys(shown, ""), dict.fromkeys(current, ""), changed, still_there)
    return sorted(found.entered), sorted(found.moved), sorted(found.gone)


def test_nothing_moves():
    assert moves([1, 2, 3], [1, 2, 3], {2}) == ([], [], [])


def test_one_row_that_jumps_is_one_change():
    assert moves([1, 2, 3, 4], [4, 1, 2, 3], {4}) == ([], [4], [])


def test_what_enters_and_what_leaves():
    assert moves([1, 2, 3], [5, 1, 3], {5, 2}) == ([5], [2], [2])


def test_what_slides_to_the_next_page_has_not_left():
    assert moves([1, 2, 3], [5, 1, 2], {5}, still_there={3}) == ([5], [], [])


def test_what_slides_in_from_the_next_page_is_not_new():
    assert moves([1, 2, 3], [1, 3, 4], {2}) == ([], [2], [2])


def test_another_group_counts_although_the_order_is_the_same():
    found = compare({1: "late", 2: "soon"}, {1: "late", 2: "late"}, {2}, ())
    assert found.moved == {2}
    assert compare({1: "late", 2: "soon"}, {1: "late", 2: "late"}, {1}, ()).moved == frozenset()


def ask(client, shown, changed, query=""):
    return client.get(f"/tickets/rows/?{query}", {"shown": shown, "changed": changed} if not query else None).json()


@pytest.mark.django_db
def test_a_new_owner_is_drawn_in_place(client, agent, ticket):
    client.force_login(agent)
    services.assign(ticket=ticket, assignee=agent, by=Actor(agent), now=now())
    answer = ask(client, f"{ticket.number}.soon", ticket.number)
    assert f'id="row-{ticket.reference}"' in answer["rows"]
    assert 'aria-label="Agent' in answer["rows"]
    assert answer["gone"] == []


@pytest.mark.django_db
def test_a_new_ticket_and_one_that_left_wait_behind_the_pill(client, agent, report):
    client.force_login(agent)
    first, second = report(at=now() - timedelta(hours=1)), report()
    services.record(ticket=first, type="cancelled", by=Actor(agent), at=now(), now=now())
    answer = ask(client, f"{first.number}.soon", f"{first.number},{second.number}")
    assert answer.pop("at")
    assert answer == {"rows": "", "pill": "1 new, 1 changed", "gone": [first.number]}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "x", "1.late,,..", "9" * 40, "\u0663", "1," * 5000])
def test_nonsense_is_no_fault(client, agent, ticket, text):
    client.force_login(agent)
    assert client.get("/tickets/rows/", {"shown": text, "changed": text}).status_code == 200
