"""The signed link: one case, read and answer, for a while; it cannot be guessed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from tests.tickets.files import upload
from tickets import follow, services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def address(ticket):
    return f"/portal/follow/{follow.token(ticket.pk)}/"


def test_a_guest_reads_writes_and_sends_files(client, ticket):
    client.post(address(ticket), {"action": "write", "body": "Any news?", "nonce": "1", "uploads": [upload()]})
    text = client.get(address(ticket)).content.decode()
    assert "Any news?" in text
    assert "log.txt" in text
    assert ticket.replies.get().is_from_customer


def test_a_guest_fetches_public_files_of_this_case_only(client, ticket, report, agent):
    by, now = Actor(user=agent), datetime.now(UTC)
    own = services.attach(ticket=ticket, uploads=[upload()], by=by, now=now)[0]
    internal = services.attach(ticket=ticket, uploads=[upload()], by=by, now=now, is_internal=True)[0]
    foreign = services.attach(ticket=report(), uploads=[upload()], by=by, now=now)[0]
    codes = [client.get(f"{address(ticket)}files/{row.key}/").status_code for row in (own, internal, foreign)]
    assert codes == [200, 404, 404]


def test_a_guest_answers_whether_it_works(client, ticket, agent):
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="resolved", by=Actor(user=agent), at=now, now=now)
    client.post(address(ticket), {"action": "works"})
    assert Ticket.objects.get().state == "closed"


def test_looking_at_the_link_answers_nothing(client, ticket, agent):
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="resolved", by=Actor(user=agent), at=now, now=now)
    client.get(address(ticket) + "?action=works")
    client.head(address(ticket))
    assert Ticket.objects.get().state == "resolved"


def test_the_link_expires(client, ticket):
    link = address(ticket)
    with time_machine.travel(datetime.now(UTC) + follow.LIFETIME + timedelta(hours=1)):
        assert client.get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "MQ:1abc:xyz", "../../etc", "%00", "1"])
def test_a_forged_link_is_not_found(client, token, db):
    assert client.get(f"/portal/follow/{token}/").status_code == 404


def test_guessing_is_slowed_down(still, client, ticket):
    codes = {client.get(f"/portal/follow/guess-{i}/").status_code for i in range(25)}
    assert codes == {404, 429}
    assert client.get(address(ticket)).status_code == 200


def test_the_page_is_not_kept_or_indexed(client, ticket):
    answer = client.get(address(ticket))
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"


def test_without_a_site_the_times_are_those_of_the_place_we_count_for(client, report):
    with time_machine.travel(datetime(2026, 11, 16, 2, 0, tzinfo=UTC), tick=False):
        case = report(organisation=None, site=None, channel="web", level="normal")
        text = client.get(address(case)).content.decode()
    assert case.site is None
    assert "today 10:00" in text
    assert "All times are Shanghai time." in text
    assert "as at your site" not in text


def test_without_a_contract_nothing_is_said_of_one(client, report):
    text = client.get(address(report(organisation=None, site=None, channel="web", level="normal"))).content.decode()
    assert "Our general promise is" in text
    assert "Your contract" not in text
