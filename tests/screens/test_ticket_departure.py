"""Who goes: asked where the desk writes a departure down, so that the customer reads a name."""

import pytest
from django.utils import timezone

from accounts.actors import Actor
from tests.screens.conftest import happen
from tickets import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, lead):
    client.force_login(lead)
    return client


def form(desk, case):
    page = desk.get(f"{case.get_absolute_url()}?act=departed").content.decode()
    return page.split('id="act"')[1].split("</section>")[0]


def test_the_desk_says_who_goes_and_the_customer_reads_the_name(desk, page, alice, case, lead, engineer):
    happen(case, lead, "responded")
    desk.force_login(lead)
    assert f'<option value="{engineer.pk}">Engineer</option>' in form(desk, case)
    address = f"{case.get_absolute_url()}events/"
    assert desk.post(address, {"type": "departed", "engineer": engineer.pk}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("on_the_way", engineer)
    desk.force_login(alice)
    assert "Engineer set out at 10:00 today and is on the way to you." in page()


def test_an_engineer_who_owns_it_is_the_one_who_goes_unless_another_is_chosen(desk, case, lead, engineer):
    services.assign(ticket=case, assignee=engineer, by=Actor(user=lead), now=timezone.now())
    assert f'<option value="{engineer.pk}" selected>Engineer</option>' in form(desk, case)
    desk.post(f"{case.get_absolute_url()}events/", {"type": "departed", "engineer": engineer.pk})
    assert case.events.filter(type="assigned").count() == 1


def test_one_press_is_taken_back_whole_and_nobody_need_be_named(desk, case, engineer):
    address = f"{case.get_absolute_url()}events/"
    said = desk.post(address, {"type": "departed", "engineer": engineer.pk}, follow=True).content.decode()
    undo = said.split('action="')[1:]
    desk.post(next(part.split('"')[0] for part in undo if "/undo/" in part.split('"')[0]))
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("new", None)
    assert desk.post(address, {"type": "departed"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.assignee) == ("on_the_way", None)


def test_only_an_engineer_can_be_named_and_one_who_goes_himself_is_not_asked(desk, client, case, lead, engineer):
    refused = desk.post(f"{case.get_absolute_url()}events/", {"type": "departed", "engineer": lead.pk})
    assert refused.status_code == 400
    assert not case.events.filter(type__in=["departed", "assigned"]).exists()
    client.force_login(engineer)
    assert 'name="engineer"' not in form(client, case)
