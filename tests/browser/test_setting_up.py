"""A new administrator claims an empty desk in a real browser, and finds the next steps."""

import pytest

from servicedesk.launch import setup_word

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_printed_link_leads_to_the_first_customer(page, live_server, settings, tmp_path):
    settings.STATE_DIR = tmp_path
    page.goto(f"{live_server.url}/setup/?word={setup_word.make(tmp_path)}")
    page.fill("#id_name", "Ada Cole")
    page.fill("#id_email", "ada@nova.test")
    page.fill("#id_password", "lantern-harbour-27")
    page.get_by_role("button", name="Make the first administrator").click()
    page.get_by_role("link", name="Add: First customer").click()
    page.set_viewport_size({"width": 390, "height": 844})
    page.fill("#id_name", "Nova")
    page.fill("#id_code", "nova")
    page.get_by_role("button", name="Add customer").click()
    page.wait_for_url("**/customers/nova/")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
