"""Photos of checks: once, a picture indeed, drawn anew, handed on to the ticket, gone when removed."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from common.errors import Invalid
from inspections import services
from inspections.models import Answer, Photo
from servicedesk.demo.pictures import photo as drawn
from tests.inspections.conftest import NOW
from tickets import filestore
from tickets.models import Attachment
from tickets.services import sweep_orphans

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def add(visit, engineer):
    def send(item="temp", id=None, data=None):
        upload = SimpleUploadedFile("a.png", drawn("x") if data is None else data, "image/png")
        place = {"sheet": visit.sheets.first().pk, "item": item}
        return services.add_photo(
            inspection=visit, id=id or uuid.uuid4(), upload=upload, by=Actor(engineer), at=NOW, now=NOW, **place
        )

    return send


def test_photo_sent_twice_is_there_once(add):
    one = uuid.uuid4()
    assert add(id=one).key == add(id=one).key
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"%PDF-1.4"])
def test_what_is_no_picture_is_refused_and_leaves_nothing(add, data, tmp_path):
    with pytest.raises(Invalid):
        add(data=data)
    assert not Photo.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_photo_is_shown_as_our_own_drawing_to_staff_only(client, add, case, engineer, alice, carol):
    photo = add()
    where = f"/inspections/visits/{case.reference}/photos/{photo.pk}/"
    client.force_login(engineer)
    answer = client.get(where)
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    for person in (alice, carol):
        client.force_login(person)
        assert client.get(where).status_code == 404


def test_photo_goes_with_the_ticket_whether_it_comes_before_or_after(add, answer):
    first = add()
    answer("temp", reading="31.5", outcome="ticket")
    second = add()
    assert set(Attachment.objects.values_list("key", flat=True)) == {first.key, second.key}


def test_removed_photo_is_gone_but_not_from_its_ticket(
    add, answer, visit, engineer, django_capture_on_commit_callbacks
):
    kept, gone = add(), add(item="dust")
    answer("temp", reading="31.5", outcome="ticket")
    with django_capture_on_commit_callbacks(execute=True):
        for photo in (kept, gone):
            services.remove_photo(inspection=visit, id=photo.pk, by=Actor(engineer), now=NOW)
    assert not Photo.objects.exists()
    assert filestore.path_of(kept.key).exists()
    assert not filestore.path_of(gone.key).exists()


def test_photos_are_no_orphans_of_the_store(add):
    photo = add()
    assert sweep_orphans(now=NOW + timedelta(days=400)) == 0
    assert filestore.path_of(photo.key).exists()


def test_photo_is_the_answer_where_one_is_asked_for(add, answer, visit, engineer):
    answer("light", result="failed")
    photo = add("front")
    add("light")
    visit.refresh_from_db()
    assert visit.answered == 2
    services.remove_photo(inspection=visit, id=photo.pk, by=Actor(engineer), now=NOW)
    visit.refresh_from_db()
    assert (visit.answered, Answer.objects.get().result) == (1, "failed")


def test_photo_comes_over_the_wire_and_with_the_form(client, case, visit, engineer):
    client.force_login(engineer)
    sheet = visit.sheets.get()
    facts = {"id": str(uuid.uuid4()), "sheet": sheet.pk, "item": "temp", "at": "2026-11-20T09:00:00Z"}
    sent = client.post(
        f"/inspections/visits/{case.reference}/photos/",
        facts | {"file": SimpleUploadedFile("a.png", drawn("x"), "image/png")},
    )
    assert sent.json()["url"] == f"/inspections/visits/{case.reference}/photos/{facts['id']}/"
    form = {"form": "abc", "photo-dust": SimpleUploadedFile("b.png", drawn("y"), "image/png")}
    for _ in range(2):
        form["photo-dust"].seek(0)
        client.post(f"/inspections/visits/{case.reference}/parts/{sheet.pk}-env/", form)
    assert sorted(Photo.objects.values_list("item", flat=True)) == ["dust", "temp"]
