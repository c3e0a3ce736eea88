"""Who hears that a system analysis is sent: the customer's people by mail, and who has no account by a signed link."""

import re
from datetime import date

import pytest

from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Role
from customers.models import Membership
from inspections import services
from servicedesk.papers import analysis_paper
from tests.conftest import person
from tests.inspections.conftest import NOW
from tests.inspections.papers import made
from tests.outbox import send_waiting

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 6, 1), date(2026, 11, 30)


@pytest.fixture
def row(acme, signed, engineer):
    row = services.begin_analysis(contract=acme.contract, begins_on=FIRST, ends_on=LAST, by=Actor(engineer))
    return services.keep_analysis(analysis=row, made=made(row), by=Actor(engineer), now=NOW)


@pytest.fixture
def head(acme):
    """A customer who sees the whole organisation, and reads Traditional Chinese."""
    user = person("hedda", Role.CUSTOMER)
    User.objects.filter(pk=user.pk).update(language="zh-hant")
    Membership.objects.create(user=user, organisation=acme.organisation)
    return user


@pytest.fixture
def page(row):
    return f"/inspections/analyses/{row.pk}/"


@pytest.fixture
def letters(mailoutbox):
    def to(address):
        send_waiting()
        return [letter for letter in mailoutbox if letter.to == [address]]

    return to


def test_the_customers_people_hear_of_it_in_their_language(client, engineer, head, alice, page, letters):
    client.force_login(engineer)
    assert "Hedda" in client.get(page).content.decode()  # before it is sent: who will hear of it
    shown = client.post(page, {"act": "send"}, follow=True).content.decode()
    assert "The report is sent. Told: Hedda." in shown
    [letter] = letters(head.email)
    assert "系統分析" in letter.subject
    assert page in letter.body
    assert letters(alice.email) == []  # of one site: contracts are the organisation's
    client.force_login(head)
    assert client.get(page).status_code == 200


def test_sent_twice_it_is_told_once(row, engineer, head, letters):
    for _press in range(2):
        services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    assert len(letters(head.email)) == 1


def test_the_page_says_that_nobody_could_be_told(client, engineer, page):
    client.force_login(engineer)
    assert "Nobody of the customer has an account" in client.get(page).content.decode()
    shown = client.post(page, {"act": "send"}, follow=True).content.decode()
    assert "Nobody of the customer has an account" in shown


def test_who_has_no_account_reads_and_answers_it_by_the_link_of_his_mail(client, engineer, page, row, letters):
    client.force_login(engineer)
    shown = client.post(page, {"act": "send", "address": "grace@acme.test"}, follow=True).content.decode()
    assert "Told: grace@acme.test." in shown
    [letter] = letters("grace@acme.test")
    link = re.search(r"/portal/follow/analysis/[^/\s]+/", letter.body)[0]
    client.logout()
    shown = client.get(link)
    assert (shown.status_code, shown["X-Robots-Tag"]) == (200, "noindex")
    assert str(engineer) not in shown.content.decode()
    file = re.search(rf"{re.escape(link)}report\.pdf", shown.content.decode())[0]
    assert b"".join(client.get(file).streaming_content) == b"%PDF-1.7 made"
    client.post(link, {"act": "acknowledge"})
    client.post(link, {"act": "comment", "comment": "Ring first."})
    row.refresh_from_db()
    assert (row.acknowledged_at is not None, row.acknowledged_by, row.comment) == (True, None, "Ring first.")


def test_a_wrong_address_is_told_beside_its_field_and_nothing_is_sent(client, engineer, page, row):
    client.force_login(engineer)
    answer = client.post(page, {"act": "send", "address": "grace at acme"})
    assert answer.status_code == 400
    assert 'value="grace at acme"' in answer.content.decode()
    row.refresh_from_db()
    assert row.sent_at is None


@pytest.mark.parametrize("token", ["nonsense", "abc:def:ghi"])
def test_a_wrong_link_opens_nothing(client, row, token):
    assert client.get(f"/portal/follow/analysis/{token}/").status_code == 404
    assert client.get(f"/portal/follow/analysis/{token}/report.pdf").status_code == 404


def test_whoever_sent_it_hears_of_the_comment(client, engineer, head, row, page, letters):
    services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    services.answer_analysis(analysis=row, by=Actor(head), now=NOW)
    assert letters(engineer.email) == []  # the list shows who has read it
    services.answer_analysis(analysis=row, comment="When do you come?", by=Actor(head), now=NOW)
    [letter] = letters(engineer.email)
    assert "When do you come?" in letter.body
    assert page in letter.body


def test_the_leads_hear_of_it_where_he_left(engineer, lead, head, row, letters):
    services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    User.objects.filter(pk=engineer.pk).update(is_active=False)
    services.answer_analysis(analysis=row, comment="When do you come?", by=Actor(head), now=NOW)
    assert len(letters(lead.email)) == 1


def test_who_lost_sight_of_the_contract_gets_no_mail(engineer, head, row, letters):
    services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    head.memberships.all().delete()
    assert letters(head.email) == []


def test_inspections_are_named_and_not_by_a_code(acme, make_plan, row, engineer):
    make_plan(begins_on=FIRST, every="quarter")
    tables = [block for block in analysis_paper(row, reader=engineer, now=NOW).document["blocks"] if "rows" in block]
    names = {line[2] for line in tables[0]["rows"]}
    assert names == {"Monthly preventive inspection"}
