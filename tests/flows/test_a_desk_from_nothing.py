"""From an empty desk to a promised deadline without a shell: every step through the real forms."""

import re

import pytest
from django.test import Client

from accounts.models import User
from customers.models import Equipment, Site
from servicedesk.launch import setup_word
from tests.flows import reporting

pytestmark = pytest.mark.django_db
PASSWORD = "lantern-harbour-27"
PERSON = {"language": "en", "zone": "Asia/Shanghai", "phone": ""}


def invited(admin, name, role):
    """Invited by the administrator; chooses a password by the link; signs in as everybody does."""
    email = f"{name.lower()}@nova.test"
    admin.post("/settings/people/new/", {**PERSON, "name": name, "email": email, "role": role})
    user = User.objects.get(email=email)
    page = admin.post(f"/settings/people/{user.pk}/act/", {"act": "show_link"}).content.decode()
    link = re.search(r'id="password-link">https?://[^/]+([^<]+)<', page)[1]
    browser = Client()
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    browser.post("/account/sign-in/", {"login": email, "password": PASSWORD})
    return browser, user


def test_the_first_fault_of_a_new_desk_has_the_right_deadlines(client, tmp_path, settings):
    settings.STATE_DIR = tmp_path
    first = {**PERSON, "name": "Ada", "email": "ada@nova.test", "password": PASSWORD}
    client.post("/setup/", {**first, "word": setup_word.make(tmp_path)})
    client.post("/customers/new/", {"name": "Nova", "code": "nova", "language": "en"})
    site = {"name": "Works", "code": "works", "address": "", "zone": "Asia/Shanghai", "country": "CN"}
    client.post("/customers/nova/sites/new/", {**site, "travel_minutes": "30"})
    unit = {"serial_number": "N-1", "new_product": "Server", "site": Site.objects.get().pk, "warranty_from": "delivery"}
    client.post("/customers/nova/units/new/", unit)
    contract = {"number": "C-1", "scheme_code": "infrastructure", "starts_on": "2020-01-01"}
    client.post("/customers/nova/contracts/new/", contract)
    agent, _user = invited(client, "Kit", "agent")
    customer, grace = invited(client, "Grace", "customer")
    client.post("/customers/nova/people/add/", {"email": grace.email, "site": ""})

    reporting.by_customer(customer, Equipment.objects.get(), level="1")

    ticket = reporting.reported()
    assert (ticket.scheme_code, ticket.reporter) == ("infrastructure", grace)
    page = agent.get(f"/tickets/{ticket.reference}/").content.decode()
    assert "C-1" in page
    due = {clock.target: (clock.due_at - clock.started_at).total_seconds() / 60 for clock in ticket.clocks.all()}
    assert due["respond"] == 15
    assert "Grace" in page
    assert "First steps" in client.get("/settings/").content.decode()  # the mail test is still open
