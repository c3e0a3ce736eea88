"""Planned work on its pages: asked for in the portal, filled in by the engineer, followed by the customer."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from jobs import services
from jobs.models import Job, Period
from tests.jobs.conftest import NOW

pytestmark = pytest.mark.django_db
LINES = {"runs-0-at": "2026-12-11T10:00", "runs-0-what": "Switch over", "runs-0-result": "pass", "runs-0-remark": ""}


def page_of(client, address):
    return client.get(address).content.decode()


def test_customer_adds_a_period_and_asks(client, dora, studio):
    client.force_login(dora)
    typed = {"site": studio.site.pk, "name": "Live final", "importance": "very", "begins_on": "2026-12-12",
             "last_on": "2026-12-13", "seen": ""}  # fmt: skip
    assert client.post("/jobs/periods/new/", typed).headers["Location"] == "/jobs/periods/"
    row = Period.objects.get()
    assert "Live final" in page_of(client, "/jobs/periods/")
    answer = client.post(f"/jobs/periods/{row.pk}/ask/")
    job = Job.objects.get()
    assert answer.headers["Location"] == f"/jobs/{job.ticket.reference}/"
    page = page_of(client, answer.headers["Location"])
    assert "Rehearsal" in page
    assert "1 of 4 used in its year, 3 left" in page
    assert "Fill it in" not in page


@pytest.mark.parametrize(("typed", "field"), [
    ({"last_on": "2026-12-01"}, "last_on"), ({"last_on": "2028-12-01"}, "last_on"), ({"name": ""}, "name"),
    ({"site": ""}, "site"), ({"begins_on": "x"}, "begins_on"),
])  # fmt: skip
def test_wrong_period_is_refused_beside_its_field(client, dora, studio, typed, field):
    client.force_login(dora)
    good = {
        "site": studio.site.pk,
        "name": "x",
        "importance": "very",
        "begins_on": "2026-12-12",
        "last_on": "2026-12-13",
    }
    answer = client.post("/jobs/periods/new/", {**good, "seen": "", **typed})
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()


def test_engineer_keeps_lines_and_papers_and_then_is_done(client, asked, engineer, do, seniors):
    do(asked, "plan", {"approach": "x", "engineers": seniors[:1]})
    client.force_login(engineer)
    address = f"/jobs/{asked.ticket.reference}/steps/rehearsal/"
    assert "Not its turn yet" in page_of(client, address)
    papers = SimpleUploadedFile("plan.pdf", b"%PDF-1.4")
    kept = client.post(address, {**LINES, "act": "save", "papers": papers})
    assert kept.status_code == 302, re.findall(r"class=.err.*?</span></span>", kept.content.decode())
    step = asked.steps.get(code="rehearsal")
    assert step.values["runs"][0]["at"].endswith("Z")
    assert [paper.name for paper in step.papers.all()] == ["plan.pdf"]
    page = page_of(client, address)
    assert 'value="2026-12-11T10:00"' in page
    answer = client.post(address, {**LINES, "act": "done"})
    assert answer.status_code == 400
    assert "First comes: Check of all devices" in answer.content.decode()


def test_wrong_line_is_said_beside_its_field_and_nothing_typed_is_lost(client, asked, engineer):
    client.force_login(engineer)
    answer = client.post(
        f"/jobs/{asked.ticket.reference}/steps/rehearsal/", {**LINES, "runs-0-at": "soon", "act": "save"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Line 1, When" in page
    assert "Switch over" in page


def test_customer_reads_what_is_done_and_no_internal_note(client, asked, dora, lead, do, seniors):
    do(asked, "plan", {"approach": "Two in the room", "engineers": seniors[:1], "inside": "He is nervous"})
    client.force_login(dora)
    page = page_of(client, f"/jobs/{asked.ticket.reference}/")
    assert "Two in the room" in page
    assert "Engineer" in page
    assert "nervous" not in page
    client.force_login(lead)
    assert "nervous" in page_of(client, f"/jobs/{asked.ticket.reference}/")


def test_customer_finds_it_from_the_portal_and_staff_from_the_ticket(client, asked, dora, lead, do, seniors):
    do(asked, "plan", {"approach": "x", "engineers": seniors[:1]})
    client.force_login(dora)
    page = page_of(client, f"/portal/{asked.ticket.reference}/")
    assert f'href="/jobs/{asked.ticket.reference}/"' in page
    assert "Done: Plan." in page
    client.force_login(lead)
    page = page_of(client, asked.ticket.get_absolute_url())
    assert f'href="/jobs/{asked.ticket.reference}/"' in page
    assert re.search(r"Step done.*Plan", page, re.DOTALL)


@pytest.mark.parametrize("method", ["get", "post"])
def test_stranger_finds_nothing(client, asked, carol, method):
    client.force_login(carol)
    for address in (f"/jobs/{asked.ticket.reference}/", f"/jobs/{asked.ticket.reference}/steps/plan/",
                    f"/jobs/periods/{asked.period_id}/", f"/jobs/periods/{asked.period_id}/ask/"):  # fmt: skip
        assert getattr(client, method)(address).status_code in (404, 405)
    assert "Live final" not in page_of(client, "/jobs/") + page_of(client, "/jobs/periods/")


def test_customer_does_not_open_our_steps(client, asked, dora):
    client.force_login(dora)
    assert client.get(f"/jobs/{asked.ticket.reference}/steps/plan/").status_code == 403
    assert client.get(f"/jobs/{asked.ticket.reference}/steps/nonesuch/").status_code == 404


@pytest.mark.parametrize(("query", "is_there"), [
    ("", True), ("?kind=assurance", True), ("?kind=x", True), ("?show=open", True), ("?show=late", False),
    ("?show=over", False), ("?page=x", True),
])  # fmt: skip
def test_list_is_narrowed(client, asked, lead, query, is_there):
    client.force_login(lead)
    assert (asked.ticket.reference in page_of(client, f"/jobs/{query}")) is is_there


def test_list_and_page_cost_the_same_however_much_there_is(
    client, make_period, dora, lead, django_assert_max_num_queries
):
    def more(n):
        services.ask_assurance(period=make_period(name=f"Event {n}"), by=Actor(dora), now=NOW)

    client.force_login(lead)
    more(0)
    client.get("/jobs/")
    with django_assert_max_num_queries(11):
        client.get("/jobs/")
    for n in range(1, 5):
        more(n)
    with django_assert_max_num_queries(11):
        client.get("/jobs/")
    with django_assert_max_num_queries(11):
        client.get("/jobs/periods/")
