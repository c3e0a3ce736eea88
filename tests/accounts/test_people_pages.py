"""Administrators look after people without a shell: invite, change, close; and nobody locks everybody out."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.actors import SYSTEM
from accounts.models import Duty, Team, User
from common.errors import Illegal
from notifications.models import Delivery
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
NEW = {"name": "Grace Lam", "email": "Grace@Example.test", "role": "agent", "language": "en", "zone": "", "phone": ""}


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def edited(admin, user, **changes):
    """The form of the person, as it is drawn now, with changes."""
    page = admin.get(f"/settings/people/{user.pk}/").context["form"]
    values = {name: page[name].value() or "" for name in ("name", "email", "role", "language", "zone", "phone", "seen")}
    return {**values, "teams": [str(team.pk) for team in user.teams.all()], **changes}


def test_an_invited_person_chooses_a_password_by_the_link_and_signs_in(admin, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    said = admin.post("/settings/people/new/", NEW, follow=True).content.decode()
    assert "Invited. The link is on its way by mail." in said
    user = User.objects.get(email="grace@example.test")
    assert Delivery.objects.get(user=user).kind == "invitation"
    page = admin.post(f"/settings/people/{user.pk}/act/", {"act": "show_link"})
    link = re.search(r'id="password-link">([^<]+)<', page.content.decode())[1]
    guest = Client()
    form = guest.get("/" + link.split("/", 3)[3], follow=True)
    guest.post(form.request["PATH_INFO"], {"password1": "lantern-harbour-27", "password2": "lantern-harbour-27"})
    assert guest.login(email="grace@example.test", password="lantern-harbour-27")
    assert link not in admin.get(f"/settings/people/{user.pk}/").content.decode()


def test_where_mail_is_not_set_up_the_link_is_handed_over(admin):
    form = admin.get("/settings/people/new/").content.decode()
    assert "you get the link to choose a password, and hand it over" in form
    assert "send the link" not in form
    page = admin.post("/settings/people/new/", NEW, follow=True).content.decode()
    assert "on its way" not in page
    assert "The account is ready. Mail is not set up here, so hand the link over yourself." in page
    assert 'href="/settings/mail/"' in page
    assert 'value="show_link"' in page
    assert 'value="send_link"' not in page


def test_an_address_is_unique_in_any_case(admin, agent):
    answer = admin.post("/settings/people/new/", {**NEW, "email": "AGENT@demo.test"})
    assert answer.status_code == 400
    assert "There is a person with this address already." in answer.content.decode()


def test_changes_of_two_to_different_fields_are_both_kept(admin, agent, administrator):
    form = edited(admin, agent, name="Kit Lau")
    User.objects.filter(pk=agent.pk).update(phone="+852 5550")
    admin.post(f"/settings/people/{agent.pk}/", form)
    agent.refresh_from_db()
    assert (agent.name, agent.phone) == ("Kit Lau", "+852 5550")


def test_changes_of_two_to_one_field_show_both_and_let_choose(admin, agent):
    form = edited(admin, agent, name="Mine")
    User.objects.filter(pk=agent.pk).update(name="Theirs")
    answer = admin.post(f"/settings/people/{agent.pk}/", form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert 'value="Mine"' in page
    seen = answer.context["form"]["seen"].value()
    admin.post(f"/settings/people/{agent.pk}/", {**form, "seen": seen, "take_name": "theirs"})
    agent.refresh_from_db()
    assert agent.name == "Theirs"
    admin.post(f"/settings/people/{agent.pk}/", {**form, "seen": seen, "take_name": "mine"})
    agent.refresh_from_db()
    assert agent.name == "Mine"


def test_the_history_names_who_changed_what(admin, agent):
    admin.post(f"/settings/people/{agent.pk}/", edited(admin, agent, name="Kit Lau", role="lead"))
    entry = LogEntry.objects.get()
    assert entry.user.email == "admin@demo.test"
    page = admin.get(f"/settings/people/{agent.pk}/").content.decode()
    assert "<del>Agent</del>" in page
    assert "<ins>Kit Lau</ins>" in page


def test_teams_are_set_on_the_person(admin, agent):
    team = Team.objects.create(code="desk", name="Desk")
    admin.post(f"/settings/people/{agent.pk}/", edited(admin, agent, teams=[str(team.pk)]))
    assert list(agent.teams.all()) == [team]


def test_a_customer_is_in_no_team_whatever_was_ticked(admin):
    team = Team.objects.create(code="desk", name="Desk")
    assert "For the staff. A customer is in no team." in admin.get("/settings/people/new/").content.decode()
    ticked = {**NEW, "role": "customer", "teams": [str(team.pk)]}
    page = admin.post("/settings/people/new/", ticked, follow=True).content.decode()
    user = User.objects.get(email="grace@example.test")
    assert (user.role, list(user.teams.all())) == ("customer", [])
    assert "A customer is in no team. The ticked teams were left out." in page


def test_who_becomes_a_customer_leaves_his_teams(admin, agent):
    agent.teams.add(Team.objects.create(code="desk", name="Desk"))
    admin.post(f"/settings/people/{agent.pk}/", edited(admin, agent, role="customer"))
    agent.refresh_from_db()
    assert (agent.role, list(agent.teams.all())) == ("customer", [])


def test_closing_ends_sessions_and_keys_for_good(admin, agent):
    theirs = Client()
    theirs.force_login(agent)
    services.create_key(user=agent, name="x", by=SYSTEM, now=timezone.now())
    admin.post(f"/settings/people/{agent.pk}/act/", {"act": "deactivate"})
    admin.post(f"/settings/people/{agent.pk}/act/", {"act": "reactivate"})
    assert theirs.get("/tickets/").status_code == 302
    assert agent.api_keys.get().revoked_at is not None
    assert User.objects.get(pk=agent.pk).is_active


def test_nobody_closes_or_demotes_himself(admin, administrator):
    admin.post(f"/settings/people/{administrator.pk}/act/", {"act": "deactivate"})
    answer = admin.post(f"/settings/people/{administrator.pk}/", edited(admin, administrator, role="agent"))
    administrator.refresh_from_db()
    assert answer.status_code == 409
    assert (administrator.is_active, administrator.role) == (True, "administrator")


def test_the_last_administrator_stays(administrator):
    with pytest.raises(Illegal):
        services.deactivate(user=administrator, by=SYSTEM, now=timezone.now())


def test_open_tickets_are_handed_over_each_with_its_entry(admin, agent, lead, report):
    ticket = report(assignee=agent)
    admin.post(f"/settings/people/{agent.pk}/act/", {"act": "deactivate"})
    admin.post(f"/settings/people/{agent.pk}/hand-over/", {"to": str(lead.pk)})
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert ticket.assignee == lead
    assert ticket.events.filter(type="assigned", user__email="admin@demo.test").exists()


@pytest.mark.parametrize("to", ["", "x", "²", "9" * 30, "-1"])
def test_handing_over_to_nobody_is_refused(admin, agent, to):
    assert admin.post(f"/settings/people/{agent.pk}/hand-over/", {"to": to}).status_code == 302


@pytest.mark.parametrize("address", ["/settings/people/new/", "/settings/teams/new/"])
@pytest.mark.parametrize("role", ["agent", "lead", "alice"])
def test_others_do_not_manage_people(client, request, role, address):
    client.force_login(request.getfixturevalue(role))
    assert client.get(address).status_code == 403
    assert client.post(address, NEW).status_code == 403


def test_a_lead_sees_people_and_keeps_the_duty_list(client, lead, agent):
    client.force_login(lead)
    assert client.get("/settings/people/").status_code == 200
    assert client.get(f"/settings/people/{agent.pk}/").status_code == 200
    duty = {"code": "local_manager", "user": agent.pk, "starts_at": "2026-11-27T18:00", "ends_at": "2026-11-28T08:00"}
    assert client.post("/settings/duties/new/", duty).status_code == 302
    assert Duty.objects.get().code == "local_manager"


@pytest.mark.parametrize("seen", ["", "x", "[]", "null", '{"name": 5}'])
def test_a_form_without_what_was_seen_is_refused_or_a_clash(admin, agent, seen):
    answer = admin.post(f"/settings/people/{agent.pk}/", {**edited(admin, agent, name="New"), "seen": seen})
    assert answer.status_code in {400, 409}
    assert User.objects.get(pk=agent.pk).name == "Agent"


@pytest.mark.parametrize(
    "query", ["?q=%F0%9F%90%B8", "?role=king", "?page=x", "?state=closed", "?state=all&q=a+b+c+d+e+f+g+h"]
)
def test_any_filter_answers(admin, query):
    assert admin.get(f"/settings/people/{query}").status_code == 200
