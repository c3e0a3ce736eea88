"""Whose word the signature under an acceptance is: the customer's; never a name that staff type alone."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs import services
from jobs.models import Acceptance, Job
from notifications.models import Delivery
from servicedesk.demo.pictures import photo as drawn
from tests.jobs.test_delivery import delivery, ready  # noqa: F401  fixtures: everything is done but the signature
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
STROKES = [[[0.1, 0.8], [0.4, 0.2], [0.9, 0.6]]]


@pytest.fixture
def post(client, ready, engineer):  # noqa: F811
    """What the engineer sends from the page of the signature on his device."""
    client.force_login(engineer)
    seen = services.to_sign(Job.objects.get(pk=ready.pk)).digest

    def send(**values):
        given = {"seen": seen, "agreed": "on", "act": "sign", **values}
        return client.post(f"/jobs/{ready.ticket.reference}/sign/", given)

    return send


def log(client, work):
    return client.get(f"/tickets/{work.ticket.reference}/").content.decode()


def test_the_customer_draws_on_the_engineers_device_and_the_log_says_so(client, post, ready):  # noqa: F811
    assert post(signer="Dora Klein", strokes=json.dumps(STROKES)).status_code == 302
    made = Acceptance.objects.get()
    assert (made.name, made.manner, made.signature["device"]) == ("Dora Klein", "drawn", "ours")
    assert made.signature["strokes"] == STROKES  # under the digest
    assert "Dora Klein, drawn, on the device of Engineer" in log(client, ready)
    page = client.get(f"/jobs/{ready.ticket.reference}/").content.decode()
    assert "On the device of Engineer." in page
    assert '<path d="M100.0 192.0' in page


def test_the_page_of_our_device_speaks_the_customers_language(client, post, ready):  # noqa: F811
    page = client.get(f"/jobs/{ready.ticket.reference}/sign/?lang=zh-hant").content.decode()
    assert "請簽名" in page
    assert 'value="Dora"' in page  # who was at the acceptance was present


def test_staff_cannot_just_type_a_name(post):
    answer = post(signer="Dora Klein", typed="on", present=" ")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Say who was present when the name was typed." in page
    assert 'value="Dora Klein"' in page  # nothing typed is lost
    assert not Acceptance.objects.exists()
    assert post(signer="Dora Klein", typed="on", present="Dora Klein, her assistant").status_code == 302
    assert Acceptance.objects.get().signature["present"] == "Dora Klein, her assistant"


def test_without_a_drawing_there_is_no_signature(post):
    assert post(signer="Dora Klein").status_code == 400
    assert not Acceptance.objects.exists()


def test_on_paper_needs_the_paper(client, post, ready):  # noqa: F811
    answer = post(act="paper", paper_signer="Dora Klein")
    assert answer.status_code == 400
    assert "Add a photo or a scan of the signed paper." in answer.content.decode()
    paper = SimpleUploadedFile("signed.png", drawn("x"), "image/png")
    assert post(act="paper", paper_signer="Dora Klein", papers=paper).status_code == 302
    made = Acceptance.objects.get()
    assert made.manner == "paper"
    assert made.signature["papers"][0].endswith(" signed.png")
    assert ready.steps.get(code="signature").papers.get().name == "signed.png"
    assert "Dora Klein, on paper; the paper was added by Engineer" in log(client, ready)


def test_where_nobody_is_there_the_customer_is_told_and_signs_himself(client, post, ready, dora):  # noqa: F811
    assert post(act="absent", reason=" ").status_code == 400
    assert post(act="absent", reason="Called away to the plant.").status_code == 302
    assert not Acceptance.objects.exists()
    assert "Called away to the plant." in log(client, ready)
    assert Delivery.objects.filter(event__type="acceptance_unsigned", user=dora).exists()
    client.force_login(dora)
    page = client.get(f"/jobs/{ready.ticket.reference}/sign/").content.decode()
    assert "Signed on paper" not in page
    seen = services.to_sign(Job.objects.get(pk=ready.pk)).digest
    given = {"signer": "Dora Klein", "strokes": json.dumps(STROKES), "seen": seen, "agreed": "on"}
    client.post(f"/jobs/{ready.ticket.reference}/sign/", given)
    assert Acceptance.objects.get().signature["device"] == "customer"


@pytest.mark.parametrize("act", ["paper", "absent"])
def test_a_customer_cannot_say_it_for_us(client, ready, dora, act):  # noqa: F811
    client.force_login(dora)
    seen = services.to_sign(Job.objects.get(pk=ready.pk)).digest
    given = {"act": act, "signer": "Dora", "paper_signer": "Dora", "reason": "x", "seen": seen, "agreed": "on"}
    assert client.post(f"/jobs/{ready.ticket.reference}/sign/", given).status_code in (400, 403)
    assert not Acceptance.objects.exists()
    assert not TicketEvent.objects.filter(type="acceptance_unsigned").exists()


def test_over_rest_staff_say_who_was_present_or_that_nobody_was(client, ready, engineer):  # noqa: F811
    client.force_login(engineer)
    address = f"/api/v1/jobs/{ready.ticket.reference}/sign/"
    body = {"digest": client.get(address).json()["digest"], "name": "Dora"}
    assert "present" in client.post(address, body, "application/json").json()["errors"]
    absent = {**body, "manner": "absent", "reason": "Called away."}
    assert client.post(address, absent, "application/json").status_code == 200
    drawn_ = {**body, "manner": "drawn", "strokes": STROKES}
    assert client.post(address, {**drawn_, "strokes": "x"}, "application/json").status_code == 400
    assert client.post(address, drawn_, "application/json").status_code == 201
