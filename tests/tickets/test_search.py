"""Search finds words of four scripts in the report and the conversation; what is internal only for the desk."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import Value

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


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("The server restarts", "servers"),
        ("Two servers restart", "restarted"),
        ("A battery is low", "batteries"),
        ("The switch fails", "switches failing"),
        ("Class status analysis", "class status analysis"),
    ],
)
def test_other_forms_of_an_english_word_are_found(report, title, asked):
    ticket = report(title=title)
    report(title="Something else")
    assert list(Ticket.objects.matching(asked)) == [ticket]


def test_two_chinese_words_without_a_space_are_found_loosely(report):
    ticket = report(title="网络打印机无法打印")
    assert ticket in Ticket.objects.matching("打印机网络")


@pytest.mark.parametrize("asked", ["離線", "离线", "離", "离", "离线 陣列", "阵列"])
def test_both_scripts_of_a_word_find_both(report, asked):
    traditional, simplified = report(title="磁碟陣列離線"), report(title="存储阵列告警，一块盘离线")
    assert set(Ticket.objects.matching(asked)) == {traditional, simplified}


PIECES = ["碟", "磁碟", "磁盘", "碟陣", "記憶", "记忆", "記憶體不足", "内存不足", "螢", "屏幕"]


@pytest.mark.parametrize("asked", PIECES)
def test_a_piece_of_a_word_of_taiwan_finds_it_as_its_translation_does(report, asked):
    ticket = report(title="磁碟陣列的記憶體不足", description="螢幕全黑")
    report(title="別的事情")
    assert list(Ticket.objects.matching(asked)) == [ticket]


def test_tickets_stored_by_the_words_alone_are_found_by_their_characters_after_an_upgrade(report, agent):
    ticket, now = report(title="磁碟陣列離線", description="同上"), datetime.now(UTC)
    report(title="別的事情")
    services.reply(ticket=ticket, body="螢幕已更換", by=Actor(agent), now=now)
    services.note(ticket=ticket, body="記憶體不足", by=Actor(agent), now=now)
    Ticket.objects.filter(pk=ticket.pk).update(search=Value("'磁盘':1 '数组':3 '脱机':5"))
    import_module("tickets.migrations.0019_characters_of_taiwan").add_characters(apps, None)
    for asked in ("碟", "離線", "离线", "脱机", "螢"):
        assert list(Ticket.objects.matching(asked)) == [ticket]
    assert list(Ticket.objects.matching("憶", notes=True)) == [ticket]
    assert not Ticket.objects.matching("憶").exists()


WRITTEN = ["SD-{0}", "sd-{0}", "{0}", "SD{0}", "sd {0}", "#{0}", " # {0} ", "ＳＤ－{0}", "SD–{0}", "＃{0}"]


@pytest.mark.parametrize("asked", WRITTEN)
def test_number_is_found_as_people_write_it(report, asked):
    ticket = report()
    wide = str(ticket.number).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for number in (ticket.number, wide):
        assert list(Ticket.objects.matching(asked.format(number))) == [ticket]


def test_serial_number_and_customer_are_found(report, acme):
    ticket = report(equipment=acme.unit)
    assert list(Ticket.objects.matching("SN-1234")) == [ticket]
    assert list(Ticket.objects.matching("acme")) == [ticket]


@pytest.mark.parametrize("asked", ["SN1234", "sn1234", "SN 1234", "ＳＮ－1234", "SN–1234", " sn_12-34 "])
def test_a_serial_number_is_found_without_its_hyphens(report, acme, asked):
    ticket = report(equipment=acme.unit)
    report(equipment=acme.plant_unit, site=acme.plant)
    assert list(Ticket.objects.matching(asked)) == [ticket]


def test_the_tickets_of_a_unit_are_found_together_with_those_that_name_it(report, acme):
    of_unit, named = report(equipment=acme.unit), report(title="Like SN1234 last year")
    assert set(Ticket.objects.matching("SN1234")) == {of_unit, named}


NOTES = [
    ("zebrafish", "zebra"),
    ("主板已损坏", "主板"),
    ("主板已损坏", "坏"),
    ("เมนบอร์ดเสีย", "เมนบอร์ด"),
    ("二号机房", "机房"),
]


@pytest.mark.parametrize(("body", "asked"), NOTES)
def test_notes_are_found_by_the_desk_alone(report, agent, body, asked):
    ticket = report()
    services.note(ticket=ticket, body=body, by=Actor(agent), now=datetime.now(UTC))
    assert list(Ticket.objects.matching(asked, notes=True)) == [ticket]
    assert not Ticket.objects.matching(asked).exists()


def test_a_word_of_a_note_hides_no_public_word(report, agent):
    ticket, now = report(title="zebrafish tank"), datetime.now(UTC)
    services.note(ticket=ticket, body="zebrafish", by=Actor(agent), now=now)
    services.reply(ticket=ticket, body="We bring a flux capacitor", by=Actor(agent), now=now)
    assert list(Ticket.objects.matching("zebrafish")) == list(Ticket.objects.matching("capacitor")) == [ticket]


def test_words_of_the_report_and_of_a_note_are_found_together(report, agent):
    ticket = report(title="Printer jams")
    services.note(ticket=ticket, body="worn roller", by=Actor(agent), now=datetime.now(UTC))
    assert list(Ticket.objects.matching("printer roller", notes=True)) == [ticket]


def test_notes_are_still_found_after_the_title_has_changed(report, agent):
    ticket, now = report(), datetime.now(UTC)
    services.note(ticket=ticket, body="zebrafish", by=Actor(agent), now=now)
    services.edit(ticket=ticket, changes={"title": "Fresh sentence"}, by=Actor(agent), now=now)
    assert list(Ticket.objects.matching("zebrafish", notes=True)) == [ticket]
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
