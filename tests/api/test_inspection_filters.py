"""Lists of plans, inspections, findings and readings are narrowed by contract, place, state and day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Checklist, Finding, Inspection, Plan
from tests import places
from tests.inspections import papers
from tests.inspections.conftest import DOCUMENT
from tickets import services as tickets

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still")]


@pytest.fixture
def plan(acme, lead):
    def make(**values):
        given = {
            "contract": acme.contract, "site": acme.hq, "checklist": Checklist.objects.get(code="monthly-preventive"),
            "begins_on": date(2026, 11, 1), "every": "month",
        }  # fmt: skip
        return services.save_plan(plan=Plan(), values={**given, **values}, by=Actor(lead), today=NOW.date()).row

    return make


@pytest.fixture
def version(lead):
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW)
    return services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)


def ids(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def test_plans_by_contract_place_state_and_what_is_due(api, agent, plan, acme, lead):
    telecom = places.contract(acme.organisation, "telecom")
    first, second = plan(unit=acme.unit), plan(contract=telecom, site=acme.plant, every="year")
    services.set_active(plan=second, is_active=False, by=Actor(lead), today=NOW.date())
    services.generate(now=NOW)
    client, where = api(agent), "inspection-plans/"
    for query, found in (
        ("", [first.pk, second.pk]), (f"?contract={telecom.number}", [second.pk]), ("?site=acme-hq", [first.pk]),
        ("?equipment=sn-1234", [first.pk]), ("?active=false", [second.pk]), ("?every=year", [second.pk]),
        ("?due_before=2026-12-02", [first.pk]), ("?due_after=2027-06-01", []), ("?organisation=borealis", []),
    ):  # fmt: skip
        assert ids(client, where + query) == found, query


def test_inspections_by_contract_place_state_and_their_time(api, agent, plan, acme, engineer):
    plan(unit=acme.unit)
    services.generate(now=NOW)
    rows = list(Inspection.objects.order_by("opens_on"))
    services.begin(ticket=rows[0].ticket, version=None, by=Actor(engineer), now=NOW)
    client = api(agent)

    def found(query):
        answer = client.get(f"inspections/{query}")
        assert answer.status_code == 200, answer.content
        return [row["reference"] for row in answer.json()["results"]]

    every = [row.ticket.reference for row in rows]
    assert len(every) > 1
    for query, wanted in (
        ("", every), (f"?contract={acme.contract.number}", every), ("?site=acme-plant", []),
        ("?state=begun", every[:1]), ("?state=planned", every[1:]), ("?state=signed", []),
        ("?equipment=SN-1234", every), ("?equipment=SN-1235", []),
        ("?due_before=2026-12-02", every[:1]), ("?due_after=2026-12-02", every[1:]),
        ("?checklist=monthly-preventive", every), (f"?plan={rows[0].plan_id}", every),
    ):  # fmt: skip
        assert found(query) == wanted, query


def test_inspection_that_is_called_off_is_not_planned_and_one_is_found_by_the_list_it_was_walked_by(
    api, agent, report, acme, engineer, lead
):
    off, walked = (report(kind="inspection", title="Check", equipment=acme.unit, at=NOW, now=NOW) for _ in range(2))
    Inspection.objects.bulk_create(Inspection(ticket=ticket) for ticket in (off, walked))
    tickets.record(ticket=off, type="cancelled", by=Actor(lead), at=NOW, now=NOW)
    version = Checklist.objects.get(code="daily-server-round").versions.first()
    services.begin(ticket=walked, version=version, by=Actor(engineer), now=NOW)
    assert api(agent).get("inspections/?state=planned").json()["results"] == []
    [row] = api(agent).get("inspections/?checklist=daily-server-round").json()["results"]
    assert row["reference"] == walked.reference


def test_visit_that_was_done_without_being_begun_here_is_not_planned(api, agent, plan, engineer):
    plan(ends_on=date(2026, 12, 1))
    services.generate(now=NOW)
    [row] = Inspection.objects.all()
    assert len(ids_of(api(agent), "inspections/?state=planned")) == 1
    tickets.record(ticket=row.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    assert ids_of(api(agent), "inspections/?state=planned") == []


def ids_of(client, address):
    return [row["reference"] for row in client.get(address).json()["results"]]


def test_inspection_that_is_booked_on_no_day_yet_is_planned(api, agent, report, acme):
    Inspection.objects.create(ticket=report(kind="inspection", title="Check", equipment=acme.unit, at=NOW, now=NOW))
    assert len(ids_of(api(agent), "inspections/?state=planned")) == 1


def test_unknown_filters_are_refused(api, agent):
    for address in (
        "inspection-plans/?colour=red",
        "inspections/?state=x",
        "findings/?noted_before=x",
        "readings/?z=1",
    ):
        assert api(agent).get(address).status_code == 400, address


def test_findings_by_state_and_place_and_whose_they_are(api, agent, plan, acme, engineer, alice, carol):
    plan(unit=acme.unit)
    services.generate(now=NOW)
    row = Inspection.objects.order_by("opens_on").first()
    services.begin(ticket=row.ticket, version=None, by=Actor(engineer), now=NOW)
    sheet = row.sheets.get()
    watched = Finding.objects.create(sheet=sheet, item="a", question="Q", outcome="watch", text="t", noted_at=NOW)
    silent = Finding.objects.create(sheet=sheet, item="b", question="Q", noted_at=NOW)
    client = api(agent)
    day = NOW.date().isoformat()
    for query, found in (
        ("?ordering=id", [watched.pk, silent.pk]), ("?state=watch", [watched.pk]), ("?state=none", [silent.pk]),
        ("?site=acme-plant", []), ("?equipment=SN-1234&state=watch", [watched.pk]), (f"?noted_before={day}", []),
        (f"?noted_after={day}&state=none", [silent.pk]),
        (f"?contract={acme.contract.number}&state=watch", [watched.pk]),
        ("?checklist=yearly-system", []),
    ):  # fmt: skip
        assert ids(client, f"findings/{query}") == found, query
    assert ids(api(alice), "findings/") == ids(api(carol), "findings/") == []  # not signed, or not his


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/Los_Angeles", "UTC"])
def test_days_of_filters_begin_in_utc_wherever_the_person_is(api, agent, report, acme, version, engineer, zone):
    """Found at 02:00 UTC of the 16th: in Los Angeles it is still the 15th. One of the 15th at 17:00 is of the 16th in
    Shanghai.
    """
    agent.zone = zone
    agent.save()
    late, early = (
        papers.signed_visit(report, acme.unit, version, engineer, at) for at in (NOW, NOW - timedelta(hours=9))
    )
    client = api(agent)

    def found(query):
        return {row["inspection"] for row in client.get(f"findings/?{query}").json()["results"]}

    def read(query):
        rows = client.get(f"readings/?item=temp&{query}").json()["results"]
        return {point["inspection"] for row in rows for point in row["points"]}

    names = {late.ticket.reference}, {early.ticket.reference}
    assert (found("noted_after=2026-11-16"), found("noted_before=2026-11-16")) == names
    assert (read("after=2026-11-16"), read("before=2026-11-16")) == names
