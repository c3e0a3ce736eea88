"""Sign-in, sign-out and a new password through the real forms."""

import re

import pytest
from django.core import mail
from django.core.cache import cache

from accounts.models import User
from tests.outbox import send_waiting

pytestmark = pytest.mark.django_db
SIGN_IN = "/account/sign-in/"


def sign_in(client, email="alice@demo.test", password="correct horse", **more):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_the_right_password_opens_the_way(client, alice):
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("email", ["ALICE@demo.test", " alice@demo.test"])
def test_the_address_is_taken_as_people_type_it(client, alice, email):
    sign_in(client, email=email)
    assert is_signed_in(client)


@pytest.mark.parametrize(("email", "password"), [("alice@demo.test", "wrong"), ("nobody@demo.test", "x"), ("", "")])
def test_a_wrong_one_is_an_error_that_tells_nothing(client, alice, email, password):
    answer = sign_in(client, email=email, password=password)
    assert answer.status_code in (200, 400)
    assert "Error:" in answer.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Check the e-mail address and the password, then try again."),
        ("zh-hans", "请检查电子邮件地址和密码"),
        ("zh-hant", "請檢查電子郵件地址和密碼"),
        ("th", "ตรวจสอบอีเมลและรหัสผ่าน"),
    ],
)
@pytest.mark.parametrize("email", ["alice@demo.test", "nobody@demo.test"])
def test_it_says_what_to_do_and_not_which_of_the_two_is_wrong(client, alice, language, words, email):
    client.cookies["django_language"] = language
    assert words in sign_in(client, email=email, password="wrong").content.decode()


def test_coming_and_going_are_told_in_our_words(client, alice):
    assert "You are signed in as Alice." in client.get(sign_in(client)["Location"], follow=True).content.decode()
    assert "You are signed out." in client.post("/account/sign-out/", follow=True).content.decode()


def test_next_leads_back_to_where_one_was(client, alice):
    assert sign_in(client, next="/portal/")["Location"] == "/portal/"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_next_never_leads_away(client, alice, target):
    assert sign_in(client, next=target)["Location"] == "/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example"])
def test_neither_does_the_choice_of_language(client, db, target):
    answer = client.post("/language/setlang/", {"language": "th", "next": target})
    assert "evil" not in answer["Location"]


def test_sign_out_asks_for_a_post(client, alice):
    client.force_login(alice)
    client.get("/account/sign-out/")
    assert is_signed_in(client)
    client.post("/account/sign-out/")
    assert not is_signed_in(client)


def test_a_person_who_left_cannot_sign_in(client, alice):
    alice.is_active = False
    alice.save()
    sign_in(client)
    assert not is_signed_in(client)


def test_guessing_a_password_is_stopped_even_for_the_right_one(client, alice):
    cache.clear()
    for _ in range(6):
        sign_in(client, password="wrong")
    answer = sign_in(client)
    assert not is_signed_in(client)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert "<h1>Too many requests</h1>" in answer.content.decode()


def test_too_many_from_one_address_get_the_page_with_a_time(client, alice, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login": "2/m/ip"}
    answers = [sign_in(client, password="wrong") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"] == "300"


def test_a_new_password_by_mail(client, alice):
    cache.clear()
    client.post("/account/password/reset/", {"email": "alice@demo.test"})
    send_waiting()
    link = re.search(r"http://[^/]+(/account/password/reset/key/\S+)", mail.outbox[0].body)
    assert link
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": "quite another one", "password2": "quite another one"})
    type(client)().get(SIGN_IN)
    sign_in(client, password="quite another one")
    assert is_signed_in(client)
    assert type(client)().get(link[1], follow=True).content.decode().count("no longer works")


def test_nobody_learns_who_has_an_account(client, alice):
    cache.clear()
    answers = [client.post("/account/password/reset/", {"email": f"{who}@demo.test"}) for who in ("alice", "nobody")]
    assert [answer["Location"] for answer in answers] == ["/account/password/reset/done/"] * 2


def test_nobody_signs_up(client, db):
    answers = {"email": "x@y.test", "password1": "abcdefghijk", "password2": "abcdefghijk"}
    assert client.post("/account/sign-up/", answers).status_code < 500
    assert not User.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
@pytest.mark.parametrize("page", ["sign-in/", "password/reset/", "password/change/"])
def test_the_summary_names_each_field_as_its_label_does(client, alice, page, language):
    if page == "password/change/":
        client.force_login(alice)
    client.cookies["django_language"] = language
    alice.language = language
    alice.save()
    text = client.post(f"/account/{page}", {}).content.decode()
    labels = dict(re.findall(r'<label for="(\w+)">([^<]+?)\s*</label>', text))
    summary = dict(re.findall(r'<a href="#(\w+)">([^<]+)</a>', text.split('class="errsum"')[1]))
    assert summary
    for field, sentence in summary.items():
        assert re.match(rf"{re.escape(labels[field])}\s?[:：]", sentence), (labels[field], sentence)


def test_a_missing_answer_is_named_in_the_summary_on_top(client):
    summary = client.post("/account/sign-in/", {"login": "a@b.test"}).content.decode().split('class="errsum"')[1]
    assert '<a href="#id_password">Password: Fill this in.</a>' in summary
