"""Plans on their pages: what a contract owes in its year, for managers and the customer; made and changed by leads."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from inspections import reports, services
from inspections.models import Inspection, Plan
from tests.inspections.conftest import NOW
from tickets import services as tickets
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
TYPED = {
    "every": "quarter", "days": "1", "dates": "", "begins_on": "2026-10-01", "ends_on": "", "manner": "on-site",
    "minutes": "120", "unit": "sn-1234", "assignee": "", "seen": "",
}  # fmt: skip


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    with time_machine.travel(NOW, tick=False):
        yield client


def this_year(plan, today=TODAY):
    rows = Plan.objects.filter(pk=plan.pk).select_related("contract", "site")
    [year] = reports.years(rows, today=today)
    return year


def test_lead_makes_a_plan_and_its_next_visit_stands_there(office, acme):
    checklist = this_list()
    answer = office.post(
        f"/inspections/plans/of/{acme.contract.pk}/new/", {**TYPED, "site": acme.hq.pk, "checklist": checklist}
    )
    assert answer.headers["Location"] == "/inspections/plans/"
    [row] = Inspection.objects.all()
    assert (row.key, row.plan.unit) == ("2026-10-01", acme.unit)
    page = office.get("/inspections/plans/").content.decode()
    assert row.ticket.reference in page
    assert "Owed 1: planned 1, done 0, accepted 0" in page


def this_list():
    return Plan.checklist.field.related_model.objects.get(code="yearly-system").pk


def test_contract_is_chosen_first(office, acme):
    assert office.get("/inspections/plans/new/").status_code == 200
    answer = office.get("/inspections/plans/new/", {"contract": acme.contract.pk})
    assert answer.headers["Location"] == f"/inspections/plans/of/{acme.contract.pk}/new/"
    assert office.get("/inspections/plans/new/", {"contract": "x"}).status_code == 400


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"unit": "SN-2234"}, "unit"),
        ({"unit": "SN-1235"}, "unit"),
        ({"every": "dates"}, "dates"),
        ({"every": "dates", "dates": "Christmas"}, "dates"),
        ({"every": "working-days", "days": "0"}, "days"),
        ({"ends_on": "2026-09-30"}, "ends_on"),
        ({"begins_on": ""}, "begins_on"),
        ({"begins_on": "2023-12-31"}, "begins_on"),
        ({"site": "0"}, "site"),
    ],
)
def test_wrong_plan_is_refused_beside_its_field(office, acme, borealis, typed, field):
    values = {**TYPED, "site": acme.hq.pk, "checklist": this_list(), **typed}
    answer = office.post(f"/inspections/plans/of/{acme.contract.pk}/new/", values)
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("language", "begins", "ends"),
    [
        ("en", "1 Jan 2024", "1 Mar 2026"),
        ("zh-hans", "2024年1月1日", "2026年3月1日"),
        ("th", "1 ม.ค. 2567", "1 มี.ค. 2569"),
    ],
)
def test_days_of_the_contract_are_written_as_the_reader_reads_them(office, acme, lead, language, begins, ends):
    lead.language = language
    lead.save()
    acme.contract.ends_on = date(2026, 3, 1)
    acme.contract.save()
    for typed, said in (("2023-12-31", begins), ("2026-03-01", ends)):
        values = {**TYPED, "site": acme.hq.pk, "checklist": this_list(), "begins_on": typed}
        answer = office.post(f"/inspections/plans/of/{acme.contract.pk}/new/", values)
        assert said in answer.context["form"].errors["begins_on"][0]


def test_changed_plan_counts_for_what_is_not_planned_yet(office, make_plan, acme):
    plan = make_plan(every="month")
    services.generate(now=NOW)
    page = office.get(f"/inspections/plans/{plan.pk}/").content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0].replace("&quot;", '"')
    typed = {**TYPED, "site": acme.hq.pk, "checklist": plan.checklist_id, "every": "year", "begins_on": "2026-01-01"}
    assert office.post(f"/inspections/plans/{plan.pk}/", {**typed, "unit": "", "seen": seen}).status_code == 302
    plan.refresh_from_db()
    assert plan.every == "year"
    assert Inspection.objects.count() == 3  # this year has its visits


def test_year_says_how_far_each_is_and_what_is_behind(make_plan, engineer):
    """Monthly from September; what was over before the plan was made on 20 November, nobody here knows about."""
    plan = make_plan(begins_on=date(2026, 9, 1))
    services.generate(now=NOW)
    year = this_year(plan)
    assert (year.begins, year.ends) == (date(2026, 1, 1), date(2027, 1, 1))
    assert [(line.owed.key, line.stage) for line in year.lines] == [
        ("2026-11-01", "planned"), ("2026-12-01", "planned"),
    ]  # fmt: skip
    assert year.counts["behind"] == 0
    assert this_year(plan, today=date(2026, 12, 1)).counts["behind"] == 1
    ticket = Ticket.objects.get(inspection__key="2026-11-01")
    tickets.record(ticket=ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    assert this_year(plan, today=date(2026, 12, 1)).counts["behind"] == 0
    assert this_year(plan).lines[0].stage == "done"
    for happened, stage in (("report_sent", "done"), ("closed", "accepted")):
        tickets.record(ticket=ticket, type=happened, by=Actor(engineer), at=NOW, now=NOW)
        assert this_year(plan).lines[0].stage == stage
    assert this_year(plan).lines[0].stage == "accepted"


def test_customer_sees_what_his_sites_are_owed_and_nothing_of_others(client, make_plan, alice, carol):
    make_plan()
    with time_machine.travel(NOW, tick=False):
        client.force_login(alice)
        page = client.get("/inspections/plans/").content.decode()
        assert "C-acme-infrastructure" in page
        assert "New plan" not in page
        assert "Checklists" not in page
        client.force_login(carol)
        assert "C-acme-infrastructure" not in client.get("/inspections/plans/").content.decode()


def test_plan_is_nobodys_to_change_but_the_leads(client, make_plan, engineer, alice):
    plan = make_plan()
    for person in (engineer, alice):
        client.force_login(person)
        assert client.get(f"/inspections/plans/{plan.pk}/").status_code == 403
        assert client.post(f"/inspections/plans/{plan.pk}/use/", {"act": "end"}).status_code == 403


def test_plan_out_of_use_says_so(office, make_plan):
    plan = make_plan()
    office.post(f"/inspections/plans/{plan.pk}/use/", {"act": "end"})
    assert "Not used any more" in office.get(f"/inspections/plans/{plan.pk}/").content.decode()


@pytest.mark.parametrize("back", ["0", "1", "20", "21", "-1", "x", "9" * 30])
def test_other_years_can_be_looked_at(office, make_plan, back):
    make_plan()
    assert office.get("/inspections/plans/", {"back": back}).status_code == 200


def test_plan_over_rest_names_its_tickets(client, make_plan, alice, carol, acme):
    plan = make_plan(unit=acme.unit, every="year", begins_on=date(2026, 6, 1))
    services.generate(now=NOW)
    address = f"/api/v1/inspection-plans/{plan.pk}/"
    client.force_login(alice)
    answer = client.get(address).json()
    assert (answer["contract"], answer["equipment"], answer["every"]) == (acme.contract.number, "SN-1234", "year")
    assert answer["inspections"] == [Ticket.objects.get().reference]
    assert [row["id"] for row in client.get("/api/v1/inspection-plans/").json()["results"]] == [plan.pk]
    client.force_login(carol)
    assert client.get(address).status_code == 404


def test_many_plans_cost_no_more_statements_than_few(office, make_plan, django_assert_max_num_queries):
    make_plan()
    with CaptureQueriesContext(connection) as few:
        office.get("/inspections/plans/")
    for _ in range(5):
        make_plan()
    with django_assert_max_num_queries(len(few)):
        office.get("/inspections/plans/")


def test_a_planned_inspection_is_told_by_the_desk_not_as_somebodys_report(office, client, make_plan, acme, alice):
    plan = make_plan()
    services.generate(now=NOW, only=plan)
    client.force_login(alice)
    page = client.get(f"/portal/{Inspection.objects.earliest('pk').ticket.reference}/").content.decode()
    thread = page.split('id="thread"')[1].split("</ol>")[0]
    assert "Your report" not in thread
    assert thread.count("Service Desk</b>") == 1
