"""New ticket for agents: everything an intake holds; errors beside fields; sent twice, it makes one ticket."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def blank(desk: Client, **choice) -> dict[str, str]:
    page = desk.get("/tickets/new/", choice).content.decode()
    form = page.split('id="new-ticket"')[1].split("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    moments = dict(re.findall(r'<input type="datetime-local" name="(\w+)" value="([^"]+)"', form))
    return {"kind": "fault", "channel": "phone", "title": "Fan tray loud", **hidden, **moments}


def test_everything_that_is_known_is_kept(desk, acme, alice, lead):
    received = timezone.localtime(datetime.now(UTC) - timedelta(hours=3)).replace(second=0, microsecond=0)
    data = blank(desk) | {
        "organisation": acme.organisation.pk, "site": acme.hq.pk, "equipment": acme.unit.pk, "level": "2",
        "description": "Since this morning", "category": "hardware", "channel": "email", "reporter": alice.pk,
        "contact_phone": "+852 5555 0100", "assignee": lead.pk, "received_at": received.strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert desk.post("/tickets/new/", data).status_code == 302
    made = Ticket.objects.get()
    assert (made.organisation, made.site, made.equipment) == (acme.organisation, acme.hq, acme.unit)
    assert (made.level, made.channel, made.category, made.scheme_code) == ("2", "email", "hardware", "infrastructure")
    assert (made.reporter, made.assignee, made.received_at) == (alice, lead, received)


def test_a_caller_we_do_not_know_still_gets_a_ticket(desk):
    data = blank(desk) | {"contact_name": "Somchai", "contact_organisation": "Siam Retail"}
    assert desk.post("/tickets/new/", data).status_code == 302
    assert Ticket.objects.get().organisation_text == "Siam Retail"


def test_choosing_a_customer_offers_his_places_and_the_promise_of_each_level(desk, acme, borealis):
    page = desk.post("/tickets/new/", {"refresh": "1", "organisation": acme.organisation.pk, "title": "Typed"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "acme-plant" in text
    assert "borealis-1" not in text
    assert 'value="Typed"' in text
    assert "Stopped completely" in text
    assert "15 minutes" in text
    assert not Ticket.objects.exists()


def test_the_category_decides_which_contract_promises(desk, cathay):
    choice = {"refresh": "1", "organisation": cathay.organisation.pk, "site": cathay.site.pk}
    hardware = desk.post("/tickets/new/", choice | {"category": "hardware"}).content.decode()
    software = desk.post("/tickets/new/", choice | {"category": "software"}).content.decode()
    assert 'name="level" value="D"' in hardware
    assert 'name="level" value="D"' not in software
    assert "12 hours" in software


def test_sent_twice_it_makes_one_ticket(desk):
    data = blank(desk)
    first, second = desk.post("/tickets/new/", data), desk.post("/tickets/new/", data)
    assert first.headers["Location"] == second.headers["Location"]
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Say in one line what is wrong."),
        ("received_at", "2099-01-01T10:00", "This time is in the future."),
        ("received_at", "9999-12-31T23:59", "Enter a day and time of this century."),
        ("contact_email", "nobody at home", "Enter an e-mail address, such as name@example.com."),
        ("organisation", "99999999999999999999", "Choose one from the list"),
        ("equipment", "x", "Choose one from the list"),
        ("level", "9", "Choose one from the list"),
        ("form_token", "not-a-token", "Enter a valid UUID."),
    ],
)
def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(desk, field, value, sentence):
    data = blank(desk) | {"description": "It took me minutes to write this", field: value}
    answer = desk.post("/tickets/new/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page
    assert "It took me minutes to write this</textarea>" in page
    assert not Ticket.objects.exists()


def test_a_site_of_another_customer_is_not_taken(desk, acme, borealis):
    data = blank(desk) | {"organisation": acme.organisation.pk, "site": borealis.site.pk}
    assert desk.post("/tickets/new/", data).status_code == 400
    assert not Ticket.objects.exists()


def test_who_may_not_report_for_others_gets_no_form(client, manager, storekeeper, acme):
    client.force_login(storekeeper)
    assert client.get("/tickets/new/").status_code == 200
    client.force_login(manager)
    assert client.get("/tickets/new/").status_code == 200
