"""People, teams and oneself over REST: the same services and roles as the pages of the settings."""

import pytest

from accounts.models import ApiKey, Team, User
from notifications.models import Delivery

pytestmark = pytest.mark.django_db
NEW = {"name": "Grace Lam", "email": "Grace@Example.test", "role": "agent", "zone": "Asia/Hong_Kong"}


@pytest.fixture
def power(lead, agent):
    team = Team.objects.create(code="power", name="Power", lead=lead)
    team.members.add(agent)
    return team


def test_who_is_invited_gets_a_link_and_is_in_his_team(api, administrator, power):
    answer = api(administrator).post("people/", {**NEW, "teams": ["power"]})
    body = answer.json()
    assert answer.status_code == 201
    assert (body["email"], body["role"], body["teams"]) == ("grace@example.test", "agent", ["power"])
    assert (body["language"], body["zone"], body["active"]) == ("en", "Asia/Hong_Kong", True)
    user = User.objects.get(pk=body["id"])
    assert Delivery.objects.get(user=user).kind == "invitation"
    assert not user.has_usable_password()
    Delivery.objects.all().delete()  # as if it had been sent; while one waits, that one will do
    assert api(administrator).post(f"people/{user.pk}/invitation/", {}).status_code == 204
    assert Delivery.objects.get(user=user).kind == "invitation"


def test_a_repeated_invitation_is_one(api, administrator):
    first, second = (api(administrator).post("people/", NEW, idempotency_key="k") for _ in range(2))
    assert first.content == second.content
    assert Delivery.objects.filter(kind="invitation").count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"email": "agent@demo.test"}, "email"),
        ({"email": "nobody"}, "email"),
        ({"role": "king"}, "role"),
        ({"zone": "Mars/Base"}, "zone"),
        ({"language": "xx"}, "language"),
        ({"teams": ["none"]}, "teams"),
        ({"name": ""}, "name"),
        ({"active": False}, "active"),
        ({"password": "secret"}, "password"),
    ],
)
def test_bad_input_names_its_field_and_nobody_is_made(api, administrator, agent, more, field):
    answer = api(administrator).post("people/", NEW | more)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not User.objects.filter(name="Grace Lam").exists()


def test_role_and_team_change_and_what_is_not_named_stays(api, administrator, agent, power):
    body = api(administrator).patch(f"people/{agent.pk}/", {"role": "lead", "teams": []}).json()
    assert (body["role"], body["teams"], body["name"]) == ("lead", [], "Agent")


def test_a_customer_is_in_no_team(api, administrator, agent, alice, power):
    rest = api(administrator)
    refused = [
        rest.post("people/", {**NEW, "role": "customer", "teams": ["power"]}),
        rest.patch(f"people/{alice.pk}/", {"teams": ["power"]}),
        rest.patch(f"people/{agent.pk}/", {"role": "customer"}),
    ]
    assert [(answer.status_code, list(answer.json()["errors"])) for answer in refused] == [(400, ["teams"])] * 3
    assert not User.objects.filter(name="Grace Lam").exists()
    changed = rest.patch(f"people/{agent.pk}/", {"role": "customer", "teams": []})
    assert (changed.status_code, changed.json()["teams"]) == (200, [])


def test_a_closed_account_has_no_keys_left_and_opens_again(api, administrator, agent):
    key = api(agent)
    where = f"people/{agent.pk}/"
    assert api(administrator).patch(where, {"active": False}).json()["active"] is False
    assert key.get("me/").status_code == 401
    assert not ApiKey.objects.filter(user=agent, revoked_at=None).exists()
    assert api(administrator).post(f"{where}invitation/", {}).status_code == 409
    assert api(administrator).patch(where, {"active": True}).json()["active"] is True


def test_nobody_locks_everybody_out(api, administrator):
    where = f"people/{administrator.pk}/"
    assert api(administrator).patch(where, {"role": "agent"}).status_code == 409
    assert api(administrator).patch(where, {"name": "New", "active": False}).status_code == 409
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active, administrator.name) == ("administrator", True, "Admin")


def test_a_change_needs_the_version_that_was_read(api, administrator, agent):
    rest, where = api(administrator), f"people/{agent.pk}/"
    tag = rest.get(where)["ETag"]
    assert rest.patch(where, {"phone": "+852 1"}, if_match=tag).status_code == 200
    assert rest.patch(where, {"phone": "+852 2"}, if_match=tag).status_code == 412
    assert User.objects.get(pk=agent.pk).phone == "+852 1"


