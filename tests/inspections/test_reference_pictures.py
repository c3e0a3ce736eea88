"""How it should look: a picture of a check, drawn anew, kept by versions, carried in files, seen by those who work."""

import base64
import io
import json
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from PIL import Image
from rest_framework.test import APIClient

from accounts.actors import Actor
from inspections import services
from inspections.checklists import words
from inspections.checklists.shipped import shipped_documents
from inspections.models import Checklist, ReferencePicture
from servicedesk.demo import lists

pytestmark = pytest.mark.django_db
LIST = "/inspections/checklists/daily-server-round/"
EDIT = f"{LIST}edit/"
CHECK = f"{EDIT}sections/round/checks/reachable/"
TYPED = {"text": "Every server answers", "kind": "check", "photo": "optional", "mandatory": "on"}


def drawn(colour="green", size=(640, 480), kind="JPEG", **more):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return SimpleUploadedFile(f"photo.{kind.lower()}", out.getvalue(), content_type=f"image/{kind.lower()}")


@pytest.fixture
def office(client, lead):
    client.force_login(lead)
    return client


def row(code="daily-server-round"):
    return Checklist.objects.get(code=code)


def entry():
    return next(item for item in row().draft["sections"][0]["items"] if item["code"] == "reachable")


def send(office, **more):
    return office.post(CHECK, {**TYPED, "seen": row().draft_number, **more})


def publish(office):
    office.post(f"{EDIT}finish/", {"act": "publish", "seen": row().draft_number})


def address(name):
    return f"/inspections/pictures/{name}/"


def test_picture_is_shown_below_the_question_with_its_words(office):
    assert send(office, picture_file=drawn(), picture_text="All lights are green").status_code == 302
    name = entry()["picture"]
    page = office.get(EDIT).content.decode()
    assert f'src="{address(name)}" width="640" height="480" alt="All lights are green"' in page
    answer = office.get(address(name))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert Image.open(io.BytesIO(answer.content)).size == (640, 480)


def test_picture_is_drawn_anew_without_place_and_time(office):
    exif = Image.Exif()
    exif[0x010E] = "canary-7731"
    send(office, picture_file=drawn(size=(3000, 2000), exif=exif), picture_text="A rack")
    kept = ReferencePicture.objects.get()
    assert (kept.width, kept.height) == (1280, 853)
    assert b"canary-7731" not in bytes(kept.data)


def test_busy_picture_is_made_small_enough(office):
    noise = Image.frombytes("RGB", (1200, 900), os.urandom(1200 * 900 * 3))
    out = io.BytesIO()
    noise.save(out, "PNG")
    send(office, picture_file=SimpleUploadedFile("n.png", out.getvalue()), picture_text="Snow")
    kept = ReferencePicture.objects.get()
    assert kept.size == len(kept.data) <= ReferencePicture.LARGEST
    assert kept.width < 1200


