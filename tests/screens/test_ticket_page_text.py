"""What people typed becomes safe markup: links, colleagues, folded quotes; nothing of it is lost or run."""

import pytest

from servicedesk.screens.ticket_text import Part, markup, parts

PEOPLE = {"ka ming": "/tickets/?assignee=km", "mei": "/tickets/?assignee=mei"}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("a\nb\n\nc", "<p>a<br>b</p><p>c</p>"),
        ("see SD-20418.", '<p>see <a href="/tickets/SD-20418/" class="nowrap">SD-20418</a>.</p>'),
        ("sd-7", '<p><a href="/tickets/SD-7/" class="nowrap">SD-7</a></p>'),
        ("part XSD-7 and SD-7-B", "<p>part XSD-7 and SD-7-B</p>"),
        ("@Ka Ming take one", '<p><a class="mention" href="/tickets/?assignee=km">@Ka Ming</a> take one</p>'),
        ("@Mei: yes", '<p><a class="mention" href="/tickets/?assignee=mei">@Mei</a>: yes</p>'),
        ("@nobody, a@mei.test", "<p>@nobody, a@mei.test</p>"),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ('@<b> @"x', "<p>@&lt;b&gt; @&quot;x</p>"),
    ],
)
def test_typed_text_is_escaped_and_linked(typed, expected):
    assert markup(typed, PEOPLE) == expected


def test_address_is_linked_without_its_full_stop():
    made = markup('See https://example.test/a?b=1&c="2.', PEOPLE)
    assert 'href="https://example.test/a?b=1&amp;c="' in made
    assert "&quot;2.</p>" in made


MAIL = "It works.\n\nOn Mon, 16 Nov 2026, Anya Tang\n<desk@example.test> wrote:\n> Does it work?\n>\n> Anya\n\nThanks"


def test_quoted_mail_is_one_part_and_nothing_is_lost():
    found = parts(MAIL)
    assert [part.is_quote for part in found] == [False, True, False]
    assert found[0].text == "It works."
    assert found[1].text.startswith("On Mon")
    assert found[1].text.endswith("> Anya")
    assert found[2].text == "Thanks"


@pytest.mark.parametrize(
    "start",
    [
        "On 16 Nov 2026, Anya wrote:",
        "-----Original Message-----",
        "在 2026年11月16日，李明写道：",
        "เมื่อ 16 พ.ย. 2026 สมชาย เขียนว่า:",
    ],
)
def test_mail_that_quotes_without_marks_quotes_to_its_end(start):
    assert [part.is_quote for part in parts(f"Yes\n\n{start}\n\nOld words\nmore")] == [False, True]


@pytest.mark.parametrize("text", ["On Monday we wrote a report:", "a > b", "x\n---\ny", ""])
def test_ordinary_text_is_no_quote(text):
    assert parts(text) == ([Part(text)] if text else [])
