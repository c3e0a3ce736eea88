"""Sign-in and passwords in the design: errors beside the field, nothing typed is lost but the password."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from tests.outbox import send_waiting

pytestmark = pytest.mark.django_db


def test_refused_sign_in_says_error_in_the_title_and_keeps_the_address(client, agent):
    answer = client.post("/account/sign-in/", {"login": agent.email, "password": "wrong horse"})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert re.search(r"<title>\s*Error: Sign in", html)
    assert f'value="{agent.email}"' in html
    assert 'class="errsum"' in html
    assert "wrong horse" not in html


def test_empty_sign_in_links_to_each_field(client):
    html = client.post("/account/sign-in/", {}).content.decode()
    for field in ("login", "password"):
        assert f'href="#id_{field}"' in html
        assert f'id="id_{field}_error"' in html


def test_forgotten_password_ends_in_a_new_one(client, agent):
    answer = client.post(reverse("account_reset_password"), {"email": agent.email}, follow=True)
    assert "Look in your mail" in answer.content.decode()
    send_waiting()
    assert mail.outbox[0].subject == "Choose a new password"
    assert "example.com" not in mail.outbox[0].body.replace("@demo.test", "")
    address = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert address is not None
    form = client.get(address[1], follow=True)
    assert "Choose a new password" in form.content.decode()
    new = {"password1": "correct horse battery", "password2": "correct horse battery"}
    assert "Your password is saved" in client.post(form.request["PATH_INFO"], new, follow=True).content.decode()


def test_a_change_of_password_says_what_to_do(client, agent):
    client.force_login(agent)
    given = {"oldpassword": "wrong", "password1": "lantern harbour 27", "password2": "lantern harbour 72"}
    text = client.post(reverse("account_change_password"), given).content.decode()
    assert "Enter the password you have now. This is not it." in text
    given |= {"oldpassword": "correct horse"}
    assert "Enter the same password twice." in client.post(reverse("account_change_password"), given).content.decode()
    given |= {"password2": given["password1"]}
    told = client.post(reverse("account_change_password"), given, follow=True).content.decode()
    assert "Your new password is saved." in told


def test_used_link_offers_a_new_one(client):
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "set-password"})
    assert "This link no longer works" in client.get(address).content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password"])
def test_pages_of_a_signed_in_person(client, agent, name):
    client.force_login(agent)
    assert "<h1>" in client.get(reverse(name)).content.decode()


def test_sign_out_asks_by_post(client, agent):
    client.force_login(agent)
    assert client.get(reverse("account_logout")).wsgi_request.user.is_authenticated
    assert not client.post(reverse("account_logout")).wsgi_request.user.is_authenticated
