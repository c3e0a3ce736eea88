"""The report on its pages: staff write, make and send it; the customer reads, acknowledges and comments."""

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import Report
from notifications.models import Delivery
from servicedesk.papers import make_asked, report_paper
from tests.inspections.conftest import NOW
from tickets import filestore

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(signed):
    return f"/inspections/visits/{signed.ticket.reference}/report/"


@pytest.fixture
def sent(edition, engineer):
    return services.send_report(report=edition, by=Actor(engineer), now=NOW)


@pytest.fixture
def portal(sent):
    return f"/portal/{sent.inspection.ticket.reference}/report/"


def test_an_engineer_begins_writes_makes_and_sends_it(client, engineer, page, signed):
    client.force_login(engineer)
    assert "Begin the report" in client.get(page).content.decode()
    client.post(page, {"act": "again"})
    words = {"summary": "All is well <b>here</b>.", "replace": "The fan.", "language": "en", "act": "make"}
    shown = client.post(page, words, follow=True).content.decode()
    assert "The report is being made" in shown
    assert make_asked(now=NOW)
    shown = client.get(page).content.decode()
    assert "being made" not in shown
    assert "All is well &lt;b&gt;here&lt;/b&gt;." in shown
    assert "Air temperature" in shown
    row = Report.objects.get()
    assert filestore.path_of(row.key).read_bytes().startswith(b"%PDF")
    shown = client.post(page, {"act": "send"}, follow=True).content.decode()
    assert "unchanged since it was sent" in shown
    assert signed.ticket.events.filter(type="report_sent").count() == 1


def test_sent_twice_it_is_sent_once_and_nothing_is_begun(client, engineer, page, edition):
    client.force_login(engineer)
    for act in ("send", "send", "nonsense", ""):
        assert client.post(page, {"act": act}, follow=True).status_code == 200
    assert Report.objects.count() == 1


def test_parts_and_training_of_the_visit_stand_where_they_belong(client, engineer, page, signed):
    signed.parts_wanted, signed.training = "A fan, our stock", "Two operators, restart"
    signed.save()
    client.force_login(engineer)
    client.post(page, {"act": "again"})
    assert "Parts wanted on the visit: A fan, our stock" in client.get(page).content.decode()
    said = str(report_paper(Report.objects.get(), reader=engineer, now=NOW))
    assert "A fan" not in said
    assert "('Training given', 'Two operators, restart')" in said


def test_the_page_says_who_was_told(client, engineer, page, edition, alice):
    client.force_login(engineer)
    assert "Told: Alice." in client.post(page, {"act": "send"}, follow=True).content.decode()
    mail = Delivery.objects.get(event__type="report_sent")
    assert (mail.user, mail.kind) == (alice, "progress")


def test_the_page_says_that_nobody_could_be_told(client, engineer, page, edition):
    client.force_login(engineer)
    assert "Nobody of the customer has an account" in client.post(page, {"act": "send"}, follow=True).content.decode()
    assert not Delivery.objects.filter(event__type="report_sent").exists()


def test_other_words_take_the_old_file_away(client, engineer, page, edition):
    client.force_login(engineer)
    client.post(page, {"act": "save", "summary": "Other words.", "language": "th"})
    edition.refresh_from_db()
    assert (edition.key, edition.language) == (None, "th")


def test_a_forged_file_is_told_plainly(client, alice, portal, sent):
    client.force_login(alice)
    filestore.path_of(sent.key).write_bytes(b"forged")
    assert "The file is not what was sent" in client.get(portal).content.decode()


def test_the_customer_downloads_what_was_sent(client, alice, sent):
    client.force_login(alice)
    answer = client.get(f"/inspections/visits/{sent.inspection.ticket.reference}/report/1.pdf")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 made"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_he_acknowledges_and_comments(client, alice, portal, sent):
    client.force_login(alice)
    assert "I have read the report" in client.get(portal).content.decode()
    client.post(portal, {"act": "acknowledge"})
    client.post(portal, {"act": "comment", "comment": "Ring first."})
    sent.refresh_from_db()
    assert sent.acknowledged_by == alice
    assert sent.comment == "Ring first."
    assert client.post(portal, {"act": "comment", "comment": ""}).status_code == 400


def test_looking_acknowledges_nothing(client, alice, portal, sent):
    client.force_login(alice)
    client.get(portal)
    sent.refresh_from_db()
    assert sent.acknowledged_at is None


def test_what_is_not_sent_is_not_there_for_the_customer(client, alice, edition):
    client.force_login(alice)
    reference = edition.inspection.ticket.reference
    assert client.get(f"/portal/{reference}/report/").status_code == 404
    assert client.get(f"/inspections/visits/{reference}/report/1.pdf").status_code == 404
    assert client.get(f"/inspections/visits/{reference}/report/").status_code in (403, 404)


@pytest.mark.parametrize("who", ["bob", "carol"])
def test_a_stranger_gets_404(client, request, who, portal, sent):
    client.force_login(request.getfixturevalue(who))
    assert client.get(portal).status_code == 404
    assert client.get(f"/inspections/visits/{sent.inspection.ticket.reference}/report/1.pdf").status_code == 404


def test_the_paper_says_what_was_found_in_the_customers_language(signed, engineer):
    row = services.begin_report(inspection=signed, by=Actor(engineer))
    row = services.write_report(report=row, words={}, language="zh-hant", by=Actor(engineer))
    paper = report_paper(row, reader=engineer, now=NOW)
    text = str(paper.document)
    assert "Amber since noon." in text
    assert "26 °C".replace(" ", "\N{NO-BREAK SPACE}") in text.replace("\\xa0", "\N{NO-BREAK SPACE}")
    assert "In short" not in text
    charts = next(block for block in paper.document["blocks"] if block["kind"] == "charts")
    assert [dot["label"] for dot in charts["charts"][0]["dots"]][-1].startswith("26")
    assert len(charts["charts"][0]["dots"]) == 4
