"""A paper is set in a process of its own; what a person wrote stays text, and nothing of the machine gets in."""

from datetime import date
from decimal import Decimal

import pytest

from inspections.paper import (
    Advice,
    Cards,
    Charts,
    Facts,
    Finding,
    Heading,
    Note,
    Paper,
    PaperError,
    Picture,
    Pictures,
    Signature,
    Signatures,
    Table,
    Text,
    Value,
    draw,
    set_pdf,
    setting,
)

HOSTILE = [
    '#read("/etc/passwd")',
    '#image("/etc/passwd")',
    '#import "@preview/cetz:0.3.0"',
    '#include "/etc/hostname"',
    "*bold* _it_ $x^2$ <b>b</b> `raw` @ref // comment /* open",
    '"] #panic("out")',
    "\u202eright to left\u202c \x00\x01\ud83d",
    "http://127.0.0.1:9/ file:///etc/passwd",
    "\U00013000 no font has this",
]


def paper(*blocks, language="en", **values):
    facts = {"house": "House", "title": "Title", "subtitle": "Sub", "foot": "Foot", "pages": "{page}/{pages}"}
    return Paper(language=language, day=date(2026, 11, 27), blocks=blocks, **{**facts, **values})


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words):
    charts = [draw(words, [Value(date(2026, 1, 1), Decimal(1), words, words)], [(Decimal(2), words)], note=words)]
    blocks = (
        Heading(words), Text(words), Facts([(words, words)]), Cards([(words, words, "bad")]),
        Finding(words, words, words, "bad", words), Advice(words, words), Table([words], [[words]]), Charts(charts),
        Note(words, "watch"), Signatures([Signature(words, words, words)]),
    )  # fmt: skip
    assert set_pdf(paper(*blocks, title=words, foot=words)).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
def test_every_language_has_its_letters(language):
    pages = setting.set_pages(paper(Heading("Nhiệt độ 温度 溫度 อุณหภูมิ"), language=language))
    assert len(pages) == 1
    assert pages[0].startswith(b"\x89PNG")


def test_the_same_words_make_the_same_file():
    assert set_pdf(paper(Text("Same"))) == set_pdf(paper(Text("Same")))


def test_a_picture_that_is_none_makes_no_paper():
    broken = Pictures([Picture("picture-1.webp", "What")])
    with pytest.raises(PaperError):
        set_pdf(paper(broken, pictures={"picture-1.webp": b"<svg onload=alert(1)>"}))


def test_a_picture_is_found_only_among_those_of_the_paper():
    with pytest.raises(PaperError):
        set_pdf(paper(Pictures([Picture("../../../../etc/hostname", "What")])))


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(setting, "SECONDS", 0.01)
    with pytest.raises(PaperError):
        set_pdf(paper(Text("Words")))


def test_a_single_reading_stands_in_the_middle_of_its_field():
    chart = draw("Volts", [Value(date(2026, 1, 1), Decimal(231), "231", "2026")], [])
    assert [(dot.x, dot.y, dot.is_now) for dot in chart.dots] == [(0.5, 0.5, True)]


def test_dots_lie_by_their_days_and_limits_by_their_value():
    values = [
        Value(date(year, 1, 1), Decimal(v), str(v), str(year)) for year, v in ((2024, 20), (2025, 25), (2026, 30))
    ]
    chart = draw("Air", values, [(Decimal(30), "30")])
    assert [round(dot.x, 2) for dot in chart.dots] == [0.04, 0.5, 0.96]
    assert chart.limits[0].y == chart.dots[-1].y > chart.dots[0].y
