"""Delivery and acceptance: counted, announced a day ahead, signed once under exactly what was read; warranty begins."""

import threading
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actors import Actor
from accounts.roles import Role
from common.errors import Illegal, Invalid, NotVisible, Stale
from customers.models import Equipment, Membership
from inspections.services import Signature
from jobs import plans, services
from jobs.kinds import JobKind
from jobs.models import Acceptance, Job
from jobs.services.signing import digest_of
from tests.conftest import person
from tests.jobs.conftest import NOW
from tickets.models import Reply, Ticket, TicketEvent

pytestmark = pytest.mark.django_db
ARRIVAL = {
    "arrived_on": "2026-11-18",
    "packing": [
        {"item": "MCU", "ordered": 2, "arrived": 2, "damaged": 0},
        {"item": "Camera", "ordered": 5, "arrived": 4, "damaged": 1, "remark": "lens"},
    ],
}
AT = "2026-11-24T09:00:00Z"  # a Tuesday, 10:00 in Berlin
THEN = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


@pytest.fixture
def delivery(studio, engineer):
    Equipment.objects.update(accepted_on=None, delivered_on=None, warranty_months=None)
    wanted = services.Wanted(JobKind.DELIVERY, "Studio", studio.site, date(2026, 11, 18), date(2026, 11, 24))
    return services.make(wanted=wanted, by=Actor(engineer), now=NOW)


@pytest.fixture
def ready(delivery, do):
    """Everything is done but the signature."""
    do(delivery, "arrival", ARRIVAL)
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001", "SN-4002"]})
    do(delivery, "notice", {"at": AT, "place": "Machine room"})
    do(delivery, "acceptance", {"tests": [{"test": "Call", "result": "pass"}], "people": "Dora"}, now=THEN)
    do(delivery, "papers", {"list": [{"title": "Manual", "copies": 2}]}, now=THEN)
    topics = [{"topic": "Daily use", "hours": 2, "people": "Dora"}]
    do(delivery, "training", {"trainer": "Xi", "topics": topics, "inside": "slow learners"}, now=THEN)
    return delivery


def typed(name):
    return services.Word(Signature("typed", name))


def sign(job, by, now=THEN, name="Dora Klein"):
    seen = services.to_sign(Job.objects.get(pk=job.pk)).digest
    return services.sign(job=job, word=typed(name), seen=seen, by=Actor(by), now=now)


@pytest.mark.parametrize(("zone", "country", "planned", "due"), [
    ("Asia/Shanghai", "CN", "2026-11-24T10:00+08:00", "2026-11-23T10:00+08:00"),  # Tuesday: 24 hours before
    ("Asia/Shanghai", "CN", "2026-11-24T20:00+08:00", "2026-11-23T18:00+08:00"),  # in the evening: the close before
    ("Asia/Shanghai", "CN", "2026-11-23T10:00+08:00", "2026-11-20T18:00+08:00"),  # Monday: Friday's close
    ("Asia/Shanghai", "CN", "2026-02-24T10:00+08:00", "2026-02-14T18:00+08:00"),  # after the holidays: worked Saturday
    ("Asia/Shanghai", "CN", "2026-02-15T10:00+08:00", "2026-02-14T10:00+08:00"),  # a make-up Saturday counts as worked
    ("Europe/Berlin", "DE", "2026-10-26T10:00+01:00", "2026-10-23T18:00+02:00"),  # over the change of the clocks
])  # fmt: skip
def test_notice_of_a_day(db, zone, country, planned, due):
    found = plans.notice_due_at(datetime.fromisoformat(planned), zone, country)
    assert found == datetime.fromisoformat(due)


def test_acceptance_needs_a_days_notice_and_the_customer_is_told(delivery, do):
    do(delivery, "arrival", ARRIVAL)
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001"]})
    with pytest.raises(Invalid, match="day's notice"):
        do(delivery, "notice", {"at": "2026-11-23T09:00:00Z", "place": "x"}, now=NOW.replace(hour=17, minute=1))
    do(delivery, "notice", {"at": "2026-11-23T09:00:00Z", "place": "Machine room"}, now=NOW.replace(hour=17))
    body = Reply.objects.get(ticket=delivery.ticket).body
    assert "on Mon 23 Nov 2026 10:00, local time" in body
    assert "Machine room" in body
    with pytest.raises(Illegal, match="later time"):
        do(delivery, "acceptance", {"tests": [{"test": "Call", "result": "pass"}], "people": "x"}, now=NOW)


