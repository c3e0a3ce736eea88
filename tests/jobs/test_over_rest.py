"""Planned work over REST: asked for, filled in, done, and read; a stranger gets 404."""

import pytest

from jobs.models import Job

pytestmark = pytest.mark.django_db
JSON = "application/json"


def test_customer_makes_a_period_and_asks(client, dora, studio):
    client.force_login(dora)
    body = {
        "site": "delta-1",
        "name": "Final",
        "importance": "very",
        "begins_on": "2026-12-12",
        "last_on": "2026-12-12",
    }
    period = client.post("/api/v1/periods/", body, JSON).json()
    assert [row["id"] for row in client.get("/api/v1/periods/").json()["results"]] == [period["id"]]
    answer = client.post("/api/v1/jobs/", {"kind": "assurance", "period": period["id"]}, JSON)
    assert answer.status_code == 201
    found = answer.json()
    assert (found["kind"], found["contract"], found["steps"][0]["code"]) == (
        "assurance",
        studio.contract.number,
        "plan",
    )
    assert client.get("/api/v1/jobs/?kind=assurance&open=true").json()["results"][0]["number"] == found["number"]
    assert client.get("/api/v1/jobs/?open=false").json()["results"] == []


def test_steps_are_filled_in_and_done(client, asked, engineer, seniors):
    client.force_login(engineer)
    address = f"/api/v1/jobs/{asked.ticket.reference}/steps/plan/"
    assert client.put(address, {"values": {"approach": "x"}}, JSON).json()["steps"][0]["values"] == {"approach": "x"}
    wrong = client.post(f"{address}done/", {"values": {"approach": "x"}}, JSON)
    assert (wrong.status_code, list(wrong.json()["errors"])) == (400, ["engineers"])
    done = client.post(f"{address}done/", {"values": {"approach": "x", "engineers": seniors[:1]}}, JSON).json()
    assert done["steps"][0]["done_by"] == "Engineer"
    assert [check["equipment"] for check in done["checks"]] == ["SN-4001", "SN-4002"]
    assert client.post(f"{address}done/", {"values": {}}, JSON).status_code == 409
    assert client.post(address.replace("plan", "nonesuch") + "done/", {}, JSON).status_code == 404


def test_customer_reads_only_what_is_meant_for_him(client, asked, do, seniors, dora):
    do(asked, "plan", {"approach": "x", "engineers": seniors[:1], "inside": "secret"})
    client.force_login(dora)
    answer = client.get(f"/api/v1/jobs/{asked.ticket.reference}/")
    assert "secret" not in answer.content.decode()
    assert answer.json()["steps"][0]["values"]["approach"] == "x"


def test_stranger_finds_nothing(client, asked, carol):
    client.force_login(carol)
    base = f"/api/v1/jobs/{asked.ticket.reference}/"
    assert client.get(base).status_code == 404
    assert client.put(f"{base}steps/plan/", {}, JSON).status_code == 404
    assert client.post(f"{base}steps/plan/done/", {}, JSON).status_code == 404
    assert client.post("/api/v1/jobs/", {"kind": "assurance", "period": asked.period_id}, JSON).status_code == 400
    assert client.post("/api/v1/periods/", {"site": "delta-1", "name": "x", "begins_on": "2026-12-12",
                       "last_on": "2026-12-12"}, JSON).status_code == 400  # fmt: skip
    assert client.get("/api/v1/jobs/").json()["results"] == []
    assert Job.objects.count() == 1
    assert client.post("/api/v1/tickets/", {"kind": "job", "title": "x"}, JSON).status_code == 400
