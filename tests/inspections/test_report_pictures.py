"""The photos of a visit on its report: every one of them, and what cannot be there is said."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from inspections import services
from inspections.paper.setting import set_pages
from servicedesk.demo.pictures import photo as drawn
from servicedesk.papers import photos, report_paper
from tests.inspections import papers
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import signed_visit
from tickets import pictures

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def taken(visit, engineer):
    """15 photos of each of two checks; one of them failed."""
    sheet, picture = visit.sheets.first().pk, drawn("x")
    for item in ("temp", "light"):
        for _number in range(15):
            services.add_photo(
                inspection=visit, id=uuid.uuid4(), sheet=sheet, item=item, by=Actor(engineer), at=NOW, now=NOW,
                upload=SimpleUploadedFile("a.png", picture, "image/png"),
            )  # fmt: skip
    papers.answer_all(visit, engineer, NOW)
    papers.sign(visit, engineer, NOW)
    return visit


def blocks_of(visit, engineer, kind):
    paper = report_paper(services.begin_report(inspection=visit, by=Actor(engineer)), reader=engineer, now=NOW + DAY)
    return paper, [block for block in paper.document["blocks"] if block["kind"] == kind]


def test_a_report_shows_every_photo_what_was_found_first(taken, engineer):
    paper, shown = blocks_of(taken, engineer, "pictures")
    assert [(block["columns"], len(block["pictures"])) for block in shown] == [(2, 24), (4, 6)]
    captions = [picture["caption"] for block in shown for picture in block["pictures"]]
    assert ["light is green" in caption for caption in captions] == [True] * 15 + [False] * 15
    assert len(paper.pictures) == 30
    assert len(set_pages(paper)) > 4


def test_what_would_be_too_many_is_counted_and_said_where(tmp_path):
    picture = tmp_path / "one"
    picture.write_bytes(pictures.preview(io.BytesIO(drawn("x"))))
    found = list(photos.blocks([("What", picture)] * 5, "SD-7", {}, most=3))
    assert "2 more pictures are kept with SD-7." in found[-1].text
    assert len(found[1].pictures) == 3


def test_what_cannot_be_read_is_said(tmp_path):
    found = list(photos.blocks([("What", tmp_path / "gone")], "SD-7", {}))
    assert [type(block).__name__ for block in found] == ["Heading", "Note"]
    assert found[1].text == "1 picture could not be read."


def test_a_visit_without_photos_has_no_heading_for_them(report, acme, version, engineer):
    visit = signed_visit(report, acme.unit, version, engineer, NOW)
    assert "Pictures" not in str(blocks_of(visit, engineer, "heading")[1])
