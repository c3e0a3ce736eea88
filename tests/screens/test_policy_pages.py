"""Schemes as people read them, and the simulator beside them."""

import re

import pytest

from customers.models import Contract
from sla import library
from sla import services as sla
from sla.engine.shipped import shipped_documents
from sla.models import SchemeVersion

pytestmark = pytest.mark.django_db
FRIDAY = {"level": "3", "day": "2026-11-20", "time": "17:50", "zone": "Asia/Shanghai", "country": "CN",
          "travel_minutes": "30", "kind": "fault", "channel": "phone", "follow": "24"}  # fmt: skip


@pytest.fixture
def at_desk(client, agent):
    client.force_login(agent)
    return client


def text(answer):
    return answer.content.decode()


@pytest.mark.parametrize("code", sorted(shipped_documents()))
def test_every_shipped_scheme_is_readable(at_desk, code):
    answer = at_desk.get(f"/schemes/{code}/")
    assert answer.status_code == 200
    assert "What we promise" in text(answer)


def test_the_first_version_is_in_force_from_the_start(at_desk):
    """Tickets that were reported before the desk was set up count by it too: a day would contradict them."""
    for address in ("/schemes/", "/schemes/infrastructure/"):
        page = text(at_desk.get(address))
        assert "Version 1, in force from the start" in page
        assert "in force since" not in page


def test_the_rule_stands_before_its_exception_and_the_exception_names_its_condition(at_desk):
    rows = text(at_desk.get("/schemes/infrastructure/")).split('<table class="sla-grid')[1].split("</table>")[0]
    names = re.findall(r'scope="row"><span><span>([^<]*)(?:<em[^>]*>([^<]*)</em>)?', rows)
    assert names[:2] == [("Reply", ""), ("Reply, ", "when the report comes by e-mail")]


def test_the_ladder_promises_no_next_step(at_desk):
    page = text(at_desk.get("/schemes/infrastructure/"))
    assert "handling time 2 hours" in page
    assert "before the next step" not in page


def test_customer_reads_what_is_promised_to_him(client, alice):
    client.force_login(alice)
    assert client.get("/schemes/infrastructure/").status_code == 200
    assert client.get("/schemes/power/").status_code == 404
    listed = text(client.get("/schemes/"))
    assert "IT infrastructure maintenance" in listed
    assert "Power equipment support" not in listed


def test_customer_gets_the_document_without_the_simulator(client, alice):
    client.force_login(alice)
    assert "Try it" not in text(client.get("/schemes/infrastructure/"))


def test_customer_whose_own_ticket_is_on_the_default_scheme_may_read_it(client, carol, report, borealis):
    client.force_login(carol)
    assert client.get("/schemes/general/").status_code == 404
    Contract.objects.all().delete()
    report(by=carol, organisation=borealis.organisation, site=borealis.site)
    assert client.get("/schemes/general/").status_code == 200


def test_guest_is_asked_to_sign_in(client):
    assert "/account/sign-in/" in client.get("/schemes/power/")["Location"]


@pytest.mark.parametrize("path", ["nowhere/", "power/?version=2", "power/?version=x", "power/?version=99999999999999"])
def test_what_is_not_there_is_404(at_desk, path):
    assert at_desk.get(f"/schemes/{path}").status_code == 404


def test_an_older_version_says_so(at_desk):
    row = SchemeVersion.objects.get(code="general", version=1)
    document = {**row.document, "name": "General, renewed"}
    sla.publish(document=document, effective_at=row.effective_at, now=row.effective_at)
    library.forget()
    assert "General, renewed" in text(at_desk.get("/schemes/general/"))
    assert "This is not the version in force" in text(at_desk.get("/schemes/general/?version=1"))


def test_simulator_gives_the_worked_example(at_desk):
    page = text(at_desk.get("/schemes/infrastructure/", FRIDAY))
    assert "Fri 20 Nov 2026 18:20" in page
    assert "Sat 21 Nov 2026 17:50" in page
    assert "Raised to level 2" in page


def test_simulator_takes_zone_and_travel_time_from_the_site(at_desk, delta):
    question = {**FRIDAY, "level": "2", "site": "delta-1", "event_1": "remote_failed", "day_1": "2026-11-20",
                "time_1": "18:00"}  # fmt: skip
    assert "Fri 20 Nov 2026 20:00" in text(at_desk.get("/schemes/teleconference/", question))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"level": "9"}, "Choose one from the list"),
        ({"day": "soon"}, "Day of the report: Enter a day, such as"),
        ({"day": "1066-10-14"}, "Choose a day between 2000 and 2080"),
        ({"zone": "Mars/Olympus"}, 'class="err"'),
        ({"country": "X1"}, 'class="err"'),
        ({"event_1": "responded"}, "Enter the day and the time"),
        ({"event_1": "responded", "day_1": "2026-11-19", "time_1": "09:00"}, 'class="err"'),
        ({"event_1": "closed", "day_1": "2026-11-20", "time_1": "18:00", "event_2": "responded",
          "day_2": "2026-11-20", "time_2": "19:00"}, 'class="err"'),
    ],
)  # fmt: skip
def test_a_story_that_cannot_be_is_said_beside_the_field(at_desk, change, words):
    answer = at_desk.get("/schemes/infrastructure/", {**FRIDAY, **change})
    assert answer.status_code == 200
    assert words in text(answer)
    assert "Due times" not in text(answer)
