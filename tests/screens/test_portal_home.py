"""The customer's list: open first, with what happens now in words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(client, alice):
    client.force_login(alice)
    return lambda query="": client.get(f"/portal/{query}").content.decode()


def test_an_empty_home_says_what_to_do(home):
    assert "You have not reported a fault yet" in home()


def test_open_cases_come_first_and_what_waits_for_me_on_top(home, report, agent):
    now = datetime.now(UTC)
    over, _plain, waits = (report(title=title, at=now - timedelta(minutes=5)) for title in ("Over", "Plain", "Waits"))
    by = Actor(user=agent)
    services.record(ticket=over, type="resolved", by=by, at=now, now=now)
    services.record(ticket=over, type="closed", by=by, at=now, now=now)
    services.record(ticket=waits, type="waiting", by=by, at=now, now=now)
    text = home()
    assert text.index("Waits") < text.index("Plain") < text.index("Over")


def test_a_case_without_a_promised_time_says_when_the_last_step_was(still, home, report, agent):
    case, now = report(title="Move the trunk", kind="change"), datetime.now(UTC)
    services.record(ticket=case, type="responded", by=Actor(user=agent), at=now, now=now)
    services.note(ticket=case, body="Internal", by=Actor(user=agent), now=now)
    assert "The last step was today 10:00." in home()


def test_a_late_case_is_said_to_be_late(home, ticket):
    text = home()
    assert "We are late with 1 of them" in text
    assert "We promised to reply by" in text


@pytest.mark.parametrize("query", ["fan", "FAN", "sn-1234"])
def test_search_finds_words_and_serial_numbers(home, report, acme, query):
    report(title="The fan is loud", equipment=acme.unit)
    assert "The fan is loud" in home(f"?q={query}")
    assert "No fault matches" in home("?q=zebra")


@pytest.mark.parametrize(
    ("show", "says"), [("", "No fault"), ("&show=open", "No open fault"), ("&show=done", "No finished fault")]
)
def test_a_search_without_hits_is_said_once_and_can_be_removed(home, report, show, says):
    report(title="The fan is loud")
    text = home(f"?q=zebra{show}")
    assert f"{says} matches “zebra”" in text
    assert text.count("“zebra”") == 1
    assert "None of them is open" not in text
    assert re.findall(r"<a [^>]*>(?:<svg.*?</svg>)?Remove the search</a>", text, re.S)
    assert "Show all faults" not in text


def test_the_number_of_statements_does_not_grow(client, alice, report, django_assert_max_num_queries):
    client.force_login(alice)
    for _ in range(12):
        report()
    client.get("/portal/")  # the first visit of a session is written down
    with django_assert_max_num_queries(5):
        client.get("/portal/")


@pytest.mark.parametrize(("show", "seen"), [("all", {"Over", "Plain"}), ("open", {"Plain"}), ("done", {"Over"})])
def test_the_filter_shows_open_or_done_cases(home, report, agent, show, seen):
    now = datetime.now(UTC)
    over, _plain = (report(title=title, at=now - timedelta(minutes=5)) for title in ("Over", "Plain"))
    services.record(ticket=over, type="cancelled", by=Actor(user=agent), at=now, now=now)
    text = home(f"?show={show}")
    assert {title for title in ("Over", "Plain") if f">{title}</a>" in text} == seen


def test_an_unknown_filter_shows_everything(home, report):
    report(title="Plain")
    assert "Plain" in home("?show=nonsense")


def mark(client):
    return client.get("/portal/changes/").json()["mark"]


def test_without_a_stream_the_list_is_told_by_a_mark_that_only_public_news_change(
    still, client, alice, agent, ticket, report
):
    client.force_login(alice)
    now = datetime.now(UTC)
    before = mark(client)
    services.note(ticket=ticket, body="Internal", by=Actor(user=agent), now=now)
    assert mark(client) == before
    services.record(ticket=ticket, type="waiting", by=Actor(user=agent), at=now, now=now)
    after = mark(client)
    assert after != before
    report()
    assert mark(client) != after


def test_the_mark_is_for_who_may_see_the_list(client):
    assert client.get("/portal/changes/").status_code == 401


def test_a_page_says_when_it_turns(client, alice, report, acme):
    """A promise by 10:15 turns the pages then; once it is broken, the end of the day does."""
    with time_machine.travel(datetime(2026, 11, 16, 2, 0, tzinfo=UTC), tick=False) as clock:
        client.force_login(alice)
        case = report(equipment=acme.unit, level="1")
        pages = ("/portal/", f"/portal/{case.reference}/")
        said = [re.search(r'data-turns="([^"]+)"', client.get(page).content.decode())[1] for page in pages]
        assert said[0] == said[1] < "2026-11-16T06"
        clock.move_to(datetime(2026, 11, 16, 15, 59, tzinfo=UTC))
        client.force_login(alice)  # the session of the morning is over
        assert 'data-turns="2026-11-17T00:00:00+08:00"' in client.get(pages[0]).content.decode()


def test_a_closed_case_whose_promise_was_missed_says_so(home, ticket, agent, client, alice):
    """Done is not the same as done in time: the list and the case say what was promised."""
    now, by = datetime.now(UTC), Actor(user=agent)
    for kind in ("responded", "restored", "resolved", "closed"):
        services.record(ticket=ticket, type=kind, by=by, at=now, now=now)
    text = home()
    assert "We were late." in text
    assert "We promised to reply by" in text
    assert "We are late" not in text
    assert "We were late." in client.get(f"/portal/SD-{ticket.number}/", follow=True).content.decode()


def test_a_closed_case_that_was_in_time_says_no_such_thing(home, report, agent):
    case, now = report(title="Quick"), datetime.now(UTC)
    for kind in ("responded", "restored", "resolved", "closed"):
        services.record(ticket=case, type=kind, by=Actor(user=agent), at=now, now=now)
    assert "We were late" not in home()
