"""Small drawn pictures that stand for what people photograph: a front panel with one amber light, a hot room."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont


@cache
def photo(caption: str) -> bytes:
    """A PNG of a front panel, with the caption as its label."""
    picture = Image.new("RGB", (640, 420), "#2b3135")
    pen = ImageDraw.Draw(picture)
    for row in range(4):
        top = 40 + row * 85
        pen.rounded_rectangle((40, top, 600, top + 65), 8, fill="#3d464c", outline="#596269", width=2)
        for slot in range(8):
            left = 60 + slot * 58
            pen.rectangle((left, top + 14, left + 40, top + 50), fill="#22282c")
        light = "#f0a020" if row == 1 else "#38b060"
        pen.ellipse((556, top + 22, 576, top + 42), fill=light)
    pen.text((48, 388), caption, fill="#d6dde1")
    return _png(picture)


@cache
def cable_drums() -> bytes:
    """What blocks the air in front of a rack."""
    picture = Image.new("RGB", (640, 640), "#7d8b90")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 416, 640, 640), fill="#5a676c")
    for left, right in ((480, 432), (560, 496)):
        pen.line((0, left, 640, right), fill="#48555a", width=12)
    pen.rectangle((352, 48, 592, 416), fill="#2a363b")
    for top in range(84, 300, 64):
        pen.rectangle((384, top, 560, top + 24), fill="#4f6067")
    for x, y, width, height, colour in ((208, 400, 136, 120, "#c48a3a"), (384, 488, 104, 88, "#b0782b")):
        pen.ellipse((x - width, y - height, x + width, y + height), fill=colour)
        pen.ellipse((x - width * 0.38, y - height * 0.37, x + width * 0.38, y + height * 0.37), fill="#5b3d13")
    return _png(picture)


@cache
def thermometer(reading: str) -> bytes:
    """A probe with its reading."""
    picture = Image.new("RGB", (640, 640), "#31424a")
    pen = ImageDraw.Draw(picture)
    pen.line((320, 416, 320, 600), fill="#9fb0b6", width=40)
    pen.rounded_rectangle((112, 144, 528, 416), 40, fill="#dce6d9")
    pen.text((320, 280), reading, fill="#20312a", font=ImageFont.load_default(150), anchor="mm")
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()
