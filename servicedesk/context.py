"""What every page's frame shows: navigation with counts, unread notices, live state, the person. Lazy and cheap.

Nothing is read until a template asks, and counts only where the staff sidebar is drawn: three queries at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import may
from accounts.roles import LEADS, Role
from common import languages
from inspections.models import CalendarFeed
from inspections.policies import TABLE as INSPECTIONS
from notifications.models import Notice
from servicedesk import live
from servicedesk.screens.queue import sidebar
from servicedesk.streams.words import words
from servicedesk.visits import feed as visit_feed
from sla.policies import TABLE

COUNT_CAP = 1000
BCP47 = languages.BCP47


@dataclass(frozen=True)
class NavItem:
    label: str
    address: str
    icon: str
    key: str = ""
    count: int = 0
    is_current: bool = False
    text: str = ""


@dataclass(frozen=True)
class Language:
    code: str
    tag: str
    name: str


@dataclass(frozen=True)
class Person:
    name: str
    role: str


@dataclass(frozen=True)
class LiveState:
    """As the page is drawn; afterwards the script keeps it."""

    is_on: bool
    updated: str
    zone: str
    words: Mapping[str, str]


class Shell:
    """One per request; every property is computed when a template first asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def _user(self) -> User | None:
        user = getattr(self._request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def is_signed_in(self) -> bool:
        return self._user is not None

    @property
    def is_customer(self) -> bool:
        return self._user is not None and self._user.role == Role.CUSTOMER

    @cached_property
    def person(self) -> Person:
        if self._user is None:
            return Person("", "")
        return Person(self._user.name or self._user.email, str(Role(self._user.role).label))

    @property
    def keeps_visits(self) -> bool:
        """Whether the phone keeps the person's next visits: an engineer's from any page, others' from those pages."""
        if self._user is None or not may(Actor(user=self._user), "inspection.work", INSPECTIONS):
            return False
        return self.is_engineer or self._request.path.startswith("/inspections/")

    @property
    def is_engineer(self) -> bool:
        return self._user is not None and self._user.role == Role.ENGINEER

    @property
    def theme(self) -> str:
        return self._user.theme if self._user and self._user.theme in {"light", "dark"} else ""

    @property
    def density(self) -> str:
        return self._user.density if self._user and self._user.density in {"compact", "roomy"} else ""

    @property
    def are_keys_off(self) -> bool:
        return self._user is not None and self._user.keys == "off"

    @cached_property
    def languages(self) -> list[Language]:
        return [Language(code, BCP47.get(code, code), str(name)) for code, name in settings.LANGUAGES]

    @cached_property
    def unread(self) -> int:
        if self._user is None:
            return 0
        return Notice.objects.visible_to(self._user).unread().order_by()[:COUNT_CAP].count()

    @cached_property
    def due_next(self) -> int:
        """What the first view of the queue holds, up to a cap: behind it nobody reads the figure."""
        if self._user is None:
            return 0
        counted = getattr(self._request, "due_next", None)  # the queue has counted its views already
        return counted if isinstance(counted, int) else self._beside.due_next

    @property
    def views(self) -> Any:
        return self._beside.views

    @property
    def saved_views(self) -> Any:
        return self._beside.saved

    @cached_property
    def _beside(self) -> sidebar.Beside:
        """Of which list a page is one ticket, it says itself (`list_query`)."""
        assert self._user is not None  # drawn for staff only
        return sidebar.beside(self._user, self.now, getattr(self._request, "list_query", None))

    @cached_property
    def nav(self) -> list[NavItem]:
        items = [
            self._item(_("Tickets"), "/tickets/", "ticket", "t", self.due_next),
            self._item(_("Inspections"), "/inspections/", "inspect", "i"),
            self._item(_("Spares"), "/spares/", "box", "s"),
            self._item(_("Planned work"), "/jobs/", "calendar"),
            *self._dashboards,
            self._item(_("SLA policies"), "/schemes/", "policy", "p"),
            self._item(_("Customers"), "/customers/", "site"),
        ]
        if self._user is not None and self._user.role in LEADS:
            items.append(self._item(_("Settings"), "/settings/", "users"))
        if self._user is not None and self._user.role == Role.ADMINISTRATOR:
            items.append(self._item(_("System"), "/status/", "sliders"))
        return items

    @property
    def _dashboards(self) -> list[NavItem]:
        """For those who may open them."""
        may_see = self._user is not None and may(Actor(user=self._user), "sla.see_attainment", TABLE)
        return [self._item(_("Dashboards"), "/dashboard/", "chart", "d")] if may_see else []

    @cached_property
    def settings(self) -> list[NavItem]:
        """The sections of the settings that this person may open."""
        rows = [
            ("/settings/people/", "user", _("People"), _("Who has an account, and what it may do.")),
            ("/settings/teams/", "users", _("Teams"), _("Who works together, and who leads.")),
            ("/settings/duties/", "calendar", _("Duty list"), _("Who is called when a clock runs out.")),
        ]
        if self._user is not None and self._user.role == Role.ADMINISTRATOR:
            rows += [
                ("/settings/products/", "box", _("Products"), _("What the units of your customers are.")),
                (
                    "/settings/mail/",
                    "reply",
                    _("Mail"),
                    _("The settings in force, a test, and what could not be sent."),
                ),
                ("/admin/", "sliders", _("Django admin"), _("Everything that has no page of its own.")),
            ]
        return [self._item(label, address, icon, text=text) for address, icon, label, text in rows]

    @property
    def tabs(self) -> list[NavItem]:
        """What fits on the phone; the rest is under More."""
        return self.nav[:3]

    @property
    def more(self) -> list[NavItem]:
        return self.nav[3:]

    @cached_property
    def now(self) -> datetime:
        """The server's time, from which the browser counts."""
        return timezone.now()  # noqa: TID251  the frame is part of the view

    @cached_property
    def live(self) -> LiveState:
        zone = timezone.get_current_timezone()
        return LiveState(live.is_on(), f"{self.now.astimezone(zone):%H:%M:%S}", str(zone), words())

    @property
    def notifications_address(self) -> str:
        return _address("notifications:list", "/notifications/")

    @property
    def sign_in_address(self) -> str:
        return _address("account_login", "/account/sign-in/")

    @property
    def sign_out_address(self) -> str:
        return _address("account_logout", "/account/sign-out/")

    @property
    def language_address(self) -> str:
        return _address("set_language", "/i18n/setlang/")

    @cached_property
    def calendar_feed(self) -> Mapping[str, Any] | None:
        """The address of the person's calendar, if he has one; for his account page."""
        row = CalendarFeed.objects.filter(user=self._user, is_active=True).first() if self._user else None
        return {"address": visit_feed.address_of(row), "shows_all": row.shows_all} if row else None

    @property
    def help_phone(self) -> str:
        return str(settings.HELP_PHONE)

    @property
    def help_phone_address(self) -> str:
        return "tel:" + self.help_phone.replace(" ", "")

    def _item(self, label: str, address: str, icon: str, key: str = "", count: int = 0, text: str = "") -> NavItem:
        is_current = self._request.path.startswith(address)
        return NavItem(label, address, icon, key, count, is_current, text)


def _address(name: str, otherwise: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell` in every template rendered with a request."""
    return {"shell": Shell(request)}