@pytest.mark.parametrize(
    ("language", "moment"),
    [("zh-hans", "2026年11月24日（周二）10:00"), ("th", "อ. 24 พ.ย. 2569 10:00\u00a0น.")],
)
def test_customer_reads_the_moment_of_the_acceptance_as_his_language_writes_it(delivery, do, language, moment):
    organisation = delivery.ticket.organisation
    organisation.language = language
    organisation.save()
    do(delivery, "arrival", ARRIVAL)
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001"]})
    do(delivery, "notice", {"at": AT, "place": "x"})
    assert moment in Reply.objects.get(ticket=delivery.ticket).body


def test_every_test_of_the_acceptance_must_pass(delivery, do):
    do(delivery, "arrival", ARRIVAL)
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001"]})
    do(delivery, "notice", {"at": AT, "place": "x"})
    tests = [{"test": "Call", "result": "pass"}, {"test": "Record", "result": "fail"}]
    with pytest.raises(Invalid, match="line 2"):
        do(delivery, "acceptance", {"tests": tests, "people": "x"}, now=THEN)


def test_difference_to_the_packing_list_is_shown(client, delivery, do, dora):
    do(delivery, "arrival", ARRIVAL)
    client.force_login(dora)
    page = client.get(f"/jobs/{delivery.ticket.reference}/").content.decode()
    assert "Difference" in page
    assert "\N{MINUS SIGN}1" in page


def test_signature_starts_the_warranty_and_ends_the_work(ready, dora):
    made = sign(ready, dora)
    unit = Equipment.objects.get(serial_number="SN-4001")
    assert (unit.accepted_on, unit.delivered_on) == (date(2026, 11, 24), date(2026, 11, 18))
    assert (unit.warranty_months, unit.warranty_ends_on) == (36, date(2029, 11, 24))  # as the scheme promises
    assert {unit.serial_number for unit in ready.units.all()} == {"SN-4001", "SN-4002"}
    assert Ticket.objects.get(pk=ready.ticket_id).state == "resolved"
    assert (made.name, made.signed_by, made.accepted_on) == ("Dora Klein", dora, date(2026, 11, 24))
    event = TicketEvent.objects.get(ticket=ready.ticket, type="acceptance_signed")
    assert event.data["digest"] == made.digest == digest_of(made.document)
    by = {"account": dora.email, "device": "customer", "at": "2026-11-24T11:00:00Z"}
    assert made.document["signature"] == {"name": "Dora Klein", "manner": "typed", **by}
    assert "slow learners" not in str(made.document)


