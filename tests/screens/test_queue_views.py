"""Saved views on the page: one step from any filter, counted, changed, deleted and brought back."""

import re

import pytest
from django.test import Client

from accounts.models import SavedView, Team
from tests.screens.test_queue import HOUR, due_in, numbers


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def test_any_filter_is_saved_in_one_step_and_counted(desk, report, agent):
    due_in(report(level="2"), -HOUR), report(level="3")
    form = desk.get("/tickets/views/?level=2&group=owner").content.decode()
    assert 'name="level" value="2"' in form
    saved = desk.post("/tickets/views/", {"name": "Twos", "level": "2", "group": "owner"})
    page = desk.get(saved["Location"])
    assert len(numbers(page)) == 1
    text = re.sub(r"<svg.*?</svg>", "", page.content.decode())
    assert 'aria-current="true"><span>Twos</span><span class="count count--due"' in text
    assert "<h1>Twos" in text


def test_a_view_without_a_name_comes_back_with_the_filter(desk, agent):
    answer = desk.post("/tickets/views/", {"name": " ", "level": "2"})
    assert answer.status_code == 400
    assert "Enter a name for the view." in answer.content.decode()
    assert 'name="level" value="2"' in answer.content.decode()


def test_an_agent_makes_no_view_for_others_and_a_lead_does(desk, client, lead, agent):
    team = Team.objects.create(code="hk", name="Hong Kong desk")
    team.members.add(agent)
    assert desk.post("/tickets/views/", {"name": "All", "shared": "desk"}).status_code == 403
    client.force_login(lead)
    for shared in ("desk", "team:hk"):
        client.post("/tickets/views/", {"name": f"For {shared}", "state": "open", "shared": shared})
    client.force_login(agent)
    text = client.get("/tickets/").content.decode()
    assert "Team views" in text
    assert "For desk" in text
    assert "For team:hk" in text


def test_a_view_is_renamed_moved_on_deleted_and_brought_back(desk, report, agent):
    desk.post("/tickets/views/", {"name": "Mine", "level": "2"})
    view = SavedView.objects.get()
    changed = desk.get(f"/tickets/?level=3&saved={view.pk}").content.decode()
    assert "Save to “Mine”" in changed
    desk.post(f"/tickets/views/{view.pk}/", {"do": "update", "level": "3"})
    desk.post(f"/tickets/views/{view.pk}/", {"do": "rename", "name": "Threes"})
    view.refresh_from_db()
    assert (view.name, view.query) == ("Threes", "level=3")
    gone = desk.post(f"/tickets/views/{view.pk}/", {"do": "delete"}, follow=True).content.decode()
    assert f'action="/tickets/views/{view.pk}/restore/"' in gone
    assert "Threes</span>" not in gone
    assert "Threes</span>" in desk.post(f"/tickets/views/{view.pk}/restore/", follow=True).content.decode()


def test_somebody_elses_view_is_not_there(desk, client, lead):
    desk.post("/tickets/views/", {"name": "Mine", "level": "2"})
    view = SavedView.objects.get()
    client.force_login(lead)
    assert client.post(f"/tickets/views/{view.pk}/", {"do": "delete"}).status_code == 404
    assert "Mine</span>" not in client.get("/tickets/").content.decode()


def test_every_page_of_the_desk_has_the_same_views_beside_it(desk, report, agent):
    made = report(title="Generator")
    desk.post("/tickets/views/", {"name": "Generators", "q": "generator"})
    saved = SavedView.objects.get()
    for address in (made.get_absolute_url(), "/dashboard/", "/inspections/", "/recent/", "/tickets/new/"):
        side = desk.get(address).content.decode().split('<nav class="side"')[1].split("</nav>")[0]
        assert re.search(r"Generators</span><span class=\"count\">1<", side), address
    came = f"{made.get_absolute_url()}?in=q%3Dgenerator%26saved%3D{saved.pk}"
    page = desk.get(came).content.decode()
    assert re.search(r'aria-current="true"><span>Generators<', page)
    assert re.search(r'data-key="u"[^>]*>Generators</a>', page)
