"""API keys: made once, known by their hash, limited by scope, expiry and revocation."""

import hashlib
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import services
from accounts.actors import SYSTEM, Actor
from accounts.models import ApiKey
from common.errors import Forbidden, Invalid
from tests.api.conftest import FAULT, api  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db


def make(user, **options):
    return services.create_key(user=user, name="test", by=SYSTEM, now=timezone.now(), **options)


def test_only_the_hash_is_stored(agent):
    key, text = make(agent)
    assert text.startswith("sd_")
    assert len(text) == 3 + 43
    key.refresh_from_db()
    assert key.digest == hashlib.sha256(text.encode()).hexdigest()
    assert text.startswith(key.prefix)
    assert text not in str(vars(key))


def test_the_command_prints_the_key_alone_and_it_works(agent, client):
    out = StringIO()
    call_command("api_key", "AGENT@demo.test", "--name", "robot", stdout=out)
    (text,) = out.getvalue().splitlines()
    assert client.get("/api/v1/tickets/", headers={"authorization": f"Bearer {text}"}).status_code == 200
    assert ApiKey.objects.get().name == "robot"


def test_the_command_knows_only_active_people(agent):
    agent.is_active = False
    agent.save()
    for email in (agent.email, "nobody@demo.test"):
        with pytest.raises(CommandError):
            call_command("api_key", email, "--name", "x")


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer nonsense", "Bearer sd_" + "x" * 43, "Bearer " + "x" * 5000,
     "Basic YTpi", "Bearer \xff", "sd_x"],
)  # fmt: skip
def test_without_a_known_key_the_answer_is_401_with_a_challenge(agent, client, header):
    answer = client.get("/api/v1/tickets/", headers={"authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


def test_revoked_expired_and_inactive_are_refused(agent, client):
    key, text = make(agent, expires_at=timezone.now() + timedelta(hours=1))
    headers = {"authorization": f"Bearer {text}"}
    assert client.get("/api/v1/", headers=headers).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert client.get("/api/v1/", headers=headers).status_code == 401
    services.revoke_key(key=key, by=SYSTEM, now=timezone.now())
    assert client.get("/api/v1/", headers=headers).status_code == 401
    _key, text = make(agent)
    agent.is_active = False
    agent.save()
    assert client.get("/api/v1/", headers={"authorization": f"Bearer {text}"}).status_code == 401


def test_scopes_limit_the_method(agent, acme, api):  # noqa: F811
    reader, writer = api(agent, ("read",)), api(agent, ("write",))
    assert (reader.get("tickets/").status_code, reader.post("tickets/", FAULT).status_code) == (200, 403)
    assert (writer.get("tickets/").status_code, writer.post("tickets/", FAULT).status_code) == (403, 201)


def test_use_is_noted_at_most_once_a_minute(agent, client):
    key, text = make(agent)
    start = timezone.now()
    noted = []
    for seconds in (0, 30, 61):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            client.get("/api/v1/", headers={"authorization": f"Bearer {text}"})
        key.refresh_from_db()
        noted.append(key.last_used_at - start)
    assert [n.total_seconds() for n in noted] == [0, 0, 61]


def test_people_list_make_and_revoke_their_own(agent, lead, api):  # noqa: F811
    client = api(agent)
    made = client.post("keys/", {"name": "mine", "scopes": ["read"]})
    assert made.status_code == 201
    assert made.json()["key"].startswith("sd_")
    listed = client.get("keys/").json()["results"]
    assert {"mine", "test"} == {key["name"] for key in listed}
    assert all("key" not in key and "digest" not in key for key in listed)
    assert api(lead).delete(f"keys/{made.json()['id']}/").status_code == 404
    assert client.delete(f"keys/{made.json()['id']}/").status_code == 204
    fresh = {"authorization": f"Bearer {made.json()['key']}"}
    assert client.client.get("/api/v1/", headers=fresh).status_code == 401


def test_a_key_cannot_make_a_stronger_or_longer_one(agent):
    weak, _text = make(agent, scopes=("write",), expires_at=timezone.now() + timedelta(days=1))
    by = Actor(user=agent, key=weak)
    for scopes in (("read", "write"), ("write",)):
        with pytest.raises(Forbidden):
            services.create_key(user=agent, name="x", by=by, now=timezone.now(), scopes=scopes)


def test_nobody_makes_keys_for_others_but_an_administrator(agent, lead, administrator):
    with pytest.raises(Forbidden):
        services.create_key(user=agent, name="x", by=Actor(user=lead), now=timezone.now())
    assert services.create_key(user=agent, name="x", by=Actor(user=administrator), now=timezone.now())


@pytest.mark.parametrize(
    "options", [{"name": " "}, {"scopes": ()}, {"scopes": ("all",)}, {"expires_at": datetime(2020, 1, 1, tzinfo=UTC)}]
)
def test_a_key_needs_a_name_a_scope_and_a_future(agent, options):
    with pytest.raises(Invalid):
        services.create_key(**{"user": agent, "name": "x", "by": SYSTEM, "now": timezone.now(), **options})


def test_signed_in_people_need_no_key_but_the_csrf_token(agent, client):
    client.force_login(agent)
    assert client.get("/api/v1/tickets/").status_code == 200
    client.handler.enforce_csrf_checks = True
    assert client.post("/api/v1/tickets/", FAULT, content_type="application/json").status_code == 403
