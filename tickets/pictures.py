"""A picture somebody sent, drawn anew: the only form in which a file is ever shown inside a page. Pure.

What Pillow cannot read as one of four formats, or what is larger than 25 megapixels, gets no preview; it is never an
error, because the file itself is kept as it came.
"""

import io
import warnings
from typing import BinaryIO

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 1600
CONTENT_TYPE = "image/webp"


def preview(source: BinaryIO) -> bytes | None:
    """A WebP of the first frame without any of the original's metadata, or None."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(source, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                return _drawn(image)
    except Exception:  # hostile pictures raise anything from ValueError to SyntaxError; none is worth a preview
        return None


def _drawn(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()
