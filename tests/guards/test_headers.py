"""Every page forbids what it does not need: foreign sources, inline script, frames."""

import pytest

pytestmark = pytest.mark.django_db
PAGES = ["/account/sign-in/", "/report/", "/tickets/", "/dashboard/", "/api/v1/docs/", "/admin/", "/no-such-page/"]


@pytest.mark.parametrize("address", PAGES)
def test_page_names_what_may_be_loaded(client, administrator, address):
    client.force_login(administrator)
    answer = client.get(address, follow=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script-src" not in policy  # so scripts follow default-src: own files only
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
