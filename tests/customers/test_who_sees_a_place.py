"""Who of a customer sees a place, asked from the place: the same people as asked from each of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from customers.models import Membership, Site
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(acme):
    """Sees all of Acme, and one of its sites a second time."""
    user = person("hedda", Role.CUSTOMER)
    for site in (None, acme.hq):
        Membership.objects.create(user=user, organisation=acme.organisation, site=site)
    return user


def test_both_ends_agree(acme, borealis, alice, bob, carol, head):
    places = [(site.organisation_id, site.pk) for site in Site.objects.all()]
    found = Membership.objects.people_at(places)
    for _organisation, site in places:
        sees = {user.pk for user in User.objects.all() if Site.objects.visible_to(user).filter(pk=site).exists()}
        assert set(found[_organisation, site]) == sees & {alice.pk, bob.pk, carol.pk, head.pk}
    assert found[acme.organisation.pk, acme.hq.pk] == [alice.pk, head.pk]  # by name, each once


def test_what_is_the_whole_organisations_is_seen_by_those_of_all_of_it(acme, alice, head):
    whole, nowhere = (acme.organisation.pk, None), (None, None)
    found = Membership.objects.people_at([whole, nowhere])
    assert (found[whole], found[nowhere]) == ([head.pk], [])


def test_closed_accounts_are_left_out(acme, alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    place = (acme.organisation.pk, acme.hq.pk)
    assert Membership.objects.people_at([place])[place] == []


def test_one_statement_however_many_places(acme, borealis, alice):
    places = [(site.organisation_id, site.pk) for site in Site.objects.all()]
    with CaptureQueriesContext(connection) as asked:
        Membership.objects.people_at(places)
    assert len(asked) == 1
