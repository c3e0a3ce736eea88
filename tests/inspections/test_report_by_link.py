"""The report of an inspection by the signed link of its case: for the contact without an account who got the mail."""

import re

import pytest

from accounts.actors import Actor
from inspections import services
from tests.inspections.conftest import NOW
from tests.outbox import send_waiting
from tickets import follow

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(edition, engineer):
    ticket = edition.inspection.ticket
    ticket.contact_name, ticket.contact_email = "Grace Lam", "grace@acme.test"
    ticket.save()
    return services.send_report(report=edition, by=Actor(engineer), now=NOW)


@pytest.fixture
def link(sent):
    return f"/portal/follow/{follow.token(sent.inspection.ticket_id)}/"


def test_the_link_of_the_case_leads_to_the_report_and_its_file(client, link, sent):
    assert f"{link}report/" in client.get(link).content.decode()
    shown = client.get(f"{link}report/")
    assert shown["X-Robots-Tag"] == "noindex"
    assert f"{link}report/1.pdf" in shown.content.decode()
    file = client.get(f"{link}report/1.pdf")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 made"


def test_the_mail_that_it_is_ready_brings_its_reader_there(client, sent, mailoutbox):
    send_waiting()
    letter = next(one for one in mailoutbox if one.to == ["grace@acme.test"])
    assert "Your report is ready." in letter.body
    link = re.search(r"/portal/follow/[^/\s]+/", letter.body)[0]
    assert f"{link}report/" in client.get(link).content.decode()
    assert "I have read the report" in client.get(f"{link}report/").content.decode()


def test_colleagues_of_ours_are_not_named_to_a_guest(client, link, sent, engineer):
    assert str(engineer) not in client.get(f"{link}report/").content.decode()


def test_a_guest_acknowledges_and_comments_once(client, link, sent):
    client.post(f"{link}report/", {"act": "acknowledge"})
    client.post(f"{link}report/", {"act": "comment", "comment": "Ring first."})
    again = client.post(f"{link}report/", {"act": "comment", "comment": "Twice."}, follow=True)
    assert "You have commented on this report already" in again.content.decode()
    sent.refresh_from_db()
    assert (sent.acknowledged_by, sent.acknowledged_at is not None, sent.comment) == (None, True, "Ring first.")
    events = sent.inspection.ticket.events.filter(type__in=["report_acknowledged", "report_commented"])
    assert [(event.type, event.user) for event in events.order_by("seq")] == [
        ("report_acknowledged", None), ("report_commented", None),
    ]  # fmt: skip


def test_staff_see_that_it_was_answered_by_the_link(client, link, sent, agent):
    client.post(f"{link}report/", {"act": "acknowledge"})
    client.force_login(agent)
    shown = client.get(f"/inspections/visits/{sent.inspection.ticket.reference}/report/").content.decode()
    assert "by the link of the mail" in shown


def test_what_is_not_sent_is_not_there(client, edition):
    link = f"/portal/follow/{follow.token(edition.inspection.ticket_id)}/"
    assert f"{link}report/" not in client.get(link).content.decode()
    for address in ("report/", "report/1.pdf"):
        assert client.get(link + address).status_code == 404


def test_the_link_of_another_case_opens_nothing_of_this_one(client, sent, case):
    other = f"/portal/follow/{follow.token(case.pk)}/"
    for address in ("report/", "report/1.pdf", "report/99.pdf"):
        assert client.get(other + address).status_code == 404
    assert client.post(other + "report/", {"act": "acknowledge"}).status_code == 404


@pytest.mark.parametrize("token", ["nonsense", "abc:def:ghi"])
def test_a_wrong_link_opens_nothing(client, sent, token):
    assert client.get(f"/portal/follow/{token}/report/").status_code == 404
    assert client.get(f"/portal/follow/{token}/report/1.pdf").status_code == 404
