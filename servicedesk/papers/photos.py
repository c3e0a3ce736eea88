"""The photos of a visit on its report: every one, the first ones large, and what is not there is said.

A paper holds them as JPEG, which it takes as they are; only what would break its limits of size and time is left out.
Reads files only.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspections.paper import Block, Heading, Note, Picture, Pictures
from tickets import pictures

LARGE, LARGE_SIDE = 24, 1000  # two in a row; pixels
SMALL_SIDE = 520  # four in a row
MOST = 200
Taken = tuple[str, Path]


def blocks(taken: Sequence[Taken], reference: str, files: dict[str, bytes], *, most: int = MOST) -> Iterator[Block]:
    """`taken`: caption and file of each photo, what was found first. `files`: takes the pictures by their names."""
    if not taken:
        return
    shown: list[Picture] = []
    lost = 0
    for caption, path in taken[:most]:
        data = _drawn(path, LARGE_SIDE if len(shown) < LARGE else SMALL_SIDE)
        if data is None:
            lost += 1
            continue
        name = f"picture-{len(shown) + 1}.jpg"
        files[name] = data
        shown.append(Picture(name, caption))
    yield Heading(_("Pictures"))
    if shown:
        yield Pictures(shown[:LARGE])
    if len(shown) > LARGE:
        yield Pictures(shown[LARGE:], columns=4)
    yield from _not_there(len(taken) - most, lost, reference)


def _drawn(path: Path, side: int) -> bytes | None:
    try:
        with path.open("rb") as source:
            return pictures.for_paper(source, side)
    except OSError:
        return None


def _not_there(more: int, lost: int, reference: str) -> Iterator[Block]:
    if more > 0:
        words = ngettext(
            "%(n)d more picture is kept with %(reference)s. Ask us for it.",
            "%(n)d more pictures are kept with %(reference)s. Ask us for them.",
            more,
        )
        yield Note(words % {"n": more, "reference": reference})
    if lost:
        words = ngettext("%(n)d picture could not be read.", "%(n)d pictures could not be read.", lost)
        yield Note(words % {"n": lost}, "bad")
