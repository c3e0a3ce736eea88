"""A date stays on one line wherever it stands on a paper, in every language: Chinese could break after each letter."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from PIL import Image, ImageChops

from inspections.paper import Charts, Table, Text, Value, draw, setting
from servicedesk import wording
from tests.inspections.test_paper import paper

LANGUAGES = ["en", "zh-hans", "zh-hant", "th"]
DAY = date(2026, 11, 27)
LINE = 6  # pixels: letters differ by one or two, a further line is more


def bottom(block, language):
    """How far down the page it reaches, above the foot."""
    [page] = setting.set_pages(paper(block, language=language))
    picture = Image.open(io.BytesIO(page)).convert("L")
    body = picture.crop((0, 0, picture.width, picture.height * 9 // 10))
    return ImageChops.invert(body).point(lambda shade: 255 if shade > 60 else 0).getbbox()[3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_a_table_of_many_columns(language):
    with translation.override(language):
        row = [wording.date_of(DAY), "Data hall", "Monthly", "SD-10001", "done"]
    head = ["1", "2", "3", "4", "5"]
    assert bottom(Table(head, [row]), language) == bottom(Table(head, [[row[0][-2:], *row[1:]]]), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_the_ends_of_a_chart(language):
    def chart(days):
        values = [Value(day, Decimal(22), "22", said) for day, said in zip((date(2025, 2, 26), DAY), days, strict=True)]
        return Charts([draw("Room", values, [])])

    with translation.override(language):
        days = [wording.days(day, day) for day in (date(2025, 12, 26), date(2026, 11, 27))]
    higher = bottom(chart(days), language) - bottom(chart([day[-2:] for day in days]), language)
    assert abs(higher) < LINE


def test_hostile_lines_that_look_like_dates_stay_text():
    [page] = setting.set_pages(paper(Text("2026年1月1日（#panic()）" * 30), language="zh-hans"))
    assert page
