"""The language of a text by its script."""

import pytest

from common.languages import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The server does not start", "en"),
        ("服务器无法启动，电源灯是红色的", "zh-Hans"),
        ("伺服器無法啟動，電源燈是紅色的", "zh-Hant"),
        ("เครื่องไม่ทำงาน ไฟสีแดง", "th"),
        ("ES-310 server 电源报错 SN-1234", "zh-Hans"),
        ("เครื่อง UPS รุ่น ES-310 ดับ", "th"),
        ("Please look: 电", "en"),
    ],
)
def test_the_script_tells(text, language):
    assert detect(text) == language


def test_what_says_nothing_is_left_to_the_reader_of_the_form():
    assert detect("12345 !?", otherwise="th") == "th"
    assert detect("", otherwise="") == ""


def test_characters_of_both_scripts_follow_the_readers_language():
    assert detect("火山", otherwise="zh-Hant") == "zh-Hant"
