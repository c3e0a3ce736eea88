"""Durations and dates as people read them, in the four languages."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from servicedesk import people, wording
from servicedesk.templatetags.desk.words import beginning, references_whole

HK, BANGKOK, BERLIN = ZoneInfo("Asia/Hong_Kong"), ZoneInfo("Asia/Bangkok"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 17, 10, 24, tzinfo=HK)
LANGUAGES = ["en", "zh-hans", "zh-hant", "th"]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(hours=2, minutes=45), "2h 45m"),
        (timedelta(hours=1, minutes=5), "1h 05m"),
        (timedelta(hours=12), "12h"),
        (timedelta(minutes=28, seconds=59), "28m"),
        (45, "45s"),
        (0, "0s"),
        (-5, "0s"),
        (timedelta(hours=40), "40h"),
        (timedelta(days=2), "2d"),
        (timedelta(days=3, hours=4, minutes=59), "3d 4h"),
    ],
)
def test_duration_names_the_largest_unit_first(length, words):
    with override("en"):
        assert wording.duration(length) == words


@pytest.mark.parametrize(
    ("language", "words"),
    list(zip(LANGUAGES, ["2h 45m", "2小时45分钟", "2小時45分鐘", "2 ชม. 45 นาที"], strict=True)),
)
def test_duration_speaks_the_language(language, words):
    with override(language):
        assert wording.duration(timedelta(hours=2, minutes=45)) == words


def test_counted_working_time_is_never_turned_into_days():
    assert wording.duration(timedelta(hours=120), days=False) == "120h"


def test_ledger_adds_up_in_hours_and_minutes():
    assert [wording.counted(seconds) for seconds in (600, 43200, 3659)] == ["0:10", "12:00", "1:00"]


def _spans(*marks):
    at = [datetime.combine(date(2026, 11, 13), time.fromisoformat(text), UTC) for text, _ in marks]
    return [(start, end, kind) for start, end, (_, kind) in zip(at, at[1:], marks, strict=False)]


def test_a_length_agrees_with_the_minutes_that_are_shown():
    over = wording.shown_lengths(_spans(("14:06:40", False), ("16:00:10", False)))
    assert [wording.counted(seconds) for seconds in over] == ["1:54"]
    so_far = wording.shown_lengths(_spans(("15:52:50", True), ("15:59:10", True)))
    assert [wording.counted(seconds) for seconds in so_far] == ["0:07"]


def test_a_promise_of_whole_minutes_stays_whole_whenever_it_was_paused():
    spans = _spans(("09:00:10", True), ("09:10:05", False), ("09:30:50", True), ("09:50:55", True))
    lengths = wording.shown_lengths(spans)
    assert sum(length for length, (*_, counts) in zip(lengths, spans, strict=True) if counts) == 30 * 60


@pytest.mark.parametrize(
    ("language", "words"),
    list(
        zip(
            LANGUAGES,
            ["Fri 13 Nov 2026", "2026年11月13日（周五）", "2026年11月13日（五）", "ศ. 13 พ.ย. 2569"],
            strict=True,
        )
    ),
)
def test_date_is_written_as_people_there_write_it(language, words):
    with override(language):
        assert wording.date(datetime(2026, 11, 13, 17, 50, tzinfo=HK), HK) == words


@pytest.mark.parametrize(
    ("language", "words"),
    list(zip(LANGUAGES, ["today 14:35", "今天14:35", "今日14:35", "วัน\u2060นี้ 14:35\u00a0น."], strict=True)),
)
def test_today_speaks_the_language(language, words):
    with override(language):
        assert wording.moment(datetime(2026, 11, 17, 14, 35, tzinfo=HK), NOW, HK) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (16, "yesterday 09:50"),
        (18, "tomorrow 09:50"),
        (23, "Mon 09:50"),
        (15, "Sun 15 Nov 09:50"),
        (11, "Wed 11 Nov 09:50"),
        (24, "Tue 24 Nov 2026 09:50"),
        (10, "Tue 10 Nov 2026 09:50"),
    ],
)
def test_a_weekday_alone_is_to_come_and_what_has_been_says_its_date(day, words):
    with override("en"):
        assert wording.moment(datetime(2026, 11, day, 9, 50, tzinfo=HK), NOW, HK) == words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 17, 14, 35, tzinfo=HK), "14:35"),
        (datetime(2026, 11, 18, 9, 50, tzinfo=HK), "tomorrow 09:50"),
        (datetime(2026, 11, 23, 9, 50, tzinfo=HK), "Mon 09:50"),
        (datetime(2026, 11, 24, 9, 50, tzinfo=HK), "24 Nov 09:50"),
        (datetime(2026, 9, 7, 18, 0, tzinfo=HK), "7 Sep 18:00"),
        (datetime(2027, 1, 3, 18, 0, tzinfo=HK), "3 Jan 2027 18:00"),
    ],
)
def test_in_a_narrow_column_a_moment_is_short_and_stays_on_one_line(at, words):
    with override("en"):
        assert wording.short_moment(at, NOW, HK) == words.replace(" ", "\u00a0")


def test_day_is_judged_in_the_viewers_zone():
    late_evening = datetime(2026, 11, 17, 23, 30, tzinfo=UTC)
    with override("en"):
        assert wording.moment(late_evening, NOW, HK) == "tomorrow 07:30"
        assert wording.moment(late_evening, NOW, BERLIN) == "tomorrow 00:30"


def test_site_zone_is_added_only_where_it_differs():
    due = datetime(2026, 11, 17, 12, 5, tzinfo=HK)
    with override("en"):
        assert wording.moment_for_site(due, NOW, BANGKOK, HK) == "today 11:05 ICT (12:05 HKT)"
        assert wording.moment_for_site(due, NOW, HK, ZoneInfo("Asia/Shanghai")) == "today 12:05"


def test_site_on_another_day_names_its_day():
    due = datetime(2026, 11, 17, 23, 30, tzinfo=BERLIN)
    with override("en"):
        assert wording.moment_for_site(due, NOW, BERLIN, HK) == "today 23:30 CET (tomorrow 06:30 HKT)"


def test_zone_without_a_name_is_an_offset():
    at = datetime(2026, 11, 17, tzinfo=UTC)
    zones = ["Asia/Kathmandu", "America/Sao_Paulo", "Asia/Bangkok", "UTC"]
    assert [wording.zone_name(at, ZoneInfo(zone)) for zone in zones] == ["UTC+5:45", "UTC-3", "ICT", "UTC"]


def test_period_names_both_days_where_it_crosses_midnight():
    closes, opens = datetime(2026, 11, 13, 18, tzinfo=HK), datetime(2026, 11, 16, 9, tzinfo=HK)
    with override("en"):
        assert wording.period(closes - timedelta(minutes=10), closes, HK) == "Fri 13 Nov, 17:50–18:00"
        assert wording.period(closes, opens, HK) == "Fri 13 Nov 18:00 – Mon 16 Nov 09:00"


@pytest.mark.parametrize(("ago", "words"), [(20, "now"), (22 * 60, "22m"), (3 * 3600, "3h"), (49 * 3600, "2d")])
def test_age_is_one_unit(ago, words):
    with override("en"):
        assert wording.age(NOW - timedelta(seconds=ago), NOW) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Grace Lam", "GL"), ("Wong Ka Ming", "WM"), ("anya", "A"), ("林嘉慧", "林"), ("เพลิน ศรีสุวรรณ", "พศ"), ("", "")],
)
def test_initials(name, letters):
    assert people.initials(name) == letters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Short enough", "Short enough"),
        ("The engineer comes tomorrow", "The engineer…"),
        ("The engineers, who are late", "The engineers…"),
        ("我們會以書面回覆方案、影響、工作量與日期", "我們會以書面回覆方案、影響、工…"),
        ("A Donaudampfschiffahrtsgesellschaft", "A Donaudampfsch…"),
    ],
)
def test_beginning_of_a_text_ends_with_a_whole_word_where_words_have_spaces(text, words):
    assert beginning(text, 15) == words


def test_reference_does_not_break_at_its_hyphen():
    assert references_whole("<b> SD-20413, SN-1234") == (
        '&lt;b&gt; <span class="nowrap">SD-20413</span>, <span class="nowrap">SN-1234</span>'
    )
