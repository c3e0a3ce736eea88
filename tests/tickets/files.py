"""Files as a browser sends them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def upload(name: str = "log.txt", data: bytes = b"all was well", kind: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)


def picture(name: str = "plate.png", size: tuple[int, int] = (40, 30), form: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, "#2b3a40").save(out, form)
    return SimpleUploadedFile(name, out.getvalue(), f"image/{form.lower()}")
