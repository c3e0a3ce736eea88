"""Who may fetch a file, and that it can never run in a browser."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tests.tickets.files import picture, upload
from tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def attached(ticket, agent):
    def make(*uploads, **options):
        by = Actor(user=agent)
        return services.attach(ticket=ticket, uploads=uploads, by=by, now=datetime.now(UTC), **options)[0]

    return make


def get(client, user, row, query=""):
    client.force_login(user)
    return client.get(f"/attachments/{row.key}/{query}")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.html", "text/html"), ("a.svg", "image/svg+xml"), ("a.pdf", "application/pdf"), ("a.js", "text/javascript")],
)
def test_a_file_is_always_downloaded_never_shown(client, alice, attached, name, kind):
    answer = get(client, alice, attached(upload(name, b"<script>alert(1)</script>", kind)))
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_name_in_any_script_survives_the_download(client, alice, attached):
    answer = get(client, alice, attached(upload("照片.txt")))
    assert "filename*=utf-8''%E7%85%A7%E7%89%87.txt" in answer["Content-Disposition"]


def test_a_preview_is_our_own_drawing(client, alice, attached):
    answer = get(client, alice, attached(picture()), "?preview=1")
    assert answer["Content-Type"] == "image/webp"
    assert answer["Content-Disposition"].startswith("inline")


def test_there_is_no_preview_of_anything_else(client, alice, attached):
    assert (
        get(client, alice, attached(upload("a.png", b"GIF89a<script>", "image/gif")), "?preview=1").status_code == 404
    )


@pytest.mark.parametrize("person", ["bob", "carol"])
def test_a_stranger_finds_nothing(client, attached, person, request):
    assert get(client, request.getfixturevalue(person), attached(upload())).status_code == 404


def test_what_came_with_a_note_is_for_staff(client, alice, agent, attached):
    row = attached(upload(), is_internal=True)
    assert get(client, alice, row).status_code == 404
    assert get(client, agent, row).status_code == 200


def test_without_sign_in_one_is_asked_to(client, attached):
    assert client.get(f"/attachments/{attached(upload()).key}/")["Location"].startswith("/account/sign-in/?next=")