def test_leads_read_the_directory_and_narrow_it(api, lead, agent, alice, power):
    def names(query):
        return [row["name"] for row in api(lead).get(f"people/?{query}").json()["results"]]

    assert names("role=agent,customer") == ["Agent", "Alice"]
    assert names("team=power") == names("email=AGENT@demo.test") == names("q=agent") == ["Agent"]
    assert names("active=false") == []
    assert api(lead).get(f"people/{agent.pk}/").json()["teams"] == ["power"]
    assert api(lead).get("people/?surprise=1").status_code == 400


@pytest.mark.parametrize(("role", "foreign"), [("agent", 403), ("engineer", 403), ("alice", 404)])
def test_for_others_people_are_refused_or_missing(api, request, lead, role, foreign):
    person = request.getfixturevalue(role)
    rest = api(person)
    assert rest.get("people/").status_code == 403
    assert rest.post("people/", NEW).status_code == 403
    assert rest.get(f"people/{lead.pk}/").status_code == foreign
    assert rest.patch(f"people/{lead.pk}/", {"role": "agent"}).status_code == foreign
    assert rest.patch(f"people/{person.pk}/", {"role": "administrator"}).status_code == 403
    assert rest.post(f"people/{lead.pk}/invitation/", {}).status_code == foreign
    assert rest.get("people/999999/").status_code == 404
    assert User.objects.get(pk=lead.pk).role == "lead"


def test_leads_change_nobody(api, lead, agent):
    assert api(lead).post("people/", NEW).status_code == 403
    assert api(lead).patch(f"people/{agent.pk}/", {"name": "Mine"}).status_code == 403


@pytest.mark.parametrize("role", ["agent", "alice"])
def test_everybody_learns_who_he_is_and_sets_what_is_his(api, request, role):
    person = request.getfixturevalue(role)
    rest = api(person)
    body = rest.get("me/").json()
    assert (body["email"], body["role"], body["scopes"]) == (person.email, person.role, ["read", "write"])
    changed = rest.patch("me/", {"language": "th", "zone": "Asia/Bangkok", "name": "Ich"}).json()
    assert (changed["language"], changed["zone"], changed["name"]) == ("th", "Asia/Bangkok", "Ich")
    for field, value in {"role": "administrator", "email": "x@y.test", "zone": "Mars", "name": ""}.items():
        answer = rest.patch("me/", {field: value})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    person.refresh_from_db()
    assert (person.language, person.zone) == ("th", "Asia/Bangkok")
    assert person.role == body["role"]


def test_a_key_that_only_reads_changes_nothing_of_oneself(api, agent, client):
    rest = api(agent, scopes=("read",))
    assert rest.get("me/").json()["scopes"] == ["read"]
    assert rest.patch("me/", {"name": "Mine"}).status_code == 403
    assert client.get("/api/v1/me/").status_code == 401


def test_managers_keep_teams_and_agents_read_them(api, manager, agent, lead, alice, power):
    rest = api(manager)
    made = rest.post("teams/", {"code": "field", "name": "Field", "lead": "LEAD@demo.test", "members": [agent.email]})
    assert (made.status_code, made.json()["lead"], made.json()["members"]) == (201, lead.email, [agent.email])
    assert rest.patch("teams/field/", {"lead": None, "members": []}).json()["members"] == []
    assert rest.patch("teams/field/", {"name": "X"}, if_match=made["ETag"]).status_code == 412
    assert list(rest.patch("teams/field/", {"members": [alice.email]}).json()["errors"]) == ["members"]
    assert list(rest.post("teams/", {"code": "power", "name": "P"}).json()["errors"]) == ["code"]
    assert [team["code"] for team in api(agent).get("teams/").json()["results"]] == ["field", "power"]
    assert api(agent).get("teams/power/").json()["members"] == [agent.email]
    assert api(agent).patch("teams/power/", {"name": "Mine"}).status_code == 403
    assert (api(alice).get("teams/").status_code, api(alice).get("teams/power/").status_code) == (403, 403)
    assert rest.get("teams/none/").status_code == 404
