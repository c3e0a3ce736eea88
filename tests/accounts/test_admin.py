"""What an administrator can do in /admin/, and what nobody can."""

from datetime import UTC, datetime

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from sla.models import CalendarOverride, SchemeVersion, Trouble
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db
OURS = {"accounts", "customers", "tickets", "sla", "notifications"}
MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in OURS), key=lambda model: model._meta.label
)


@pytest.fixture
def browser(client, administrator):
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_list_opens_and_searches(browser, ticket, model):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert browser.get(address).status_code == 200
    assert browser.get(address, {"q": "20001 x"}).status_code in (200, 302)


@pytest.mark.parametrize("who", ["agent", "manager", "alice"])
def test_it_is_for_administrators(client, who, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get("/admin/").status_code == 302


def test_a_new_person_signs_in_with_the_password_given(browser, client):
    answers = {
        "email": "New.Person@demo.test", "name": "New", "role": "agent", "usable_password": "true",
        "password1": "a good long one", "password2": "a good long one",
    }  # fmt: skip
    browser.post("/admin/accounts/user/add/", answers)
    person = User.objects.get(name="New")
    assert person.email == "new.person@demo.test"
    assert person.check_password("a good long one")


def test_the_same_address_in_another_case_is_an_error(browser, alice):
    answers = {"email": "ALICE@demo.test", "name": "Twin", "role": "agent", "usable_password": "false"}
    page = browser.post("/admin/accounts/user/add/", answers)
    assert "There is a person with this address already" in page.content.decode()


def test_editing_a_person_does_not_touch_the_password(browser, alice):
    answers = {"email": alice.email, "name": "Alice B", "role": "customer", "is_active": "on", "language": "en"}
    browser.post(f"/admin/accounts/user/{alice.pk}/change/", answers)
    alice.refresh_from_db()
    assert alice.name == "Alice B"
    assert alice.check_password("correct horse")


def test_the_log_and_the_schemes_cannot_be_changed(browser, ticket):
    event, scheme = TicketEvent.objects.first(), SchemeVersion.objects.first()
    for address in (
        f"/admin/tickets/ticketevent/{event.pk}/change/",
        f"/admin/tickets/ticket/{ticket.pk}/change/",
        f"/admin/sla/schemeversion/{scheme.pk}/change/",
    ):
        assert browser.get(address).status_code == 200
        assert browser.post(address, {}).status_code == 403


def test_an_override_of_a_day_is_written(browser):
    answers = {"country": "CN", "day": "2026-12-24", "status": "closed", "name": "Typhoon"}
    browser.post("/admin/sla/calendaroverride/add/", answers)
    assert CalendarOverride.objects.get().status == "closed"


def test_a_ticket_set_aside_is_retried(browser, ticket):
    now = datetime.now(UTC)
    trouble = Trouble.objects.create(ticket=ticket, since_at=now, retry_at=now, error="was broken")
    page = browser.post(
        "/admin/sla/trouble/", {"action": "retry", "_selected_action": [trouble.pk]}, follow=True
    ).content.decode()
    assert "1 ticket is up to date again" in page
    assert not Trouble.objects.exists()


@pytest.mark.parametrize(("chosen", "is_kept"), [(["software"], True), ([], True), (["sofware"], False)])
def test_a_contract_names_only_categories_that_tickets_have(browser, cathay, chosen, is_kept):
    contract = cathay.contracts[1]
    address = reverse("admin:customers_contract_change", args=[contract.pk])
    data = {"organisation": contract.organisation_id, "number": "C-9", "scheme_code": "hardware"}
    answer = browser.post(address, data | {"starts_on": "2024-01-01", "categories": chosen})
    contract.refresh_from_db()
    assert (answer.status_code, contract.number) == ((302, "C-9") if is_kept else (200, "C-cathay-hardware"))
    assert contract.categories == (chosen if is_kept else [])
