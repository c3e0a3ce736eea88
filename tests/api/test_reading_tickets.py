"""GET /tickets/ and /tickets/{number}/: pages, filters, orderings, who sees what."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from accounts.actors import Actor
from common.instants import format_instant
from tickets import services

pytestmark = pytest.mark.django_db


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


def test_number_is_read_in_either_case_and_nothing_else(api, agent, ticket):
    client = api(agent)
    for name in (ticket.reference, ticket.reference.lower()):
        assert client.get(f"tickets/{name}/").json()["number"] == ticket.reference
    for name in (str(ticket.number), f"XX-{ticket.number}", "SD-", "SD-0x1", "SD-" + "9" * 30, "SD-%00"):
        assert client.get(f"tickets/{name}/").status_code == 404


@pytest.mark.parametrize("who", ["bob", "carol"])
@pytest.mark.parametrize(
    "below", ["", "clocks/", "events/", "replies/", "notes/", "attachments/", "links/", "watchers/"]
)
def test_foreign_ticket_is_404_exactly_like_a_missing_one(api, ticket, request, who, below):
    client = api(request.getfixturevalue(who))
    foreign, missing = (client.get(f"tickets/{name}/{below}") for name in (ticket.reference, "SD-999999"))
    assert foreign.status_code == 404
    assert foreign.json() == missing.json()


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_foreign_tickets_are_not_in_the_list(api, ticket, request, who):
    assert numbers(api(request.getfixturevalue(who)).get("tickets/")) == []


def test_customer_of_the_site_sees_the_ticket(api, ticket, alice):
    assert numbers(api(alice).get("tickets/")) == [ticket.reference]


def test_pages_lead_through_all_tickets_and_back(api, agent, report):
    made = [report(title=f"Fault {n}").reference for n in range(5)]
    client = api(agent)
    first = client.get("tickets/?page_size=2&ordering=received_at").json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    pages = [[row["number"] for row in page["results"]] for page in (first, second, third)]
    assert pages == [made[:2], made[2:4], made[4:]]
    assert (first["previous"], third["next"]) == (None, None)
    back = client.get(third["previous"]).json()
    assert back["results"] == second["results"]
    assert client.get(back["previous"]).json()["results"] == first["results"]


@pytest.mark.parametrize(
    "ordering", ["next_due_at", "-next_due_at", "severity", "-severity", "received_at", "-updated_at"]
)
def test_every_ordering_pages_without_loss_and_missing_values_come_last(api, agent, report, ordering):
    for level in ("1", "3", "2"):
        report(level=level)
    over = [report(level="2") for _ in range(2)]
    actor, now = Actor(user=agent), datetime.now(UTC)
    for ticket in over:
        services.record(ticket=ticket, type="cancelled", by=actor, at=now, now=now)
    client, path, seen = api(agent), f"tickets/?page_size=2&ordering={ordering}", []
    while path:
        page = client.get(path).json()
        seen += page["results"]
        path = page["next"]
    assert len({row["number"] for row in seen}) == len(seen) == 5
    if "next_due_at" in ordering:
        assert {row["number"] for row in seen[3:]} == {ticket.reference for ticket in over}
    values = [row[ordering.lstrip("-")] for row in seen if row[ordering.lstrip("-")] is not None]
    assert values == sorted(values, reverse=ordering.startswith("-"))


def test_backwards_over_missing_values(api, agent, report):
    tickets = [report() for _ in range(4)]
    actor, now = Actor(user=agent), datetime.now(UTC)
    for ticket in tickets[:3]:
        services.record(ticket=ticket, type="cancelled", by=actor, at=now, now=now)
    client, path, forward = api(agent), "tickets/?page_size=1&ordering=next_due_at", []
    while path:
        page = client.get(path).json()
        forward.append(page)
        path = page["next"]
    backward, path = [], forward[-1]["previous"]
    while path:
        page = client.get(path).json()
        backward.append(page)
        path = page["previous"]
    assert [p["results"] for p in reversed(backward)] == [p["results"] for p in forward[:-1]]


def test_count_is_given_on_request_only(api, agent, ticket):
    client = api(agent)
    assert client.get("tickets/?count=1").json()["count"] == 1
    assert "count" not in client.get("tickets/").json()


@pytest.mark.parametrize(
    "query",
    [
        "colour=red", "ordering=title", "state=", "ordering=", "ordering=--severity", "page_size=0", "page_size=201",
        "page_size=x",
        "page_size=%D9%A1", "cursor=nonsense", "cursor=W10", "count=many", "state=sleeping", "kind=alien", "open=maybe",
        "severity=grave", "severity=99999999999999999999", "overdue=2", "due_before=tomorrow", "due_before=2026-11-20",
        "q=%00", "organisation=nonesuch", "site=nonesuch", "equipment=nonesuch", "assignee=nobody@demo.test",
        "team=none",
        "level=%00", "organisation=a&organisation=b", "format=xml",
    ],
)  # fmt: skip
def test_what_the_list_does_not_know_is_refused_by_name(api, agent, ticket, query):
    answer = api(agent).get(f"tickets/?{query}")
    assert answer.status_code == 400, answer.content
    field = query.split("=")[0]
    assert any(name.startswith(field) for name in answer.json()["errors"]), answer.content


def test_a_cursor_of_another_ordering_is_refused(api, agent, report):
    report(), report()
    client = api(agent)
    cursor = client.get("tickets/?page_size=1&ordering=severity").json()["next"].split("cursor=")[1].split("&")[0]
    assert client.get(f"tickets/?ordering=received_at&cursor={cursor}").status_code == 400


@pytest.fixture
def two(report, agent, acme):
    """An urgent one at the plant that the agent owns, and a question at headquarters."""
    urgent = report(level="1", site=acme.plant, equipment=acme.plant_unit, assignee=agent, title="Plant is dark")
    question = report(level="4", kind="question", title="How to update?")
    return urgent.reference, question.reference


@pytest.mark.parametrize(
    "query",
    [
        "level=1", "severity=1", "kind=fault", "site=acme-plant", "equipment=SN-1235", "assignee=agent@demo.test",
        "assignee=me", "q=dark", "level=1,2", "severity=1&severity=2",
    ],
)  # fmt: skip
def test_filters_choose(api, agent, two, query):
    assert numbers(api(agent).get(f"tickets/?{query}")) == [two[0]]


@pytest.mark.parametrize("written", ["%23{0}", "sd+{0}", "SD{0}", "ＳＤ－{0}"])
def test_the_search_takes_a_number_as_people_write_it(api, agent, ticket, report, written):
    report()
    assert numbers(api(agent).get(f"tickets/?q={written.format(ticket.number)}")) == [ticket.reference]


@pytest.mark.parametrize(
    "text", ["SD-" + "9" * 40, "9" * 40, "%27%22%5C%3A%26%7C%21", "%F0%9F%98%80", "a" * 200, "%25_%25"]
)
def test_no_text_breaks_the_search(api, agent, ticket, text):
    assert numbers(api(agent).get(f"tickets/?q={text}")) == []


def test_filters_by_state_and_openness(api, agent, two, report):
    over = report()
    now = datetime.now(UTC)
    services.record(ticket=over, type="cancelled", by=Actor(user=agent), at=now, now=now)
    client = api(agent)
    assert numbers(client.get("tickets/?open=false")) == [over.reference]
    assert numbers(client.get("tickets/?state=cancelled")) == [over.reference]
    assert set(numbers(client.get("tickets/?open=true"))) == set(two)
    assert len(numbers(client.get("tickets/?organisation=acme"))) == 3


def test_overdue_and_due_before(api, agent, report):
    now = datetime.now(UTC)
    late = report(level="3", at=now - timedelta(minutes=40), now=now)
    fresh = report(level="3", at=now, now=now)
    client = api(agent)
    assert numbers(client.get("tickets/?overdue=true")) == [late.reference]
    assert numbers(client.get("tickets/?overdue=false")) == [fresh.reference]
    due = format_instant(now + timedelta(minutes=20))
    assert numbers(client.get(f"tickets/?due_before={due}")) == [late.reference]


def test_a_miss_the_sweep_has_not_seen_is_shown_as_a_miss(api, agent, report):
    now = datetime.now(UTC)
    report(level="1", at=now - timedelta(minutes=20), now=now - timedelta(minutes=19))
    (row,) = api(agent).get("tickets/").json()["results"]
    states = {clock["target"]: clock["state"] for clock in row["clocks"]}
    assert states == {"respond": "missed", "restore": "running"}


def test_clocks_explain_themselves_without_gap(api, agent, report):
    ticket = report(level="3", at=datetime.now(UTC) - timedelta(minutes=10))
    (clock,) = [c for c in api(agent).get(f"tickets/{ticket.reference}/clocks/").json() if c["target"] == "restore"]
    stretches = clock["explanation"]
    assert stretches[0]["from"] == clock["started_at"]
    assert all(a["to"] == b["from"] for a, b in pairwise(stretches))
    assert sum(s["seconds"] for s in stretches if s["kind"] == "counted") == 86400
    assert (clock["state"], clock["run"], clock["paused"]) == ("running", 1, False)
    assert clock["elapsed_seconds"] + clock["remaining_seconds"] == 86400


def test_how_to_get_in_is_read_with_the_ticket(api, report, agent):
    ticket = report(access_notes="Ring twice\r\nGate 2")
    assert api(agent).get(f"tickets/{ticket.reference}/").json()["access_notes"] == "Ring twice\nGate 2"
