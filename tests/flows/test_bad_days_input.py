"""Hostile input that once broke a page, and its neighbours: whatever is sent, the answer is never 5xx."""

import pytest

pytestmark = pytest.mark.django_db
PAGES = ["/", "/tickets/", "/tickets/new/", "/dashboard/", "/dashboard/tickets/", "/dashboard/export.csv", "/schemes/"]
PAGES += ["/portal/", "/report/", "/notifications/", "/account/", "/inspections/", "/spares/", "/api/v1/schema/"]
NAMES = "q view kind state level organisation site equipment assignee after page from to start end period version lang"
HOSTILE = ["\x00", "\r\n", "\u202e", "²", "٣", "-1", "9" * 30, "x" * 5000, "2026-13-45", "0001-01-01", "9999-12-31"]


@pytest.mark.parametrize("role", ["agent", "alice", "administrator"])
@pytest.mark.parametrize("page", PAGES)
def test_no_parameter_breaks_a_page(client, request, ticket, role, page):
    client.force_login(request.getfixturevalue(role))
    for value in HOSTILE:
        together = dict.fromkeys(NAMES.split(), value)
        for parameters in (together, {"q": value}, {"organisation": value}, {"after": value}):
            answer = client.get(page, parameters)
            assert answer.status_code < 500, (page, parameters)


def test_filter_that_nothing_can_pass_shows_an_empty_list(client, agent, ticket):
    client.force_login(agent)
    answer = client.get("/tickets/", {"organisation": "nowhere", "level": "\u202e"})
    assert answer.status_code == 200
    assert ticket.reference not in answer.content.decode()


@pytest.mark.parametrize("unit", ["²", "\x00", "-1", "9" * 20, "x", ""])
def test_unit_that_cannot_be_is_asked_for_again(client, alice, acme, unit):
    client.force_login(alice)
    assert client.post("/report/", {"unit": unit}).status_code in (200, 302, 400)


@pytest.mark.parametrize("length", ["²", "-5", "", "9" * 30])
def test_odd_length_of_an_upload_is_bad_input(client, agent, ticket, length):
    client.force_login(agent)
    path = f"/api/v1/tickets/{ticket.reference}/attachments/"
    answer = client.post(path, {}, headers={"content-length": length})
    assert 400 <= answer.status_code < 500
