"""Every text of a page goes through gettext: with a language in which all letters are Thai, no Latin letter is left.

Of pages for agents too, which are not translated yet: what is left here could never be.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import trans_real

from accounts.actors import Actor
from servicedesk import wording
from servicedesk.templatetags.desk import marks
from tests import english
from tickets import services
from tools import literal_text

pytestmark = pytest.mark.django_db
KEPT = re.compile(r"%%|%\(\w+\)\d*[ds]|%[ds]|<[^>]*>|&\w+;|\{\w+\}")
CAST = (
    "Server does not start", "Words", "txt", "Acme", "acme", "acme-hq", "acme-plant", "Alice", "Bob", "Agent", "Admin",
    "Lead", "Server 1", "Maker", "server", "C-acme-infrastructure", "urgent", "normal", "general", "hardware",
    "infrastructure", "power", "software", "telecom", "teleconference",
)  # fmt: skip


class Pseudo:
    """Whatever is asked for, in letters no page has by itself."""

    def to_language(self):
        return "th"

    def gettext(self, message):
        text = message.rpartition("\x04")[2]
        pieces, last = [], 0
        for kept in KEPT.finditer(text):
            pieces += [re.sub("[A-Za-z]", "ก", text[last : kept.start()]), kept[0]]
            last = kept.end()
        return "".join([*pieces, re.sub("[A-Za-z]", "ก", text[last:])])

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)


@pytest.fixture
def pseudo(monkeypatch):
    monkeypatch.setitem(trans_real._translations, "th", Pseudo())
    yield
    for remembered in (wording._translated, wording._patterns, marks._drawn):
        remembered.cache_clear()  # what it has said so far is no Thai


def test_templates_have_no_text_outside_of_translate_tags():
    assert list(literal_text.found()) == []


STORY = (
    "responded", "diagnosed", "remote_requested", "remote_granted", "remote_started", "remote_failed", "departed",
    "visit_failed", "spare_needed", "spare_dispatched", "departed", "arrived", "waiting", "resumed", "level_confirmed",
    "contingency_declared", "crisis_opened", "crisis_entry", "crisis_closed", "restored", "resolved",
)  # fmt: skip


@pytest.fixture
def case(report, acme, lead, alice):
    """A late case in which much has happened."""
    at = datetime.now(UTC) - timedelta(hours=1)
    ticket = report(at=at, equipment=acme.unit, reporter=alice, level="3", language="en", description="Words")
    now, by = datetime.now(UTC), Actor(user=lead)
    services.reply(ticket=ticket, body="Words", by=by, now=now, language="en")
    services.note(ticket=ticket, body="กกก", by=by, now=now)
    services.attach(ticket=ticket, uploads=[SimpleUploadedFile("123.txt", b"1")], by=by, now=now)
    for number, kind in enumerate(STORY):
        at = now - timedelta(minutes=len(STORY) - number)
        services.record(
            ticket=ticket, type=kind, by=by, at=at, now=at, fields={"level": "2"} if kind == "level_confirmed" else {}
        )
    return ticket


ADDRESSES = (
    "/tickets/", "/tickets/?view=open", "/tickets/?q=123", "/tickets/new/", "/tickets/{number}/",
    "/tickets/{number}/?filter=events", "/tickets/{number}/place/", "/tickets/{number}/?act=level",
    "/tickets/{number}/?act=edit", "/tickets/{number}/?act=restored", "/tickets/{number}/?act=merge",
    "/tickets/{number}/preview/", "/dashboard/", "/dashboard/tickets/", "/schemes/", "/schemes/infrastructure/",
    "/status/", "/settings/", "/notifications/", "/inspections/", "/jobs/",
    "/jobs/periods/", "/jobs/new/", "/spares/", "/account/", "/recent/", "/nonesuch/",
)  # fmt: skip


def test_no_text_of_a_page_goes_past_gettext(client, administrator, case, pseudo):
    administrator.language = "th"
    administrator.save()
    client.force_login(administrator)
    left = {}
    for address in ADDRESSES:
        answer = client.get(address.format(number=case.reference), follow=True)
        assert answer.status_code in (200, 404), address
        left[address] = english.left_on_page(answer.content.decode(), "th", CAST)
    assert [f"{address}: {text}" for address, texts in left.items() for text in texts] == []