@pytest.mark.parametrize("content", [b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n"])
def test_file_that_is_no_picture_is_refused_at_its_field(office, content):
    answer = send(office, picture_file=SimpleUploadedFile("x.png", content), picture_text="Lights")
    assert answer.status_code == 400
    assert 'id="id_picture_file_error"' in answer.content.decode()
    assert row().draft is None


def test_file_that_is_too_large_is_refused(office, settings):
    settings.MAX_ATTACHMENT_BYTES = 100
    assert "id_picture_file_error" in send(office, picture_file=drawn(), picture_text="Lights").content.decode()


def test_picture_needs_words_for_those_who_do_not_see_it(office):
    answer = send(office, picture_file=drawn())
    assert answer.status_code == 400
    assert 'id="id_picture_text_error"' in answer.content.decode()


def test_picture_stays_is_replaced_and_goes(office):
    send(office, picture_file=drawn("green"), picture_text="Green")
    green = entry()["picture"]
    send(office, picture_text="Still green")
    assert (entry()["picture"], entry()["picture_text"]) == (green, "Still green")
    send(office, picture_file=drawn("blue"), picture_text="Blue")
    assert entry()["picture"] != green
    send(office, picture_text="Blue", without_picture="on")
    assert not {"picture", "picture_text"} & set(entry())


def test_published_version_keeps_its_picture_when_the_draft_has_another(office):
    send(office, picture_file=drawn("green"), picture_text="Green")
    green = entry()["picture"]
    publish(office)
    send(office, picture_file=drawn("blue"), picture_text="Blue")
    assert address(green) in office.get(LIST).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        ReferencePicture.objects.filter(sha256=green).update(data=b"other")


def test_picture_that_no_list_names_goes_after_a_day(office):
    send(office, picture_file=drawn("green"), picture_text="Green")
    green = entry()["picture"]
    publish(office)
    send(office, picture_file=drawn("blue"), picture_text="Blue")
    send(office, picture_file=drawn("red"), picture_text="Red")
    red = entry()["picture"]
    assert services.sweep_pictures(now=timezone.now()) == 0
    assert services.sweep_pictures(now=timezone.now() + timedelta(days=2)) == 1
    assert set(ReferencePicture.objects.values_list("sha256", flat=True)) == {green, red}


def test_words_of_a_picture_can_be_said_in_other_languages(office):
    send(office, picture_file=drawn(), picture_text="All lights are green")
    words = f"{EDIT}words/?in=th"
    office.post(words, {"items.reachable.picture_text": "ไฟเขียวทุกดวง", "seen": row().draft_number})
    assert 'alt="ไฟเขียวทุกดวง"' in office.get(words).content.decode()


def test_file_carries_its_pictures_to_another_desk(office, lead):
    send(office, picture_file=drawn(), picture_text="All lights are green")
    file = office.get(f"{LIST}export/?version=draft").content
    services.discard_draft(checklist=row(), by=Actor(lead), now=timezone.now())
    ReferencePicture.objects.all().delete()
    answer = office.post("/inspections/import-checklist/", {"file": SimpleUploadedFile("list.json", file)})
    assert answer.status_code == 302
    assert "pictures" not in row().draft
    assert ReferencePicture.objects.get().sha256 == entry()["picture"]
    assert office.get(address(entry()["picture"])).status_code == 200


def test_import_at_home_keeps_the_picture_that_is_here(office):
    send(office, picture_file=drawn(), picture_text="All lights are green")
    name = entry()["picture"]
    file = json.loads(office.get(f"{LIST}export/?version=draft").content)
    assert base64.b64decode(file["pictures"][name])[:4] == b"RIFF"
    file = {**file, "code": "night-round"}
    office.post("/inspections/import-checklist/", {"file": SimpleUploadedFile("x.json", json.dumps(file).encode())})
    assert row("night-round").draft["sections"][0]["items"][2]["picture"] == name
    assert ReferencePicture.objects.count() == 1


@pytest.mark.parametrize(
    "pictures",
    [
        {"0" * 64: "AAAA"}, {"0" * 64: 7}, {"0" * 64: "no base64"}, [], 7, "x",
        {str(n): "AAAA" for n in range(61)}, {},
    ],
)  # fmt: skip
def test_file_with_bad_pictures_is_refused_and_leaves_nothing(office, pictures):
    document = {key: value for key, value in shipped_documents()["daily-server-round"].items() if key != "words"}
    section = document["sections"][0]
    items = [{**section["items"][0], "picture": "0" * 64, "picture_text": "x"}, *section["items"][1:]]
    document |= {"sections": [{**section, "items": items}], "pictures": pictures}
    file = SimpleUploadedFile("x.json", json.dumps(document).encode())
    answer = office.post("/inspections/import-checklist/", {"file": file})
    assert answer.status_code == 400
    assert 'id="id_file_error"' in answer.content.decode()
    assert not ReferencePicture.objects.exists()
    assert row().draft is None


def test_staff_see_pictures_and_strangers_none(client, office, engineer, alice):
    send(office, picture_file=drawn(), picture_text="All lights are green")
    found = address(entry()["picture"])
    client.force_login(engineer)
    assert client.get(found).status_code == 200
    assert client.get(address("0" * 64)).status_code == 404
    client.force_login(alice)
    assert client.get(found).status_code == 404
    client.logout()
    assert client.get(found).status_code == 302


def test_picture_is_sent_over_rest_and_named_by_a_draft(lead, engineer):
    client = APIClient()
    client.force_login(lead)
    sent = client.post("/api/v1/checklist-pictures/", {"picture_file": drawn()}, format="multipart")
    assert (sent.status_code, sent.json()["width"]) == (201, 640)
    name, document = sent.json()["sha256"], shipped_documents()["daily-server-round"]
    document["sections"][0]["items"][2] |= {"picture": name, "picture_text": "Lights"}
    assert client.put("/api/v1/checklists/daily-server-round/draft/", document, format="json").status_code == 200
    assert client.get(f"/api/v1/checklist-pictures/{name}/")["Content-Type"] == "image/webp"
    document["sections"][0]["items"][2]["picture"] = "0" * 64
    unknown = client.put("/api/v1/checklists/daily-server-round/draft/", document, format="json")
    assert (unknown.status_code, "reachable" in unknown.content.decode()) == (400, True)
    client.force_login(engineer)
    assert client.post("/api/v1/checklist-pictures/", {"picture_file": drawn()}, format="multipart").status_code == 403


def test_customer_fetches_none_over_rest(lead, alice):
    client = APIClient()
    client.force_login(lead)
    name = client.post("/api/v1/checklist-pictures/", {"picture_file": drawn()}, format="multipart").json()["sha256"]
    client.force_login(alice)
    assert client.get(f"/api/v1/checklist-pictures/{name}/").status_code == 404


def test_demo_list_shows_its_picture_in_every_language(lead):
    lists.create(Actor(lead), timezone.now())
    document = row("monthly-preventive").versions.first().document
    assert words.pictures(document)
    assert [words.missing(document, language) for language in ("zh-hans", "zh-hant", "th")] == [[], [], []]
