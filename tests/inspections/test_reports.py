"""The report of a visit: begun from its words, kept under its hash, sent once, answered by the customer."""

import pytest
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from common.errors import Illegal, Invalid, NotVisible
from inspections import services
from inspections.models import Report
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import made
from tickets import filestore
from tickets.services import sweep_orphans

pytestmark = pytest.mark.django_db


def events(ticket, *types):
    return list(ticket.events.filter(type__in=types).values_list("type", flat=True))


def test_it_begins_with_the_words_of_the_visit(signed, engineer):
    signed.summary, signed.advice, signed.parts_wanted, signed.training = (
        "All well.",
        "Watch it.",
        "A fan",
        "Two people",
    )
    signed.save()
    row = services.begin_report(inspection=signed, by=Actor(engineer))
    assert (row.number, row.language, row.summary) == (1, "en", "All well.\nWatch it.")
    assert (row.replace, row.train) == ("", "")  # for the store, and done already: no advice
    assert services.begin_report(inspection=signed, by=Actor(engineer)) == row


def test_a_visit_that_is_not_signed_has_none(visit, engineer):
    with pytest.raises(Illegal):
        services.begin_report(inspection=visit, by=Actor(engineer))


def test_sending_twice_writes_one_event(edition, engineer):
    for _press in range(2):
        services.send_report(report=edition, by=Actor(engineer), now=NOW)
    assert events(edition.inspection.ticket, "report_sent", "report_renewed") == ["report_sent"]


def test_what_is_not_made_is_not_sent(signed, engineer):
    row = services.begin_report(inspection=signed, by=Actor(engineer))
    with pytest.raises(Illegal):
        services.send_report(report=row, by=Actor(engineer), now=NOW)
    assert not events(signed.ticket, "report_sent")


def test_a_sent_edition_stays(edition, engineer):
    services.send_report(report=edition, by=Actor(engineer), now=NOW)
    with pytest.raises(Illegal):
        services.write_report(report=edition, words={"summary": "Other"}, by=Actor(engineer))
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=edition.pk).update(summary="Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=edition.pk).delete()


def test_a_further_edition_tells_the_customer_and_stops_no_clock_again(edition, engineer):
    services.send_report(report=edition, by=Actor(engineer), now=NOW)
    second = services.begin_report(inspection=edition.inspection, by=Actor(engineer))
    assert second.number == 2
    services.keep_report(report=second, made=made(second), by=Actor(engineer), now=NOW)
    services.send_report(report=second, by=Actor(engineer), now=NOW)
    assert events(edition.inspection.ticket, "report_sent", "report_renewed") == ["report_sent", "report_renewed"]


def test_a_changed_file_is_seen(edition):
    assert services.is_unchanged(edition)
    filestore.path_of(edition.key).write_bytes(b"%PDF-1.7 forged")
    assert not services.is_unchanged(edition)


def test_a_lost_file_is_no_unchanged_one(edition):
    filestore.path_of(edition.key).unlink()
    assert not services.is_unchanged(edition)


def test_making_it_again_leaves_one_file(edition, engineer, django_capture_on_commit_callbacks):
    old = edition.key
    with django_capture_on_commit_callbacks(execute=True):
        services.keep_report(report=edition, made=made(edition), by=Actor(engineer), now=NOW)
    assert not filestore.path_of(old).exists()


def test_the_file_outlives_the_sweep_of_orphans(edition):
    sweep_orphans(now=NOW + 400 * DAY)
    assert filestore.path_of(edition.key).exists()


def test_the_customer_acknowledges_once_and_comments_once(edition, engineer, alice):
    services.send_report(report=edition, by=Actor(engineer), now=NOW)
    for _press in range(2):
        row = services.answer_report(report=edition, by=Actor(alice), now=NOW)
    row = services.answer_report(report=edition, comment="Please ring first.", by=Actor(alice), now=NOW)
    assert (row.acknowledged_by, row.comment) == (alice, "Please ring first.")
    assert events(row.inspection.ticket, "report_acknowledged", "report_commented") == [
        "report_acknowledged", "report_commented",
    ]  # fmt: skip
    with pytest.raises(Illegal):
        services.answer_report(report=edition, comment="And again.", by=Actor(alice), now=NOW)


def test_who_does_not_see_it_cannot_answer(edition, engineer, alice, bob):
    with pytest.raises(NotVisible):
        services.answer_report(report=edition, by=Actor(alice), now=NOW)  # not sent yet
    services.send_report(report=edition, by=Actor(engineer), now=NOW)
    with pytest.raises(NotVisible):
        services.answer_report(report=edition, by=Actor(bob), now=NOW)


def test_too_long_words_and_unknown_languages_are_refused(edition, engineer):
    with pytest.raises(Invalid):
        services.write_report(report=edition, words={"summary": "x" * 8001}, by=Actor(engineer))
    with pytest.raises(Invalid):
        services.write_report(report=edition, words={}, language="fr", by=Actor(engineer))
