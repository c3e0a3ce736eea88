"""Saved views: one's own, a team's, the whole desk's; who may make them and who sees them."""

import pytest

from accounts.models import SavedView, Team, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(client):
    def call(who, method, path, **values):
        client.force_login(who)
        return getattr(client, method)(f"/api/v1/views/{path}", values or None, content_type="application/json")

    return call


def names(answer):
    return [view["name"] for view in answer.json()["results"]]


def test_an_own_view_is_seen_by_its_owner_alone(api, agent, lead):
    made = api(agent, "post", "", name="Mine", query="level=2")
    assert made.status_code == 201
    assert made.json()["is_shared"] is False
    assert names(api(agent, "get", "")) == ["Mine"]
    assert names(api(lead, "get", "")) == []
    assert api(lead, "delete", f"{made.json()['id']}/").status_code == 404


def test_views_of_a_team_are_made_by_leads_and_seen_by_the_team(api, agent, lead, engineer):
    Team.objects.create(code="hk", name="Hong Kong desk").members.add(agent)
    shared = {"query": "team=hk", "is_shared": True}
    assert api(agent, "post", "", name="No", **shared).status_code == 403
    assert api(lead, "post", "", name="Everybody's", **shared).status_code == 201
    assert api(lead, "post", "", name="Team's", team="hk", **shared).status_code == 201
    assert names(api(agent, "get", "")) == ["Everybody's", "Team's"]
    assert names(api(engineer, "get", "")) == ["Everybody's"]
    assert api(lead, "post", "", name="?", team="nowhere", **shared).status_code == 400


def test_a_deleted_view_is_gone_for_all_and_its_row_is_kept(api, agent):
    pk = api(agent, "post", "", name="Mine", query="").json()["id"]
    assert api(agent, "delete", f"{pk}/").status_code == 204
    assert names(api(agent, "get", "")) == []
    assert SavedView.objects.get(pk=pk).deleted_at is not None


def test_a_customer_has_no_views(api, alice):
    assert api(alice, "post", "", name="Mine", query="").status_code == 403
    assert names(api(alice, "get", "")) == []


def test_one_person_keeps_a_bounded_number_of_views(api, agent):
    made = [api(agent, "post", "", name=f"View {n}", query="").status_code for n in range(21)]
    assert made == [201] * 20 + [400]
    assert User.objects.get(pk=agent.pk).saved_views.count() == 20