def test_it_is_signed_once(ready, dora):
    made = sign(ready, dora)
    with pytest.raises(Illegal):
        services.sign(job=ready, word=typed("Again"), seen=made.digest, by=Actor(dora), now=THEN)
    assert Acceptance.objects.count() == 1
    assert TicketEvent.objects.filter(ticket=ready.ticket, type="acceptance_signed").count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_sign_once(ready, dora, studio):
    boss = person("boss", Role.CUSTOMER)
    Membership.objects.create(user=boss, organisation=studio.organisation)
    seen = services.to_sign(Job.objects.get(pk=ready.pk)).digest
    together, refused = threading.Barrier(2), []

    def work(signer):
        together.wait(10)
        try:
            services.sign(job=ready, word=typed(signer.name), seen=seen, by=Actor(signer), now=THEN)
        except Illegal as error:
            refused.append(error)
        connection.close()

    threads = [threading.Thread(target=work, args=[signer]) for signer in (dora, boss)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    signed = TicketEvent.objects.filter(ticket=ready.ticket, type="acceptance_signed")
    assert (Acceptance.objects.count(), signed.count(), len(refused)) == (1, 1, 1)


@pytest.mark.parametrize("change", [{"name": "Other"}, {"digest": "0" * 64}])
def test_signature_stays_as_it_is(ready, dora, change):
    made = sign(ready, dora)
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.filter(pk=made.pk).delete()


def test_nobody_signs_what_reads_otherwise_by_now(ready, dora):
    with pytest.raises(Stale):
        services.sign(job=ready, word=typed("Dora"), seen="0" * 64, by=Actor(dora), now=THEN)
    assert not Acceptance.objects.exists()
    assert Equipment.objects.get(serial_number="SN-4001").accepted_on is None


def test_unit_that_was_accepted_before_is_not_accepted_again(ready, dora):
    Equipment.objects.filter(serial_number="SN-4002").update(accepted_on=date(2025, 1, 1))
    with pytest.raises(Illegal, match="SN-4002"):
        sign(ready, dora)
    assert not Acceptance.objects.exists()
    assert Equipment.objects.get(serial_number="SN-4001").accepted_on is None


def test_nothing_is_signed_before_its_turn_nor_by_a_stranger(delivery, dora, carol, do):
    with pytest.raises(Illegal, match="First comes"):
        sign(delivery, dora)
    with pytest.raises(NotVisible):
        sign(delivery, carol)
    with pytest.raises(Invalid):
        do(delivery, "arrival", {**ARRIVAL, "packing": [{"item": "MCU", "ordered": -1, "arrived": 1, "damaged": 0}]})


def test_a_unit_that_could_never_be_signed_for_is_not_installed(client, delivery, do, engineer):
    do(delivery, "arrival", ARRIVAL)
    Equipment.objects.filter(serial_number="SN-4002").update(accepted_on=date(2026, 1, 5))
    client.force_login(engineer)
    page = client.get(f"/jobs/{delivery.ticket.reference}/steps/installation/").content.decode()
    assert "SN-4001" in page
    assert "SN-4002" not in page
    with pytest.raises(Invalid) as refused:
        do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001", "SN-4002"]})
    assert refused.value.errors == {"units": ["Not at this site, or accepted before: SN-4002."]}


def test_times_are_typed_in_the_time_of_the_site(client, delivery, do, engineer):
    do(delivery, "arrival", ARRIVAL)
    do(delivery, "installation", {"installed_on": "2026-11-20", "units": ["SN-4001"]})
    engineer.zone = "Asia/Shanghai"
    engineer.save()
    client.force_login(engineer)
    address = f"/jobs/{delivery.ticket.reference}/steps/notice/"
    assert "Berlin time, as at the site." in client.get(address).content.decode()
    client.post(address, {"at": "2026-11-24T10:00", "place": "Room 1", "act": "save"})
    assert delivery.steps.get(code="notice").values["at"] == "2026-11-24T09:00:00Z"
    assert 'value="2026-11-24T10:00"' in client.get(address).content.decode()


def test_step_of_the_signature_is_done_only_by_signing(ready, dora):
    with pytest.raises(Illegal):
        services.finish(job=ready, code="signature", given=services.Given(), by=Actor(dora), now=THEN)


def test_customer_reads_and_signs_on_the_page(client, ready, dora, carol):
    address = f"/jobs/{ready.ticket.reference}/sign/"
    client.force_login(carol)
    assert client.get(address).status_code == 404
    client.force_login(dora)
    page = client.get(address).content.decode()
    seen = services.to_sign(Job.objects.get(pk=ready.pk)).digest
    assert seen in page
    assert "SN-4001" in page
    given = {"signer": "Dora", "typed": "on", "seen": seen}
    assert client.post(address, given).status_code == 400
    assert client.post(address, {**given, "seen": "x" * 64, "agreed": "on"}).status_code == 400
    assert client.post(address, {**given, "agreed": "on"}).status_code == 302
    page = client.get(f"/jobs/{ready.ticket.reference}/").content.decode()
    assert Acceptance.objects.get().digest in page
    assert client.get(address).status_code == 302


def test_it_is_signed_over_rest(client, ready, dora, carol):
    address = f"/api/v1/jobs/{ready.ticket.reference}/sign/"
    client.force_login(carol)
    assert client.get(address).status_code == client.post(address, {}, "application/json").status_code == 404
    client.force_login(dora)
    found = client.get(address).json()
    assert found["digest"] == digest_of(found["document"])
    body = {"name": "Dora", "digest": found["digest"]}
    assert client.post(address, {**body, "digest": "0" * 64}, "application/json").status_code == 412
    answer = client.post(address, body, "application/json")
    assert (answer.status_code, answer.json()["signed_by"]) == (201, "Dora")
    assert client.post(address, body, "application/json").status_code == 409
