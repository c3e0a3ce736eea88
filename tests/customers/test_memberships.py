"""What a customer's person sees is given and taken on his own page, as a whole organisation or one site."""

import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def guest(db):
    return User.objects.create_user("eva@example.test", name="Eva", role="customer")


def test_a_site_and_an_organisation_are_added_and_removed(admin, acme, borealis, guest):
    add = f"/customers/memberships/of/{guest.pk}/add/"
    admin.post(add, {"place": f"s-{acme.hq.pk}"})
    page = admin.post(add, {"place": f"o-{borealis.organisation.pk}"}, follow=True).content.decode()
    assert "Eva sees the tickets of Borealis" in page
    assert {(m.organisation.code, m.site) for m in guest.memberships.all()} == {("acme", acme.hq), ("borealis", None)}
    first = guest.memberships.get(site=acme.hq)
    answer = admin.post(f"/customers/memberships/{first.pk}/remove/", {"person": guest.pk})
    assert answer["Location"] == f"/settings/people/{guest.pk}/#places"
    assert guest.memberships.count() == 1


@pytest.mark.parametrize("place", ["", "x", "s-", "s-999999", "o-" + "9" * 30, "s-\0"])
def test_a_place_that_is_none_is_said(admin, guest, place):
    page = admin.post(f"/customers/memberships/of/{guest.pk}/add/", {"place": place}, follow=True).content.decode()
    assert "Choose a customer or a site." in page
    assert not guest.memberships.exists()


def test_staff_belong_to_no_customer(admin, acme, agent):
    page = admin.post(f"/customers/memberships/of/{agent.pk}/add/", {"place": f"s-{acme.hq.pk}"}, follow=True)
    assert "Staff see every ticket" in page.content.decode()


NEW = {"name": "Eva", "email": "eva@example.test", "role": "agent", "language": "en", "zone": "", "phone": ""}


@pytest.mark.parametrize("is_one_site", [False, True])
def test_who_is_invited_from_a_customer_belongs_to_it_at_once(admin, acme, is_one_site):
    site = acme.hq if is_one_site else None
    address = f"/settings/people/new/?role=customer&place=acme&email=eva%40example.test&site={site.pk if site else ''}"
    form = admin.get(address).content.decode()
    assert 'value="eva@example.test"' in form
    assert 'name="teams"' not in form
    assert (f'<option value="{acme.hq.pk}" selected' in form) == is_one_site
    admin.post(address, {**NEW, "site": site.pk if site else ""})
    eva = User.objects.get(email="eva@example.test")
    assert eva.role == "customer"
    assert [(m.organisation, m.site) for m in eva.memberships.all()] == [(acme.organisation, site)]
