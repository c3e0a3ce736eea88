"""`manage.py demo` refuses where it must; on its own world it goes on (see test_demo_world)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from customers.models import Organisation

pytestmark = pytest.mark.django_db


def run():
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_it_is_refused_outside_debug(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        run()
    assert not User.objects.exists()


def test_it_is_refused_where_something_else_is(settings):
    settings.DEBUG = True
    Organisation.objects.create(code="ours", name="Ours")
    with pytest.raises(CommandError, match="other data"):
        run()
    assert not User.objects.exists()
