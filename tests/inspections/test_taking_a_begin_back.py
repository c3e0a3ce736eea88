"""A visit that was begun by mistake: taken back, it stands as if nobody had begun it."""

import json
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from accounts.roles import Role
from common.errors import Forbidden, Illegal, Invalid
from inspections import facts, services
from inspections.models import AnswerEntry, Inspection, Photo, Sheet
from servicedesk.demo.pictures import photo as drawn
from sla.models import Clock
from tests.conftest import person
from tests.inspections.conftest import NOW
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def colleague():
    return person("other-engineer", Role.ENGINEER)


def take_back(visit, by, reason="", now=NOW + HOUR):
    return services.take_back_begin(inspection=visit, reason=reason, by=Actor(by), now=now)


def clocks(case):
    return list(Clock.objects.filter(ticket=case).order_by("target", "run").values_list("target", "state", "due_at"))


def test_nothing_of_it_is_left_but_the_log(case, version, engineer):
    before, state = clocks(case), Ticket.objects.get(pk=case.pk).state
    visit = services.begin(ticket=case, version=version, by=Actor(engineer), now=NOW)
    take_back(visit, engineer)
    row = Inspection.objects.get()
    assert (row.begun_at, row.begun_by, row.seen_at, row.total) == (None, None, None, 0)
    assert not Sheet.everything.exists()
    assert (clocks(case), Ticket.objects.get(pk=case.pk).state) == (before, state)
    types = list(TicketEvent.objects.filter(ticket=case).order_by("seq").values_list("type", flat=True))
    assert types[-3:] == ["arrived", "visit_unbegun", "retracted"]


def test_arrival_that_somebody_recorded_himself_stays(case, version, engineer):
    tickets.record(ticket=case, type="arrived", by=Actor(engineer), at=NOW - HOUR, now=NOW - HOUR)
    take_back(services.begin(ticket=case, version=version, by=Actor(engineer), now=NOW), engineer)
    assert Ticket.objects.get(pk=case.pk).state == "on_site"


def test_with_answers_it_needs_a_reason_and_who_began_it_or_the_desk(visit, answer, colleague, agent):
    answer("temp", reading="22")
    with pytest.raises(Forbidden, match="or the desk"):
        take_back(visit, colleague, "Wrong site.")
    with pytest.raises(Invalid) as refused:
        take_back(visit, agent, " ")
    assert list(refused.value.errors) == ["reason"]
    take_back(visit, agent, "Wrong site.")
    assert TicketEvent.objects.get(type="visit_unbegun").data["reason"] == "Wrong site."


def test_anybody_who_works_takes_back_what_nothing_was_answered_of(visit, colleague, storekeeper):
    with pytest.raises(Forbidden):
        take_back(visit, storekeeper)
    take_back(visit, colleague)
    assert not Inspection.objects.filter(begun_at__isnull=False).exists()


def test_begun_anew_it_knows_nothing_of_what_was_set_aside(visit, answer, engineer, case, version):
    answer("temp", reading="31")
    picture = SimpleUploadedFile("x.png", drawn("x"), "image/png")
    given = {"id": uuid.uuid4(), "sheet": visit.sheets.get().pk, "item": "front", "upload": picture}
    services.add_photo(inspection=visit, by=Actor(engineer), at=NOW, now=NOW, **given)
    services.write_words(inspection=visit, words={"summary": "All well"}, by=Actor(engineer), now=NOW)
    take_back(visit, engineer, "Wrong site.")
    again = services.begin(ticket=case, version=version, by=Actor(engineer), now=NOW + 2 * HOUR)
    assert (again.answered, again.summary) == (0, "")
    assert facts.load(again).findings == []
    assert AnswerEntry.objects.count() == Photo.objects.count() == 1  # the record stays
    assert TicketEvent.objects.get(type="visit_unbegun").data["words"] == {"summary": "All well"}


def test_not_while_a_ticket_of_it_lives(visit, answer, engineer, agent):
    answer("temp", reading="31", finding="Hot", outcome="ticket")
    raised = Ticket.objects.get(kind="fault")
    with pytest.raises(Illegal, match=raised.reference):
        take_back(visit, engineer, "Wrong site.")
    tickets.record(ticket=raised, type="cancelled", by=Actor(agent), at=NOW, now=NOW, note="Wrong site.")
    take_back(visit, engineer, "Wrong site.")
    assert Ticket.objects.get(pk=raised.pk).state == "cancelled"


def test_what_is_signed_or_has_not_begun_is_not_taken_back(complete, engineer):
    signature = services.Signature("typed", "Dora")
    services.finish(inspection=complete, signature=signature, by=Actor(engineer), now=NOW)
    with pytest.raises(Illegal, match="is signed"):
        take_back(complete, engineer, "x")


def test_a_late_copy_of_the_same_begin_begins_nothing(client, case, version, engineer):
    """
    phone   begun 8:00 -------- arrives 9:00 ... taken back 10:00 ... the phone never heard, sends again 11:00
    """
    client.force_login(engineer)
    address = f"/inspections/visits/{case.reference}/begun/"
    body = {"checklist": "array", "version": 1, "at": (NOW - HOUR).isoformat()}
    with time_machine.travel(NOW, tick=False):
        client.post(address, json.dumps(body), "application/json")
    take_back(Inspection.objects.get(), engineer)
    with time_machine.travel(NOW + 2 * HOUR, tick=False):
        refused = client.post(address, json.dumps(body), "application/json")
        assert (refused.status_code, Inspection.objects.get().begun_at) == (409, None)
        assert "taken this begin back" in refused.json()["detail"]
        later = {**body, "at": (NOW + HOUR).isoformat()}
        assert client.post(address, json.dumps(later), "application/json").status_code == 200


def test_it_is_taken_back_on_the_page_and_the_phone_is_told(client, visit, answer, engineer, case):
    client.force_login(engineer)
    where = f"/inspections/visits/{case.reference}/"
    assert "Take the begin back" in client.get(where).content.decode()
    answer("temp", reading="22")
    refused = client.post(f"{where}take-back/", {"reason": ""})
    assert refused.status_code == 400
    assert "Say why: something was answered already." in refused.content.decode()
    assert client.post(f"{where}take-back/", {"reason": "Wrong site."}).headers["Location"] == f"{where}?undone=1"
    page = client.get(where).content.decode()
    assert "Begin the visit" in page
    assert client.get(f"{where}state/").json()["begun"] is False
    log = client.get(f"/tickets/{case.reference}/").content.decode()
    assert "Begin of the visit taken back" in log
    assert "Wrong site." in log


def test_who_may_not_sees_no_button(client, visit, answer, colleague, case):
    answer("temp", reading="22")
    client.force_login(colleague)
    assert "Take the begin back" not in client.get(f"/inspections/visits/{case.reference}/").content.decode()


def test_over_rest(client, visit, answer, agent, alice, case):
    answer("temp", reading="22")
    address = f"/api/v1/inspections/{case.reference}/take-back/"
    client.force_login(alice)
    assert client.post(address, {}, "application/json").status_code == 404
    client.force_login(agent)
    assert "reason" in client.post(address, {}, "application/json").json()["errors"]
    answered = client.post(address, {"reason": "Wrong site."}, "application/json")
    assert (answered.status_code, answered.json()["begun_at"]) == (200, None)
