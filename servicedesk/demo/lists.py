"""The monthly checklist of the demo desk shows how an array should look, with the picture's words in every language."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from accounts.actors import Actor
from inspections import services
from inspections.checklists import editing, words
from inspections.models import Checklist

LIST, SECTION, ITEM = "monthly-preventive", "hardware", "indicators"
SHOWN = {
    "en": "The front of a disk array: every light is green.",
    "zh-hans": "磁盘阵列前面板：所有指示灯均为绿色。",
    "zh-hant": "磁碟陣列前面板：所有指示燈均為綠色。",
    "th": "ด้านหน้าของดิสก์อาร์เรย์: ไฟทุกดวงเป็นสีเขียว",
}


def create(by: Actor, now: datetime) -> None:
    source = BytesIO(_all_green())
    picture = services.keep_picture(source=source, size=len(source.getvalue()), by=by, now=now)
    row = Checklist.objects.get(code=LIST)
    document = row.versions.latest("number").document
    section = next(part for part in document["sections"] if part["code"] == SECTION)
    item = next(one for one in section["items"] if one["code"] == ITEM)
    item |= {"picture": picture.sha256, "picture_text": SHOWN["en"]}
    changed = editing.put_item(document, SECTION, item, ITEM)
    row = services.save_draft(checklist=row, document=_with_words(changed), seen=row.draft_number, by=by, now=now)
    services.publish(checklist=row, seen=row.draft_number, by=by, now=now)


def _with_words(document: Mapping[str, Any]) -> dict[str, Any]:
    found, place = dict(document), f"items.{ITEM}.picture_text"
    for language, said in SHOWN.items():
        if language != words.own_language(document):
            found = words.with_words(found, language, {**words.words_in(found, language), place: said})
    return found


def _all_green() -> bytes:
    picture = Image.new("RGB", (800, 450), "#2b3135")
    pen = ImageDraw.Draw(picture)
    for shelf in range(3):
        top = 40 + shelf * 130
        pen.rounded_rectangle((40, top, 760, top + 105), 10, fill="#3d464c", outline="#596269", width=2)
        for slot in range(12):
            left = 60 + slot * 56
            pen.rectangle((left, top + 14, left + 44, top + 90), fill="#22282c")
            pen.ellipse((left + 17, top + 72, left + 27, top + 82), fill="#38b060")
        pen.ellipse((734, top + 44, 750, top + 60), fill="#38b060")
    data = BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()
