"""Small drawn pictures that stand for what customers photograph: a front panel with one amber light."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw


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
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    return data.getvalue()
