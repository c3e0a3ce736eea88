"""An empty desk is claimed by whoever reads its terminal, once, and by nobody else."""

import pytest
from django.test import Client

from accounts.models import User
from servicedesk.launch import setup_word
from tests.english import left_on_page

pytestmark = pytest.mark.django_db
FIRST = {
    "name": "Adrian Cole",
    "email": "Adrian@Example.test",
    "password": "lantern-harbour-27",
    "language": "en",
    "zone": "Asia/Shanghai",
}


@pytest.fixture
def word(tmp_path, settings):
    settings.STATE_DIR = tmp_path
    return setup_word.make(tmp_path)


def test_the_word_makes_the_first_administrator_and_is_dead_afterwards(client, word, tmp_path):
    assert client.get("/").headers["Location"] == "/setup/"
    assert client.post("/setup/", {**FIRST, "word": word}).headers["Location"] == "/settings/"
    assert "First steps" in client.get("/settings/").content.decode()
    assert User.objects.get().email == "adrian@example.test"
    assert not (tmp_path / setup_word.NAME).exists()
    stranger = Client()
    assert stranger.get("/setup/").headers["Location"] == "/"
    stranger.post("/setup/", {**FIRST, "email": "b@example.test", "word": word})
    assert User.objects.count() == 1


@pytest.mark.parametrize("given", ["", "x", "\0", "é" * 50, "x" * 10_000])
def test_without_the_word_nobody_gets_in(client, word, given):
    assert client.post("/setup/", {**FIRST, "word": given}).status_code == 400
    assert not User.objects.exists()


def test_where_no_word_was_printed_nothing_is_right(client, tmp_path, settings):
    settings.STATE_DIR = tmp_path
    assert client.post("/setup/", {**FIRST, "word": ""}).status_code == 400
    assert client.post("/setup/", {**FIRST, "word": "None"}).status_code == 400
    assert not User.objects.exists()


def test_guessing_is_slow(still, client, word):
    answers = [client.post("/setup/", {**FIRST, "word": "no"}).status_code for _ in range(22)]
    assert answers[-1] == 429


def test_a_closed_account_keeps_the_desk_claimed(client, word, agent):
    User.objects.update(is_active=False)
    client.post("/setup/", {**FIRST, "word": word})
    assert User.objects.count() == 1


def test_the_word_is_for_our_own_account_only_and_the_same_at_the_next_start(word, tmp_path):
    assert (tmp_path / setup_word.NAME).stat().st_mode & 0o077 == 0
    assert setup_word.make(tmp_path) == word
    assert word not in Client().get("/setup/").content.decode()


def test_a_weak_password_is_refused_beside_its_field(client, word):
    answer = client.post("/setup/", {**FIRST, "word": word, "password": "short"})
    assert answer.status_code == 400
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("language", "heading"), [("zh-hans", "设置服务台"), ("zh-hant", "設定服務台"), ("th", "ตั้งค่าระบบ")]
)
def test_it_can_be_read_in_each_language_and_offers_the_one_it_is_read_in(client, word, language, heading):
    client.post("/language/setlang/", {"language": language, "next": "/setup/"})
    text = client.get("/setup/").content.decode()
    assert f"<h1>{heading}</h1>" in text
    assert f'<option value="{language}" selected>' in text
    assert not left_on_page(text, language, {"Set up this desk", "English"})
