"""The photos of a visit on its report: every one of them, and what cannot be there is said."""

import io
import re
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
from tickets import follow, pictures

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
    found = list(photos.blocks([photos.Taken("What", picture)] * 5, "SD-7", {}, most=3))
    assert "2 more pictures are kept with SD-7." in found[-1].text
    assert len(found[1].pictures) == 3


def test_what_cannot_be_read_is_said(tmp_path):
    found = list(photos.blocks([photos.Taken("What", tmp_path / "gone")], "SD-7", {}))
    assert [type(block).__name__ for block in found] == ["Heading", "Note"]
    assert found[1].text == "1 picture could not be read."


def test_a_visit_without_photos_has_no_heading_for_them(report, acme, version, engineer):
    visit = signed_visit(report, acme.unit, version, engineer, NOW)
    assert "Pictures" not in str(blocks_of(visit, engineer, "heading")[1])


@pytest.fixture
def sent(taken, engineer):
    row = services.begin_report(inspection=taken, by=Actor(engineer))
    paper = report_paper(row, reader=engineer, now=NOW + DAY)
    made = services.Made(b"%PDF-1.7 made", paper.document, services.words_of(row))
    services.keep_report(report=row, made=made, by=Actor(engineer), now=NOW + DAY)
    return services.send_report(report=row, by=Actor(engineer), now=NOW + DAY)


def images(page):
    return re.findall(r'<img src="([^"]+)" alt="([^"]+)"[^>]* loading="lazy"', page)


def test_its_page_shows_them_to_who_may_see_the_visit(client, sent, engineer, alice, carol):
    reference = sent.inspection.ticket.reference
    for person, where in (
        (engineer, f"/inspections/visits/{reference}/report/"),
        (alice, f"/portal/{reference}/report/"),
    ):
        client.force_login(person)
        found = images(client.get(where).content.decode())
        assert len(found) == 30
        assert "light is green" in found[0][1]
        assert client.get(found[0][0])["Content-Type"] == "image/webp"
    client.force_login(carol)
    assert client.get(found[0][0]).status_code == 404


def test_a_guest_sees_those_of_his_report_and_no_others(client, sent, report):
    ticket = sent.inspection.ticket
    found = images(client.get(f"/portal/follow/{follow.token(ticket.pk)}/report/").content.decode())
    assert len(found) == 30
    shown = client.get(found[0][0])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/webp")
    other = follow.token(report(kind="inspection", at=NOW, now=NOW).pk)
    assert client.get(found[0][0].replace(follow.token(ticket.pk), other)).status_code == 404


def test_an_edition_of_before_their_ids_were_kept_shows_them_too(client, sent, alice):
    for block in sent.document["blocks"]:
        for picture in block.get("pictures", ()):
            del picture["photo"]
    with_addresses = photos.document_of(sent, lambda photo: f"/{photo}/")
    shown = [one for block in with_addresses["blocks"] if block["kind"] == "pictures" for one in block["pictures"]]
    assert len({one["url"] for one in shown}) == 30
