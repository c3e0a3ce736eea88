"""Two people record something at once: what contradicts stands side by side and is chosen, the rest merges."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from servicedesk.screens.contradictions import contradict
from tests import places
from tickets import services
from tickets.models import Ticket

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def old(report):
    return report(level="3", at=datetime.now(UTC) - 3 * HOUR)


def basis(ticket):
    row = Ticket.objects.get(pk=ticket.pk)
    return {"version": row.version, "seq": row.last_seq}


def record(ticket, type_, by, at=None, **fields):
    now = datetime.now(UTC)
    services.record(ticket=ticket, type=type_, by=Actor(user=by), at=at or now, now=now, fields=fields)


def typed(at):
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def renewed(answer):
    """What the form would send again, with the hidden fields of the conflict."""
    part = answer.content.decode().split('id="act"')[1].split("</section>")[0]
    names = "version|seq|clash|clash_seq"
    pairs = re.findall(rf'name="({names})" value="([^"]*)"', part)
    return {**dict(pairs), "clash": [value for name, value in pairs if name == "clash"]}


def test_what_does_not_contradict_merges_and_is_said(desk, old, lead):
    data = {"type": "spare_needed", "note": "PSU-900", **basis(old)}
    record(old, "departed", lead)
    page = desk.post(f"{old.get_absolute_url()}events/", data, follow=True).content.decode()
    assert "Lead also recorded: Engineer on the way." in page
    assert {"departed", "spare_needed"} <= set(old.events.values_list("type", flat=True))


@pytest.mark.parametrize(("keep", "types"), [("yours", ["departed", "waiting"]), ("theirs", ["departed"])])
def test_of_two_opposites_one_is_chosen_and_the_words_are_kept(desk, old, lead, keep, types):
    data = {"type": "waiting", "note": "site permit", "message": "Please send the permit", **basis(old)}
    record(old, "departed", lead)
    answer = desk.post(f"{old.get_absolute_url()}events/", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lead changed this ticket at" in page
    assert re.search(r"theirs\"> Engineer on the way.*yours\"> Waiting for the customer", page)
    assert "site permit</textarea>" in page
    again = data | renewed(answer)
    unchosen = desk.post(f"{old.get_absolute_url()}events/", again)
    assert unchosen.status_code == 409
    assert "Choose which value to keep." in unchosen.content.decode()
    assert desk.post(f"{old.get_absolute_url()}events/", again | {"keep_event": keep}).status_code == 302
    assert [event.type for event in old.events.filter(type__in=["departed", "waiting"])] == types
    assert old.replies.get().body == "Please send the permit"


def test_the_same_event_is_chosen_field_by_field(desk, old, lead):
    now, url = datetime.now(UTC), f"{old.get_absolute_url()}events/"
    mine = {"type": "departed", "at": typed(now - HOUR), "expected_at": typed(now + HOUR), **basis(old)}
    record(old, "departed", lead, at=now - 2 * HOUR, expected_at=now + 2 * HOUR)
    answer = desk.post(url, mine)
    assert answer.status_code == 409
    assert renewed(answer)["clash"] == ["at", "expected_at"]
    choices = {"keep_at": "theirs", "keep_expected_at": "yours"}
    assert desk.post(url, mine | renewed(answer) | choices).status_code == 302
    latest = old.events.filter(type="departed").last()
    assert latest.occurred_at == now - 2 * HOUR
    assert typed(datetime.fromisoformat(latest.data["expected_at"])) == typed(now + HOUR)


def test_what_the_other_did_not_say_is_added_to_theirs(desk, old, lead):
    now, url = datetime.now(UTC), f"{old.get_absolute_url()}events/"
    mine = {"type": "departed", "at": typed(now - HOUR), "expected_at": typed(now + HOUR), **basis(old)}
    record(old, "departed", lead, at=now - 2 * HOUR)
    answer = desk.post(url, mine)
    assert renewed(answer)["clash"] == ["at"]
    assert desk.post(url, mine | renewed(answer) | {"keep_at": "theirs"}).status_code == 302
    latest = old.events.filter(type="departed").last()
    assert (latest.occurred_at, "expected_at" in latest.data) == (now - 2 * HOUR, True)


def test_what_can_no_longer_be_is_said_with_what_is_saved(desk, old, lead):
    data = {"type": "restored", "outcome": "final", "message": "PSU changed", **basis(old)}
    record(old, "restored", lead)
    answer = desk.post(f"{old.get_absolute_url()}events/", data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Lead changed this ticket at" in page
    assert 'name="keep_' not in page
    assert 'value="PSU changed"' in page
    assert old.events.filter(type="restored").count() == 1


@pytest.mark.parametrize(("keep", "level"), [("yours", "2"), ("theirs", "1")])
def test_two_levels_stand_side_by_side(desk, old, lead, keep, level):
    url = f"{old.get_absolute_url()}level/"
    data = {"level": "2", "message": "Two desks are down", **basis(old)}
    record(old, "level_confirmed", lead, level="1")
    answer = desk.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert re.search(r"theirs\"> 1 · .*yours\"> 2 · ", page)
    assert "Two desks are down</textarea>" in page
    assert desk.post(url, data | renewed(answer) | {"keep_level": keep}).status_code == 302
    old.refresh_from_db()
    assert old.level == level
    assert old.replies.get().body == "Two desks are down"


def test_the_same_level_of_two_merges_and_so_does_another_event(desk, old, lead):
    data = {"level": "2", "message": "Two desks are down", **basis(old)}
    record(old, "level_confirmed", lead, level="2")
    record(old, "departed", lead)
    assert desk.post(f"{old.get_absolute_url()}level/", data).status_code == 302


@pytest.mark.parametrize(("keep", "serial"), [("yours", "mine"), ("theirs", "theirs")])
def test_two_units_stand_side_by_side_and_stay_while_somebody_looks(desk, old, lead, acme, keep, serial):
    units = {name: places.unit(acme.hq, name, acme.unit.product) for name in ("mine", "theirs")}
    where = {"organisation": acme.organisation.pk, "site": acme.hq.pk, "equipment": units["mine"].pk}
    data, url = {**where, **basis(old)}, f"{old.get_absolute_url()}place/"
    services.place(
        ticket=old, organisation=acme.organisation, site=acme.hq, equipment=units["theirs"], by=Actor(user=lead),
        now=datetime.now(UTC),
    )  # fmt: skip
    answer = desk.post(url, data)
    page = answer.content.decode()
    assert answer.status_code == 409
    again = data | dict(re.findall(r'name="(version|seq|clash|clash_seq)" value="([^"]*)"', page))
    assert again["clash"] == "equipment"
    looked = desk.post(url, again | {"refresh": "1", "keep_equipment": ""}).content.decode()
    assert 'name="keep_equipment"' in looked
    assert desk.post(url, again).status_code == 409
    assert desk.post(url, again | {"keep_equipment": keep}).status_code == 302
    old.refresh_from_db()
    assert old.equipment.serial_number == serial


def test_the_table_is_the_same_from_both_sides():
    assert contradict("waiting", "departed") == contradict("departed", "waiting") is True
    assert not contradict("departed", "arrived")
    assert not contradict("crisis_entry", "crisis_entry")
