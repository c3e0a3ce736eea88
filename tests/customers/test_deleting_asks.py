"""What is gone for good asks once, with the consequence in the sentence; also without script."""

import pytest

pytestmark = pytest.mark.django_db


def test_deleting_a_record_and_closing_an_account_ask_first(client, administrator, acme, agent):
    client.force_login(administrator)
    site = client.get(f"/customers/sites/{acme.hq.pk}/").content.decode()
    person = client.get(f"/settings/people/{agent.pk}/").content.decode()
    assert "is gone for good." in site
    assert '<summary class="btn btn--danger">Delete site</summary>' in site
    assert "Agent can no longer sign in. Keys end for good." in person
