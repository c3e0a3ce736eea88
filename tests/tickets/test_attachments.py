"""Files are whole or not there, kept under names nobody can guess, and refused by name."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from accounts.actors import Actor
from common.errors import Illegal, Invalid, Unavailable
from tests.tickets.files import picture, upload
from tickets import filestore, follow, services
from tickets.models import Attachment

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def attach(ticket, by, *uploads, **options):
    return services.attach(ticket=ticket, uploads=uploads, by=Actor(user=by), now=datetime.now(UTC), **options)


def files_in(root):
    return [path for path in Path(root).rglob("*") if path.is_file()]


def test_the_stored_bytes_are_those_that_were_sent(ticket, alice):
    row = attach(ticket, alice, upload(data=b"x" * 100_000))[0]
    data = filestore.path_of(row.key).read_bytes()
    assert (row.size, row.sha256) == (100_000, hashlib.sha256(data).hexdigest())


def test_the_log_says_that_a_file_was_added(ticket, alice):
    attach(ticket, alice, upload("a.txt"), upload("b.txt"))
    event = ticket.events.get(type="attached")
    assert event.data["names"] == ["a.txt", "b.txt"]
    assert event.user == alice


def test_nothing_of_the_name_reaches_the_disk(ticket, alice, settings):
    row = attach(ticket, alice, upload("../../etc/passwd"))[0]
    assert row.name == "passwd"
    assert [path.name for path in files_in(settings.MEDIA_ROOT) if row.key.hex in path.name] == [row.key.hex]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("a\u202egpj.exe", "agpj.exe"),
        ("C:\\secret\\plan.pdf", "plan.pdf"),
        ('x"\r\nSet-Cookie: a=b.txt', 'x"Set-Cookie: a=b.txt'),
        ("...", "file"),
        ("配电室照片.jpg", "配电室照片.jpg"),
    ],
)
def test_a_name_is_made_safe_to_show(ticket, alice, sent, shown):
    sent_file = upload()
    sent_file._name = sent
    assert attach(ticket, alice, sent_file)[0].name == shown


def test_an_empty_and_a_huge_file_are_refused_by_name(ticket, alice, settings):
    settings.MAX_ATTACHMENT_BYTES = 1024 * 1024
    with pytest.raises(Invalid) as refusal:
        attach(ticket, alice, upload("void.txt", b""), upload("big.bin", b"x" * (1024 * 1024 + 1)), upload("ok.txt"))
    sentences = refusal.value.errors["files"]
    assert ["void.txt" in sentences[0], "big.bin" in sentences[1], len(sentences)] == [True, True, 2]
    assert not Attachment.objects.exists()


def test_a_full_disk_is_said_by_the_name_of_the_file_and_leaves_nothing(ticket, alice, settings, tmp_path):
    (tmp_path / "attachments").write_text("a file where the directory should be")
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(Unavailable, match=r"plan\.txt"):
        attach(ticket, alice, upload("plan.txt"))
    assert not Attachment.objects.exists()


def test_a_picture_is_drawn_anew_without_its_metadata(ticket, alice):
    row = attach(ticket, alice, picture())[0]
    drawn = filestore.preview_path_of(row.key).read_bytes()
    assert row.has_preview
    assert drawn[:4] == b"RIFF"


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", b"GIF89a<script>", b"\x89PNG\r\n\x1a\n" + b"\0" * 64])
def test_what_only_pretends_to_be_a_picture_has_no_preview(ticket, alice, data):
    assert not attach(ticket, alice, upload("x.png", data, "image/png"))[0].has_preview


def test_a_picture_of_too_many_pixels_has_no_preview(ticket, alice):
    assert not attach(ticket, alice, picture(size=(6000, 5000)))[0].has_preview


def test_a_closed_ticket_takes_no_file_and_none_is_left(ticket, alice, agent, settings):
    for kind in ("resolved", "closed"):
        services.record(ticket=ticket, type=kind, by=Actor(user=agent), at=NOW, now=NOW)
    before = files_in(settings.MEDIA_ROOT)
    with pytest.raises(Illegal):
        attach(ticket, alice, upload())
    assert files_in(settings.MEDIA_ROOT) == before


def test_the_same_stashed_file_is_kept_once(ticket, alice):
    files = [services.stash(upload())]
    by = Actor(user=alice)
    services.keep(ticket=ticket, files=files, by=by, now=NOW)
    services.keep(ticket=ticket, files=files, by=by, now=NOW)
    assert ticket.attachments.count() == 1


def test_files_no_ticket_came_to_name_are_swept_after_a_day(ticket, alice):
    named, orphan = attach(ticket, alice, upload())[0], services.stash(upload())
    services.sweep_orphans(now=datetime.now(UTC) + timedelta(days=2))
    assert filestore.path_of(named.key).exists()
    assert not filestore.path_of(orphan.key).exists()


def test_a_guest_link_opens_its_own_ticket_only(ticket, report):
    other = report()
    with pytest.raises(Exception, match="no such ticket"):
        services.reply(ticket=other, body="hello", by=follow.guest(ticket.pk), now=NOW)
    assert services.reply(ticket=ticket, body="hello", by=follow.guest(ticket.pk), now=NOW).is_from_customer


def test_a_token_of_another_kind_is_no_link():
    assert follow.read("MTI:1abc:forged") is None
    assert follow.read("") is None
    assert follow.read(follow.token(12)) == 12
