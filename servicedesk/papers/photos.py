"""The photos of a visit on its report: every one, the first ones large, and what is not there is said.

A paper holds them as JPEG, which it takes as they are; only what would break its limits of size and time is left out.
Pages show the photos themselves.
Reads files only.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inspections import facts
from inspections.models import Photo, Report
from inspections.paper import Block, Heading, Note, Picture, Pictures
from tickets import pictures

LARGE, LARGE_SIDE = 24, 1000  # two in a row; pixels
SMALL_SIDE = 520  # four in a row
MOST = 200


class Taken(NamedTuple):
    """`photo`: its id."""

    caption: str
    path: Path
    photo: str = ""


def in_order(visit: facts.Visit) -> list[tuple[facts.Check, Photo]]:
    """All photos of a visit, those of what was found first."""
    checks = sorted((check for check in visit.asked if check.photos), key=lambda one: one.finding is None)
    return [(check, photo) for check in checks for photo in check.photos]


def document_of(report: Report, address: Callable[[str], str]) -> dict[str, Any]:
    """What an edition says, with the `url` of each of its pictures; `address` gives it for the id of a photo."""
    document: dict[str, Any] = deepcopy(report.document)
    shown = [one for block in document.get("blocks", ()) if block["kind"] == "pictures" for one in block["pictures"]]
    if any(not one.get("photo") for one in shown):
        _find(report, shown)
    for one in shown:
        one["url"] = address(one["photo"]) if one.get("photo") else ""
    return document


def _find(report: Report, shown: Sequence[dict[str, Any]]) -> None:
    """Of an edition that was made when their ids were not kept: a signed visit has the same photos still."""
    found = in_order(facts.load(report.inspection))
    if len(found) == len(shown):
        for one, (_check, photo) in zip(shown, found, strict=True):
            one["photo"] = str(photo.pk)


def blocks(taken: Sequence[Taken], reference: str, files: dict[str, bytes], *, most: int = MOST) -> Iterator[Block]:
    """`taken`: what was found first. `files`: takes the pictures by their names."""
    if not taken:
        return
    shown: list[Picture] = []
    lost = 0
    for one in taken[:most]:
        data = _drawn(one.path, LARGE_SIDE if len(shown) < LARGE else SMALL_SIDE)
        if data is None:
            lost += 1
            continue
        name = f"picture-{len(shown) + 1}.jpg"
        files[name] = data
        shown.append(Picture(name, one.caption, one.photo))
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
