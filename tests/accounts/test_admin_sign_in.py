"""Django admin has no sign-in of its own: the limits of the one sign-in cannot be walked around."""

import pytest

pytestmark = pytest.mark.django_db


def test_admin_sends_everybody_to_the_one_sign_in(client):
    answer = client.get("/admin/login/?next=/admin/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/sign-in/")


def test_customer_at_the_admins_door_is_refused(client, alice):
    client.force_login(alice)
    assert client.get("/admin/login/?next=/admin/").status_code == 403
