"""Commissioning, training and contingency drills, each from its first step to its last."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, Stale
from customers.models import Equipment
from inspections.services import Signature
from jobs import reports, services
from jobs.kinds import JobKind
from jobs.models import Acceptance, Job
from servicedesk.demo.pictures import photo as drawn
from tests.jobs.conftest import NOW
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
BEGINS = date(2026, 12, 1)


@pytest.fixture
def make(studio, engineer):
    def made(kind):
        wanted = services.Wanted(kind, "Studio", studio.site, BEGINS, BEGINS + timedelta(days=2))
        return services.make(wanted=wanted, by=Actor(engineer), now=NOW)

    return made


def state_of(job):
    return Ticket.objects.get(pk=job.ticket_id).state


def test_commissioning_tests_what_was_planned_and_says_the_result(make, do, engineer):
    job = make(JobKind.COMMISSIONING)
    with pytest.raises(Invalid) as refused:
        do(job, "order", {"deadline": "2026-12-03", "devices": []})
    assert sorted(refused.value.errors) == ["devices", "people"]
    people, devices = [{"name": "Xi", "role": "lead"}], [{"kind": "MCU", "count": 2}, {"kind": "Camera", "count": 5}]
    do(job, "order", {"people": people, "deadline": "2026-12-03", "devices": devices})
    planned = [{"test": "Power on", "expected": "No alarm"}, {"test": "Fail-over", "expected": "Within 30 s"}]
    do(job, "plan", {"tests": planned})
    with pytest.raises(Invalid, match="Fail-over"):
        do(job, "tests", {"results": [{"test": "Power on", "result": "pass"}]})
    do(job, "tests", {"results": [{"test": "Power on", "result": "pass"}, {"test": "Fail-over", "result": "fail"}]})
    with pytest.raises(Invalid, match="has failed"):
        do(job, "result", {"overall": "pass", "commissioned_on": "2026-12-03"})
    do(job, "result", {"overall": "reserved", "commissioned_on": "2026-12-03"})
    assert state_of(job) != "resolved"
    sign(job, engineer)
    assert state_of(job) == "resolved"


def sign(job, engineer):
    """The customer draws on our device."""
    seen = services.to_sign(Job.objects.get(pk=job.pk)).digest
    word = services.Word(Signature("drawn", "Dora Klein", [[[0.1, 0.8], [0.4, 0.2]]]))
    return services.sign(job=job, word=word, seen=seen, by=Actor(engineer), now=NOW)


@pytest.fixture
def tested(make, do):
    """A commissioning with its result; the signature is next."""
    job = make(JobKind.COMMISSIONING)
    do(job, "order", {"people": [{"name": "Xi", "role": "x"}], "deadline": "2026-12-03",
                      "devices": [{"kind": "MCU", "count": 2}]})  # fmt: skip
    do(job, "plan", {"tests": [{"test": "Power on", "expected": "No alarm"}]})
    do(job, "tests", {"results": [{"test": "Power on", "result": "pass"}]})
    do(job, "result", {"overall": "pass", "commissioned_on": "2026-12-03", "inside": "slow learners"})
    return job


def test_customer_signs_the_result_of_a_commissioning(client, tested, dora, carol, engineer):
    address = f"/jobs/{tested.ticket.reference}/sign/"
    client.force_login(carol)
    assert client.get(address).status_code == 404
    client.force_login(dora)
    for where in ("/jobs/", f"/jobs/{tested.ticket.reference}/"):
        assert "Read and sign" in client.get(where).content.decode()
    page = client.get(address).content.decode()
    assert "Sign the result" in page
    assert "We have read the result and take note of it." in page
    assert "Power on" in page
    assert "warranty" not in page
    seen = services.to_sign(Job.objects.get(pk=tested.pk)).digest
    client.post(address, {"signer": "Dora", "typed": "on", "seen": seen, "agreed": "on"})
    made = Acceptance.objects.get()
    assert (made.job, made.name) == (tested, "Dora")
    assert "slow learners" not in str(made.document)
    assert state_of(tested) == "resolved"
    page = client.get(f"/jobs/{tested.ticket.reference}/").content.decode()
    assert made.digest in page
    assert "Accepted on" not in page


def test_result_is_signed_on_paper_with_the_paper(client, tested, engineer):
    client.force_login(engineer)
    address = f"/jobs/{tested.ticket.reference}/sign/"
    seen = services.to_sign(Job.objects.get(pk=tested.pk)).digest
    given = {"act": "paper", "paper_signer": "Dora Klein", "seen": seen, "agreed": "on"}
    assert client.post(address, given).status_code == 400
    paper = SimpleUploadedFile("signed.png", drawn("x"), "image/png")
    assert client.post(address, {**given, "papers": paper}).status_code == 302
    assert Acceptance.objects.get().manner == "paper"


def test_result_that_reads_otherwise_is_not_signed_and_the_step_is_done_by_nothing_else(tested, engineer):
    with pytest.raises(Stale):
        services.sign(
            job=tested, word=services.Word(Signature("typed", "x"), "y"), seen="0" * 64, by=Actor(engineer), now=NOW
        )
    with pytest.raises(Illegal, match="by signing"):
        services.finish(job=tested, code="signature", given=services.Given(), by=Actor(engineer), now=NOW)


def test_signature_changes_no_warranty_where_nothing_is_accepted(tested, engineer, studio):
    Equipment.objects.filter(serial_number="SN-4001").update(accepted_on=None)
    before = list(Equipment.objects.order_by("pk").values("accepted_on", "warranty_months"))
    sign(tested, engineer)
    assert list(Equipment.objects.order_by("pk").values("accepted_on", "warranty_months")) == before


def test_what_nobody_signs_has_no_page_for_it(client, make, engineer):
    job = make(JobKind.DRILL)
    client.force_login(engineer)
    assert client.get(f"/jobs/{job.ticket.reference}/sign/").status_code == 404
    assert client.get(f"/api/v1/jobs/{job.ticket.reference}/sign/").status_code == 404


def test_results_begin_with_the_lines_of_the_plan(client, make, do, engineer):
    job = make(JobKind.COMMISSIONING)
    do(job, "order", {"people": [{"name": "Xi", "role": "x"}], "deadline": "2026-12-03",
                      "devices": [{"kind": "MCU", "count": 2}]})  # fmt: skip
    do(job, "plan", {"tests": [{"test": "Power on", "expected": "No alarm"}]})
    client.force_login(engineer)
    page = client.get(f"/jobs/{job.ticket.reference}/steps/tests/").content.decode()
    assert 'value="Power on"' in page
    assert "No alarm" not in page


def test_training_needs_material_and_gives_certificates(client, make, do, engineer, dora, carol):
    job = make(JobKind.TRAINING)
    plan = {"kind": "operation", "topic": "MCU 9000", "trainer": "Xi", "at": "2026-12-01T09:00:00Z", "place": "Spree"}
    do(job, "plan", plan)
    with pytest.raises(Invalid) as refused:
        do(job, "material", {"list": "Slides"})
    assert list(refused.value.errors) == ["papers"]
    given = services.Given({"list": "Slides"}, uploads=[SimpleUploadedFile("slides.pdf", b"%PDF")])
    services.fill(job=job, code="material", given=given, by=Actor(engineer), now=NOW)
    do(job, "material", {"list": "Slides"})
    people = [{"name": "Dora Klein", "certified": "yes"}, {"name": "Emil Groß", "certified": "no"}]
    do(job, "people", {"people": people})
    address = f"/jobs/{job.ticket.reference}/certificates/"
    client.force_login(dora)
    assert client.get(address).status_code == 404
    with pytest.raises(Illegal, match="First comes: Signature"):
        do(job, "certificate", {"issued_on": "2026-12-04", "hours": 6})
    signed = sign(job, engineer).document["signed"]
    assert [step["step"] for step in signed["steps"]] == ["plan", "material", "people"]
    do(job, "certificate", {"issued_on": "2026-12-04", "hours": 6})
    page = client.get(address).content.decode()
    assert "Dora Klein" in page
    assert "Emil" not in page
    assert "6 hours" in page
    assert state_of(job) == "resolved"
    client.force_login(carol)
    assert client.get(address).status_code == 404


def test_one_training_a_year_is_owed_by_scheme_3(make, lead, studio):
    make(JobKind.TRAINING)
    lines = reports.owed_of([studio.contract], NOW.date(), 0)[studio.contract]
    assert [(line.label, line.owed, line.used) for line in lines] == [("Event assurance", 4, 0), ("Training", 1, 1)]


def test_drill_has_a_timeline_and_lessons_with_owner_and_day(make, do):
    job = make(JobKind.DRILL)
    do(job, "scenario", {"scenario": "Power of hall A", "goal": "On air again in 5 min", "at": "2026-12-01T09:00:00Z",
                         "people": "Desk, Xi"})  # fmt: skip
    entries = [{"at": "2026-12-01T09:00:00Z", "what": "Power cut", "who": "Xi"}]
    do(job, "timeline", {"entries": entries})
    with pytest.raises(Invalid, match="Who sees to it"):
        do(job, "lessons", {"lessons": [{"lesson": "Label the feeds", "by": "2026-12-20"}], "reached": "Yes"})
    lesson = {"lesson": "Label the feeds", "owner": "Xi", "by": "2026-12-20"}
    do(job, "lessons", {"lessons": [lesson], "reached": "Yes"})
    assert state_of(job) == "resolved"


def test_desk_plans_it_on_a_page_and_the_same_form_twice_makes_it_once(client, studio, agent, dora):
    client.force_login(agent)
    page = client.get("/jobs/new/").content.decode()
    token = page.split('name="token" value="')[1].split('"')[0]
    typed = {"kind": "drill", "site": studio.site.pk, "name": "Power", "begins_on": "2026-12-01",
             "last_on": "2026-12-01", "token": token}  # fmt: skip
    first, second = client.post("/jobs/new/", typed), client.post("/jobs/new/", typed)
    assert first.headers["Location"] == second.headers["Location"]
    assert Job.objects.get().ticket.title == "Contingency drill: Power"
    assert client.post("/jobs/new/", {**typed, "last_on": "2026-11-01", "token": ""}).status_code == 400
    assert client.post("/jobs/new/", {**typed, "kind": "assurance"}).status_code == 400
    client.force_login(dora)
    assert client.get("/jobs/new/").status_code == 403


def test_customer_asks_for_nothing_but_event_assurance(studio, dora):
    wanted = services.Wanted(JobKind.TRAINING, "x", studio.site, BEGINS, BEGINS)
    with pytest.raises(Forbidden):
        services.make(wanted=wanted, by=Actor(dora), now=NOW)


def test_it_is_planned_over_rest(client, studio, agent):
    client.force_login(agent)
    body = {"kind": "training", "name": "MCU", "site": "delta-1", "begins_on": "2026-12-01"}
    answer = client.post("/api/v1/jobs/", body, "application/json")
    assert (answer.status_code, answer.json()["last_on"]) == (201, "2026-12-01")
    assert client.post("/api/v1/jobs/", {"kind": "training"}, "application/json").status_code == 400


def test_work_that_the_desk_planned_is_not_told_as_the_customers_report(client, make, dora):
    job = make(JobKind.DRILL)
    client.force_login(dora)
    page = client.get(f"/portal/{job.ticket.reference}/").content.decode()
    assert "Your report" not in page
