"""A picture somebody sent, drawn anew: the only form in which a file is ever shown inside a page. Pure.

What Pillow cannot read as one of four formats, or what is larger than 25 megapixels, gets no preview; it is never an
error, because the file itself is kept as it came. Pillow is read in by the first picture: 3 MiB that most processes
never need.
"""

import io
import warnings
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
MAX_PIXELS = 25_000_000
LONGEST_SIDE = 1600
CONTENT_TYPE = "image/webp"


def preview(source: BinaryIO, longest_side: int = LONGEST_SIDE) -> bytes | None:
    """A WebP of the first frame without any of the original's metadata, or None."""
    from PIL import Image  # noqa: PLC0415  see above

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(source, formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    return None
                return _drawn(image, longest_side)
    except Exception:  # hostile pictures raise anything from ValueError to SyntaxError; none is worth a preview
        return None


def for_paper(source: BinaryIO, longest_side: int) -> bytes | None:
    """One of ours as a JPEG, the form that a PDF takes as it is; None for what is no picture."""
    from PIL import Image  # noqa: PLC0415  see above

    try:
        with Image.open(source, formats=("WEBP",)) as image:
            plain = Image.new("RGB", image.size, "white")
            plain.paste(image, mask=image.getchannel("A") if "A" in image.getbands() else None)
    except Exception:  # as above
        return None
    plain.thumbnail((longest_side, longest_side))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=82)
    return out.getvalue()


def size_of(drawn: bytes) -> tuple[int, int]:
    """Width and height of what `preview` gave."""
    from PIL import Image  # noqa: PLC0415  see above

    with Image.open(io.BytesIO(drawn), formats=("WEBP",)) as image:
        return image.size


def _drawn(image: "Image.Image", longest_side: int) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415  see above

    upright = ImageOps.exif_transpose(image)
    has_alpha = "A" in upright.getbands() or "transparency" in upright.info
    plain = upright.convert("RGBA" if has_alpha else "RGB")
    plain.thumbnail((longest_side, longest_side))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    out = io.BytesIO()
    clean.save(out, "WEBP", quality=82, method=2)
    return out.getvalue()
