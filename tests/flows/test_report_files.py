"""Files of a report come one by one, fail one by one, and never cost the report."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.flows import reporting
from tests.tickets.files import picture, upload
from tickets import filestore, services
from tickets.models import PendingFile, ReportDraft

pytestmark = pytest.mark.django_db


def send(walk, file, **more):
    return walk.client.post(f"/report/{walk.draft}/files/", {"uploads": file, **more})


def names():
    return sorted(reporting.reported().attachments.values_list("name", flat=True))


def test_each_file_comes_on_its_own_and_all_go_with_the_report(walk):
    answers = [send(walk, picture("plate.png")), send(walk, upload("log.txt"))]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert "Remove plate.png" in answers[0].content.decode()
    walk.fault(level="3", uploads=[upload("third.txt")])
    walk.check(**reporting.CONTACT)
    assert names() == ["log.txt", "plate.png", "third.txt"]


def test_a_refused_file_is_one_plain_sentence(walk, settings):
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    answer = send(walk, upload("huge.bin", b"x" * (1024 * 1024 + 1)))
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode() == "huge.bin is larger than 1 MB. Send a smaller file."
    assert send(walk, upload("void.txt", b"")).status_code == 400
    assert walk.client.post(f"/report/{walk.draft}/files/", {}).status_code == 400


def test_a_dead_store_is_said_and_may_be_tried_again(walk, settings, tmp_path):
    (tmp_path / "attachments").write_text("in the way")
    settings.MEDIA_ROOT, whole = tmp_path, settings.MEDIA_ROOT
    assert send(walk, upload("plan.txt")).status_code == 503
    settings.MEDIA_ROOT = whole
    assert send(walk, upload("plan.txt")).status_code == 201


def test_a_file_that_is_gone_or_changed_is_named_and_the_report_goes_through(walk):
    send(walk, upload("gone.txt"))
    send(walk, upload("changed.txt", b"before"))
    send(walk, upload("whole.txt"))
    walk.fault(level="3")
    filestore.path_of(PendingFile.objects.get(name="gone.txt").key).unlink()
    filestore.path_of(PendingFile.objects.get(name="changed.txt").key).write_bytes(b"after!")
    page = walk.check(**reporting.CONTACT).content.decode()
    assert "these files are missing: gone.txt, changed.txt." in page
    assert names() == ["whole.txt"]


def test_one_bad_file_of_the_plain_form_does_not_cost_the_others(walk):
    page = walk.fault(level="3", uploads=[upload("good.txt"), upload("void.txt", b"")]).content.decode()
    assert "void.txt is empty" in page
    assert "Remove good.txt" in page
    walk.fault(level="3")
    walk.check(**reporting.CONTACT)
    assert names() == ["good.txt"]


def test_a_file_is_taken_out_again_and_its_bytes_go(walk):
    send(walk, upload("wrong.txt"))
    key = PendingFile.objects.get().key
    assert walk.client.post(f"/report/{walk.draft}/files/", {"remove": str(key)}).status_code == 204
    assert not filestore.path_of(key).exists()
    assert walk.client.post(f"/report/{walk.draft}/files/", {"remove": "nonsense"}).status_code == 204


def test_a_file_that_was_sent_is_not_taken_out_by_going_back(walk):
    send(walk, upload("kept.txt"))
    walk.fault(level="3")
    walk.check(**reporting.CONTACT)
    key = PendingFile.objects.get().key
    walk.client.post(f"/report/{walk.draft}/files/", {"remove": str(key)})
    assert filestore.path_of(key).exists()


def test_nobody_else_adds_or_sees_files_of_a_draft(walk, client, bob):
    send(walk, picture("plate.png"))
    key = PendingFile.objects.get().key
    address = f"/report/{walk.draft}/files/{key}/"
    assert walk.client.get(address).status_code == 200
    other = type(client)()
    other.force_login(bob)
    assert other.get(address).status_code == 404
    assert other.post(f"/report/{walk.draft}/files/", {"uploads": upload()}).status_code == 404
    assert type(client)().get(address).status_code == 404


def test_guests_files_are_counted(still, client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "anonymous_files": "2/h"}
    walk = reporting.Walk(client)
    walk.equipment(thing="UPS")
    assert [send(walk, upload()).status_code for _ in range(3)] == [201, 201, 429]


@pytest.fixture
def days_later(walk):
    def pass_by(days):
        services.sweep_drafts(now=datetime.now(UTC) + timedelta(days=days, minutes=1))
        services.sweep_orphans(now=datetime.now(UTC) + timedelta(days=days, minutes=1))
        return walk.client.get(f"/report/{walk.draft}/fault/").content.decode()

    return pass_by


def test_what_nobody_sent_is_swept(walk, days_later):
    send(walk, upload("log.txt"))
    key = PendingFile.objects.get().key
    days_later(1)
    assert not filestore.path_of(key).exists()
    assert ReportDraft.objects.exists()
    days_later(15)
    assert not ReportDraft.objects.exists()


def test_whose_file_was_swept_is_told_beside_the_list_and_before_sending(walk, days_later):
    send(walk, picture("plate.png"))
    page = days_later(1)
    assert "We no longer have this file" in page
    assert "thumb" not in page
    checked = walk.fault(level="3").content.decode()
    assert "We no longer have plate.png. Choose it again, or send your report without it." in checked
    sent = walk.check(**reporting.CONTACT).content.decode()
    assert "files are missing" not in sent
    assert names() == []


def test_a_swept_file_is_chosen_again_or_taken_off_the_list(walk, days_later):
    send(walk, upload("log.txt"))
    days_later(1)
    key = PendingFile.objects.get().key
    send(walk, upload("log.txt"))
    walk.client.post(f"/report/{walk.draft}/files/", {"remove": str(key)})
    page = walk.fault(level="3").content.decode()
    assert "We no longer have" not in page
    walk.check(**reporting.CONTACT)
    assert names() == ["log.txt"]
