"""Search finds words of four scripts in the report and in the conversation, and nothing internal."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tickets import services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
CASES = [
    ("Printer prints blank pages", "print blank"),
    ("Café terminal frozen", "cafe"),
    ("二号机房存储阵列硬盘告警", "硬盘"),
    ("二号机房存储阵列硬盘告警", "盘"),
    ("網路印表機無法列印", "打印机"),
    ("网络打印机无法打印", "印表機"),
    ("เครื่องจำหน่ายตั๋วไม่พิมพ์ใบเสร็จ", "ใบเสร็จ"),
    ("ＵＰＳ on bypass", "ups"),
    ("Controller GC-110 offline", "gc-110"),
]


@pytest.mark.parametrize(("title", "asked"), CASES)
def test_words_are_found_in_each_script(report, title, asked):
    ticket = report(title=title)
    report(title="something else, 别的事情, อย่างอื่น")
    assert list(Ticket.objects.matching(asked)) == [ticket]


def test_two_chinese_words_without_a_space_are_found_loosely(report):
    ticket = report(title="网络打印机无法打印")
    assert ticket in Ticket.objects.matching("打印机网络")


@pytest.mark.parametrize("asked", ["SD-{0}", "sd-{0}", "{0}"])
def test_number_is_found_as_people_write_it(report, asked):
    ticket = report()
    assert list(Ticket.objects.matching(asked.format(ticket.number))) == [ticket]


def test_serial_number_and_customer_are_found(report, acme):
    ticket = report(equipment=acme.unit)
    assert list(Ticket.objects.matching("SN-1234")) == [ticket]
    assert list(Ticket.objects.matching("acme")) == [ticket]


def test_conversation_is_found_and_notes_are_not(report, agent):
    ticket, now = report(), datetime.now(UTC)
    services.reply(ticket=ticket, body="We bring a flux capacitor", by=Actor(agent), now=now)
    services.note(ticket=ticket, body="zebrafish", by=Actor(agent), now=now)
    assert list(Ticket.objects.matching("capacitor")) == [ticket]
    assert not Ticket.objects.matching("zebrafish").exists()


@pytest.mark.parametrize("asked", ["'", "\\", "&|!():*<->", "\x00", "' || 'x", "a" * 5000, "  ", "💥", "ก", "'; DROP"])
def test_odd_questions_are_only_questions(report, asked):
    report()
    assert Ticket.objects.matching(asked).count() in (0, 1)


def test_changed_title_is_found_by_its_new_words(report, agent):
    ticket = report(title="Old words")
    services.edit(ticket=ticket, changes={"title": "Fresh sentence"}, by=Actor(agent), now=datetime.now(UTC))
    assert list(Ticket.objects.matching("fresh")) == [ticket]
    assert not Ticket.objects.matching("old").exists()
