"""The frame around every page: what it counts, what it costs, and that it holds without Redis."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from accounts.models import User
from notifications.models import Notice
from servicedesk import live
from servicedesk.context import Shell


def shell_for(user: object, path: str = "/tickets/SD-1/") -> Shell:
    request = RequestFactory().get(path)
    request.user = user  # type: ignore[assignment]
    return Shell(request)


def test_navigation_marks_where_we_are(agent):
    assert [item.label for item in shell_for(agent).nav if item.is_current] == ["Tickets"]


def test_phone_reaches_everything_the_sidebar_has(agent):
    shell = shell_for(agent)
    assert shell.tabs + shell.more == shell.nav


def test_staff_frame_costs_at_most_three_queries(agent, django_assert_max_num_queries):
    shell = shell_for(agent)
    with django_assert_max_num_queries(3):  # the saved views, the counts of all views, the unread notices
        assert shell.nav
        assert shell.unread == 0


def test_frame_costs_nothing_until_a_template_asks(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        shell = shell_for(User(name="Grace Lam", role="customer"))
        assert shell.is_customer
        assert shell.languages[1].tag == "zh-Hans"


@pytest.mark.parametrize(("theme", "shown"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><b>', "")])
def test_theme_is_pinned_only_to_what_the_design_has(theme, shown):
    assert shell_for(User(theme=theme)).theme == shown


def test_guest_has_no_person():
    shell = shell_for(AnonymousUser())
    assert (shell.is_signed_in, shell.person.name, shell.due_next) == (False, "", 0)


def test_page_says_so_when_live_updates_are_off(settings, monkeypatch):
    monkeypatch.setattr(live, "_last", (float("-inf"), False))
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert shell_for(AnonymousUser()).live.is_on is False


def test_bell_counts_what_the_person_has_not_read(agent, lead, ticket):
    event = ticket.events.first()
    Notice.objects.create(user=agent, ticket=ticket, event=event, kind="received", created_at=event.recorded_at)
    assert shell_for(agent).unread == 1
    assert shell_for(lead).unread == 0
