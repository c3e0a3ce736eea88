"""The demo world: made by the services as if it had happened, the same each time, and only where nothing else is."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings

from accounts.models import Duty, User
from accounts.roles import STAFF
from customers.models import Equipment, Organisation
from inspections.models import Analysis, Appointment
from notifications import services as notifications
from notifications.models import Delivery, Notice
from notifications.rules import duty_code
from servicedesk.demo import cases, crisis, people, places, stories, world
from servicedesk.demo.steps import Step
from sla import services as sla
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import Clock
from tickets.kinds import Channel, Kind, State
from tickets.models import Ticket, TicketEvent

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
FEW = 60
# Each test runs inside the transaction of `filled`. Without the mark this file alone would get no test database.
pytestmark = pytest.mark.django_db


def everything(*fields):
    return list(Ticket.objects.order_by("number").values_list(*fields))


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker, tmp_path_factory):
    """Made once for the tests of this file, and rolled back after them."""
    cheap = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=cheap, MEDIA_ROOT=tmp_path_factory.mktemp("files")),
        transaction.atomic(),
    ):
        yield world.fill(now=NOW, count=FEW)
        transaction.set_rollback(True)


@pytest.mark.slow
def test_no_step_of_the_story_is_refused_and_the_engine_agrees(filled):
    assert [(step.verb, step.data, why) for step, why in filled.refused] == []
    assert sla.check(now=NOW).differences == []


@pytest.mark.slow
def test_the_desk_has_something_of_everything(filled):
    kinds, states = set(everything("kind")), {state for (state,) in everything("state")}
    assert {("fault",), ("question",)} <= kinds
    assert {State.NEW, State.IN_PROGRESS, State.WAITING, State.ON_SITE, State.ON_THE_WAY, State.CLOSED} <= states
    open_tickets = Ticket.objects.open()
    assert open_tickets.filter(next_due_at__lt=NOW).count() >= 4
    assert open_tickets.filter(next_due_at__range=(NOW, NOW + timedelta(hours=1))).count() >= 3
    assert open_tickets.filter(next_due_at__gt=NOW + timedelta(hours=20)).count() >= 3
    assert open_tickets.filter(assignee=None).count() >= 4
    assert open_tickets.filter(organisation=None).exists()
    automatic = {kind for (kind,) in TicketEvent.objects.filter(is_automatic=True).values_list("type")}
    assert {"clock_warned", "clock_missed", "level_raised", "crisis_opened", "resumed"} <= automatic


@pytest.mark.slow
def test_the_four_organisations_keep_the_schemes_of_their_contracts(filled):
    assert {entry[0] for entry in places.ORGANISATIONS} == {"acme", "borealis", "cathay", "delta"}
    apart = {serial for serial, scheme in places.NAMED.items() if scheme in ("telecom", "general")}
    others = Ticket.objects.exclude(equipment__serial_number__in=apart).exclude(organisation=None)
    others = others.exclude(kind=Kind.INSPECTION)  # some were before the contract
    assert set(others.values_list("organisation__code", "scheme_code")) == {
        ("acme", "infrastructure"),
        ("borealis", "power"),
        ("cathay", "software"),
        ("cathay", "hardware"),
        ("delta", "teleconference"),
    }
    assert Ticket.objects.filter(coverage_status="chargeable").exists()


@pytest.mark.slow
def test_a_desk_keeps_most_of_its_promises_and_writes_its_crises_down(filled):
    counts = Counter(Clock.objects.values_list("state", flat=True))
    missed = counts["missed"] + counts["missed_stopped"]
    assert 0.8 <= counts["met"] / (counts["met"] + missed) <= 0.97
    assert counts["paused"] >= 5
    assert counts["replaced"] >= 2
    records = Counter(Clock.objects.filter(target="crisis_record").values_list("state", flat=True))
    assert records["missed"] + records["missed_stopped"] <= 3 <= records["met"]


@pytest.mark.slow
def test_the_analysis_was_told_to_somebody_who_reads_it(filled, client):
    row = Analysis.objects.get()
    assert notifications.analysis_told(analysis=row) == ["Grace Lam"]
    client.force_login(User.objects.get(email="grace@demo.test"))
    assert "Message and billing platform" in client.get("/inspections/analyses/").content.decode()
    assert client.get(f"/inspections/analyses/{row.pk}/").status_code == 200


def test_a_crisis_that_opens_by_itself_gets_an_entry_every_hour_and_an_end():
    case = next(cases.of_the_past(NOW, 5))
    opened = Step(NOW, case, "event", "lead")
    repair = Step(NOW + timedelta(hours=3), case, "event", "agent", {"type": "restored"})
    steps = list(crisis.answer(opened, [repair], NOW + timedelta(days=1)))
    instants = [NOW, *(step.at for step in steps)]
    assert all(later - earlier < timedelta(hours=1) for earlier, later in pairwise(instants))
    assert steps[-1].data["type"] == "crisis_closed"
    assert repair.at < steps[-1].at < repair.at + timedelta(hours=1)


@pytest.mark.slow
def test_nothing_lies_in_the_future_and_nobody_gets_mail(filled):
    assert not TicketEvent.objects.filter(recorded_at__gt=NOW).exists()
    early = TicketEvent.objects.filter(recorded_at__lt=NOW - timedelta(days=100))
    assert not early.exclude(ticket__kind=Kind.INSPECTION).exists()  # readings are compared over years
    assert not Delivery.objects.exclude(kind="analysis_sent", status="sent").exists()
    assert not Notice.objects.unread().exists()


@pytest.mark.slow
def test_open_cases_name_whom_their_clocks_called(filled):
    called = Notice.objects.filter(kind="clock_missed")
    assert called.exists()
    assert not called.exclude(user__role__in=STAFF).exists()


@pytest.mark.slow
def test_days_of_visits_are_talked_about(filled):
    """One that the customer would have otherwise, one with the maker, and rounds by the week."""
    ahead = Appointment.objects.filter(planned_at__gt=NOW, outcome="")
    assert ahead.filter(has_offer=True, is_announced=True, is_agreed=False).exists()
    joint = ahead.get(ticket__inspection__plan__is_joint=True)
    assert (joint.is_agreed, joint.maker, joint.is_settled) == (True, "asked", False)
    weekly = ahead.filter(ticket__inspection__plan__every="weeks").order_by("planned_at")
    assert len(weekly) >= 4
    assert {(later.planned_at - earlier.planned_at).days for earlier, later in pairwise(weekly)} == {7}


@pytest.mark.slow
def test_warnings_are_written_down_at_their_own_instant(filled):
    late = [event for event in TicketEvent.objects.filter(type="clock_missed") if event.recorded_at > event.occurred_at]
    assert late == []


@pytest.mark.slow
def test_people_sign_in_and_see_what_is_theirs(filled):
    client = Client()
    client.post("/account/sign-in/", {"login": "bob@demo.test", "password": people.PASSWORD})
    assert client.get("/portal/").status_code == 200
    bob, dan = (User.objects.get(email=f"{key}@demo.test") for key in ("bob", "dan"))
    assert {ticket.site.code for ticket in Ticket.objects.visible_to(bob)} == {"acme-plant"}
    assert {ticket.organisation.code for ticket in Ticket.objects.visible_to(dan)} == {"cathay"}
    assert Equipment.objects.get(serial_number="SN-1234").site.code == "acme-hq"


def test_the_story_is_the_same_on_any_day():
    def told(now):
        return [(case.title, case.level, case.site, case.channel) for case in cases.of_the_past(now, 370)]

    assert told(NOW) == told(NOW + timedelta(days=3, hours=7))


def test_all_levels_channels_languages_and_kinds_are_told():
    drawn = list(cases.of_the_past(NOW, world.PAST_CASES))
    for code, document in shipped_documents().items():
        told = {case.level for case in drawn if case.scheme == code}
        assert told == {level["code"] for level in document["levels"]}, code
    assert {case.channel for case in drawn} == set(Channel) - {Channel.API}
    assert {case.story.kind for case in drawn} == set(Kind) - {Kind.JOB}
    assert {case.story.language for case in drawn} == {"en", "zh-hans", "zh-hant", "th"}


def test_every_story_fits_its_scheme():
    products = {product[0] for product in places.PRODUCTS}
    for code, document in shipped_documents().items():
        levels = {level["code"] for level in document["levels"]}
        for story in stories.of_scheme(code):
            assert story.level in levels
            assert story.product in products
            assert not re.search(r"\{(?!place|serial)", story.title + story.description + story.reply)


def test_the_duty_list_covers_every_ladder():
    schemes = [Scheme.from_document(document) for document in shipped_documents().values()]
    called = {duty_code(name) for scheme in schemes for step in scheme.ladder for name in step.calls}
    assert called <= set(people.DUTIES)


def test_the_password_satisfies_the_rules_for_everybody():
    for person in people.PEOPLE:
        validate_password(people.PASSWORD, User(email=person.email, name=person.name))


def run():
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue().splitlines()


@pytest.mark.slow
def test_a_second_run_goes_on_whatever_people_did_since(filled, settings):
    settings.DEBUG = True
    Organisation.objects.create(code="ours", name="Ours")
    before = everything("number", "version")
    printed = run()
    assert printed == [f"{person.email}  {people.PASSWORD}" for person in people.PEOPLE]
    assert len(printed) == 12
    assert everything("number", "version") == before
    assert Duty.objects.exclude(code="senior_engineer").count() == len(people.DUTIES)
