"""Triage on the page: whose a report is and where; what follows is shown before it is saved and read afterwards."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import GUEST, Actor
from customers.models import Membership
from sla.models import Clock
from tickets import services
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def triage(db) -> Ticket:
    at = datetime.now(UTC) - timedelta(minutes=10)
    contact = services.Contact(name="Greta", email="greta@example.com", organisation="Acme, I think")
    intake = services.Intake(title="Server is down", contact=contact, level="urgent")
    return services.report(intake=intake, by=GUEST, at=at, now=at)


def address(ticket: Ticket) -> str:
    return f"{ticket.get_absolute_url()}place/"


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def filled(desk: Client, ticket: Ticket, **choice) -> dict[str, str]:
    """The form as the browser would send it, once these choices are made."""
    page = desk.get(address(ticket), choice).content.decode()
    form = page.split('id="place"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) | choice


def test_a_triage_ticket_offers_it_as_the_next_step(desk, triage, ticket):
    page = desk.get(triage.get_absolute_url()).content.decode()
    assert re.search(r'class="btn btn--primary" href="place/">(?:(?!</a>).)*Set customer', page)
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert re.search(r'href="place/">\s*Change', page)
    assert "Set customer" not in page


def test_choosing_a_customer_shows_what_follows_and_saves_nothing(desk, acme, borealis, triage):
    choice = {"refresh": "1", "organisation": acme.organisation.pk, "equipment": acme.unit.pk}
    answer = desk.post(address(triage), choice)
    text = words(answer)
    assert answer.status_code == 200
    for said in (
        "acme-plant",
        "Stopped completely",
        "15 minutes",
        "C-acme-infrastructure",
        "Covered",
    ):
        assert said in text
    assert "borealis-1" not in text
    assert "Choose a level to see the new times" in text
    triage.refresh_from_db()
    assert (triage.organisation, triage.version) == (None, 1)


def test_the_new_times_stand_beside_the_old_before_saving(desk, acme, triage):
    data = filled(desk, triage, organisation=acme.organisation.pk, level="2")
    answer = desk.post(address(triage), data | {"refresh": "1"})
    table = answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert "Restore" in table
    due = re.findall(r'datetime="([^"]+)"', table)
    assert (triage.received_at + timedelta(hours=4)).isoformat()[:16] in {text[:16] for text in due}
    assert not triage.events.filter(type="placed").exists()


def test_saved_it_says_so_in_the_stream_and_the_clocks_follow(desk, acme, triage):
    data = filled(desk, triage, organisation=acme.organisation.pk, site=acme.hq.pk, equipment=acme.unit.pk)
    assert desk.post(address(triage), data | {"level": "2"}).headers["Location"] == triage.get_absolute_url()
    triage.refresh_from_db()
    assert (triage.organisation, triage.site, triage.equipment) == (acme.organisation, acme.hq, acme.unit)
    assert (triage.level, triage.reporter) == ("2", None)
    assert Clock.objects.get(ticket=triage, target="restore").due_at == triage.received_at + timedelta(hours=4)
    text = words(desk.get(triage.get_absolute_url()))
    assert "Customer: – → Acme; Site: – → acme-hq; Equipment: – → Server 1" in text
    assert "level 2 as given, scheme" in text


def test_another_scheme_asks_for_a_level(desk, acme, triage):
    data = filled(desk, triage, organisation=acme.organisation.pk)
    answer = desk.post(address(triage), data)
    assert answer.status_code == 400
    assert "Choose the level under the new promises." in words(answer)
    chosen_among_others = desk.post(address(triage), data | {"level": "2", "of_scheme": "power"})
    assert chosen_among_others.status_code == 400


def test_the_same_scheme_keeps_the_level(desk, acme, ticket):
    data = filled(desk, ticket, organisation=acme.organisation.pk, site=acme.plant.pk)
    assert "as now; the level stays" in words(desk.post(address(ticket), data | {"refresh": "1"}))
    assert desk.post(address(ticket), data | {"level": "1"}).status_code == 302
    before = ticket.level
    ticket.refresh_from_db()
    assert (ticket.site, ticket.level) == (acme.plant, before)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("organisation", "", "Choose the customer."),
        ("organisation", "99999999999999999999", "Choose one from the list"),
        ("site", "x", "Choose one from the list"),
        ("site", "borealis", "Choose one from the list"),
        ("equipment", "0", "Choose one from the list"),
        ("version", "many", "Enter a whole number."),
    ],
)
def test_errors_stand_beside_the_field(desk, acme, borealis, triage, field, value, sentence):
    data = filled(desk, triage, organisation=acme.organisation.pk)
    value = borealis.site.pk if value == "borealis" else value
    answer = desk.post(address(triage), data | {"level": "2", field: value})
    assert answer.status_code == 400
    assert sentence in words(answer)
    triage.refresh_from_db()
    assert triage.organisation is None


def test_two_who_choose_differently_see_both_and_the_second_press_is_meant(desk, acme, borealis, triage, lead):
    data = filled(desk, triage, organisation=acme.organisation.pk) | {"level": "2"}
    services.place(ticket=triage, organisation=borealis.organisation, by=Actor(lead), now=datetime.now(UTC))
    answer = desk.post(address(triage), data)
    assert answer.status_code == 409
    assert re.search(r"Lead changed this ticket.*Customer\s+Borealis.*\s+Acme", words(answer))
    page = answer.content.decode()
    renewed = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split('id="place"')[1]))
    assert desk.post(address(triage), data | renewed).status_code == 302
    triage.refresh_from_db()
    assert triage.organisation == acme.organisation


def test_what_others_did_elsewhere_does_not_stand_in_the_way(desk, acme, triage, lead):
    data = filled(desk, triage, organisation=acme.organisation.pk) | {"level": "2"}
    services.edit(ticket=triage, changes={"title": "Better"}, by=Actor(lead), now=datetime.now(UTC))
    assert desk.post(address(triage), data).status_code == 302


def test_the_address_of_a_guest_is_a_hint_and_links_nobody(desk, acme, alice, triage):
    assert "A member of" not in words(desk.get(address(triage)))
    Ticket.objects.filter(pk=triage.pk).update(contact_email="Alice@Demo.test")
    page = desk.get(address(triage))
    assert "A member of Acme has this e-mail address" in words(page)
    assert f'href="?organisation={acme.organisation.pk}"' in page.content.decode()
    Membership.objects.all().delete()
    assert "A member of" not in words(desk.get(address(triage)))


def test_a_ticket_that_is_over_says_why_not(desk, acme, triage, agent):
    now = datetime.now(UTC)
    services.record(ticket=triage, type="cancelled", by=Actor(agent), at=now, now=now)
    assert "Set customer" not in desk.get(triage.get_absolute_url()).content.decode()
    data = filled(desk, triage, organisation=acme.organisation.pk) | {"level": "2"}
    assert desk.post(address(triage), data).status_code == 409


def test_only_who_works_on_tickets_may(client, storekeeper, alice, triage):
    client.force_login(storekeeper)
    assert client.get(address(triage)).status_code == 403
    assert "place/" not in client.get(triage.get_absolute_url()).content.decode()
    client.force_login(alice)
    assert client.get(address(triage)).headers["Location"] == "/portal/"


def test_customers_read_the_case_and_not_who_sorted_it(client, acme, alice, agent, triage):
    services.place(ticket=triage, organisation=acme.organisation, site=acme.hq, by=Actor(agent), now=datetime.now(UTC))
    client.force_login(alice)
    text = words(client.get(f"/portal/{triage.reference}/"))
    assert "Server is down" in text
    assert "place set" not in text
    assert "→" not in text


def test_statements_do_not_grow(desk, report, agent, acme, django_assert_max_num_queries):
    made = report()
    desk.get(address(made))
    with django_assert_max_num_queries(24):
        desk.get(address(made))
    for number in range(15):
        services.note(ticket=made, body=str(number), by=Actor(agent), now=datetime.now(UTC))
    with django_assert_max_num_queries(24):
        desk.get(address(made))
