"""The customer's list: open first, with what happens now in words."""

from datetime import UTC, datetime, timedelta

import pytest

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


def test_a_late_case_is_said_to_be_late(home, ticket):
    text = home()
    assert "We are late with 1 of them" in text
    assert "We promised to reply by" in text


@pytest.mark.parametrize("query", ["fan", "FAN", "sn-1234"])
def test_search_finds_words_and_serial_numbers(home, report, acme, query):
    report(title="The fan is loud", equipment=acme.unit)
    assert "The fan is loud" in home(f"?q={query}")
    assert "No fault matches" in home("?q=zebra")


def test_the_number_of_statements_does_not_grow(client, alice, report, django_assert_max_num_queries):
    client.force_login(alice)
    for _ in range(12):
        report()
    with django_assert_max_num_queries(9):
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
