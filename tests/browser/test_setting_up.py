"""A new administrator claims an empty desk in a real browser, and finds the next steps."""

import pytest

from accounts.models import Team
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


def test_who_invites_a_customer_is_asked_for_no_team(chromium, live_server, administrator, client):
    """Without a script: the style alone hides what does not apply."""
    Team.objects.create(code="desk", name="Desk")
    client.force_login(administrator)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    with chromium.new_context(java_script_enabled=False) as context:
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/settings/people/new/")
        teams = page.get_by_role("checkbox", name="Desk")
        assert teams.is_visible()
        page.select_option("[name=role]", "customer")
        assert not teams.is_visible()
        page.select_option("[name=role]", "agent")
        assert teams.is_visible()
