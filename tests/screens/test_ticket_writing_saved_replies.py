"""Saved replies: one's own, a team's, everybody's; chosen in the composer with the placeholders filled in."""

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import Team
from tickets import services
from tickets.models import SavedReply


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def keep(who, title, **more):
    return services.keep_saved_reply(
        title=title, body="Dear {customer}, {number} is done. {agent}", by=Actor(who), **more
    )


def menu(client, ticket, query=""):
    return client.get(f"{ticket.get_absolute_url()}saved-replies/?q={query}", headers={"HX-Request": "true"})


def test_the_menu_holds_own_team_and_common_ones_filled_in(desk, report, agent, lead, alice):
    ticket = report(reporter=alice)
    team = Team.objects.create(code="core", name="Core")
    other = Team.objects.create(code="other", name="Other")
    team.members.add(agent)
    keep(agent, "Mine")
    keep(lead, "Private of lead")
    keep(lead, "Of my team", team=team)
    keep(lead, "Of another team", team=other)
    keep(lead, "Of all", is_own=False)
    page = menu(desk, ticket).content.decode()
    assert [title for title in ("Mine", "Of my team", "Of all") if title in page] == ["Mine", "Of my team", "Of all"]
    assert "Private of lead" not in page
    assert "Of another team" not in page
    assert f"Dear Alice, {ticket.reference} is done. Agent" in page
    assert "Mine" not in menu(desk, ticket, "team").content.decode()


def test_without_script_a_link_puts_the_text_into_the_composer(desk, ticket, agent):
    row = keep(agent, "Mine")
    page = desk.get(f"{ticket.get_absolute_url()}saved-replies/").content.decode()
    assert f"?write=reply&amp;saved={row.pk}#composer-body" in page
    composer = desk.get(f"{ticket.get_absolute_url()}?write=reply&saved={row.pk}").content.decode()
    assert f"{ticket.reference} is done. Agent</textarea>" in composer
    for junk in ("x", "99999999999999", "-1", "²"):
        assert desk.get(f"{ticket.get_absolute_url()}?saved={junk}").status_code == 200


def test_they_are_kept_changed_and_removed_on_a_page_of_their_own(desk):
    desk.post("/saved-replies/", {"title": "Site permit", "body": "We need a permit", "shared": "own"})
    row = SavedReply.objects.get()
    desk.post(f"/saved-replies/{row.pk}/", {"title": "Permit", "body": "We need one", "shared": "own"})
    assert SavedReply.objects.get().title == "Permit"
    assert "Permit" in desk.get("/saved-replies/").content.decode()
    desk.post(f"/saved-replies/{row.pk}/remove/")
    assert not SavedReply.objects.exists()


def test_what_many_use_only_leads_write(desk, client, agent, lead):
    data = {"title": "For all", "body": "Text", "shared": "all"}
    assert desk.post("/saved-replies/", data).status_code == 400
    row = keep(lead, "Of all", is_own=False)
    assert desk.post(f"/saved-replies/{row.pk}/remove/").status_code == 403
    client.force_login(lead)
    assert client.post("/saved-replies/", data).status_code == 302
    own = keep(agent, "Mine")
    assert client.post(f"/saved-replies/{own.pk}/remove/").status_code == 404


@pytest.mark.parametrize("data", [{}, {"title": "x" * 81, "body": "y", "shared": "own"}, {"title": "a\0", "body": "b"}])
def test_bad_input_stands_beside_its_field(desk, data):
    assert desk.post("/saved-replies/", data).status_code == 400
    assert desk.get("/saved-replies/999/").status_code == 404
