"""The front page of the settings: its sections, and the first steps of a desk that is still empty. Writes nothing."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.policies import TABLE, may
from accounts.roles import DESK, Role
from accounts.views.access import actor, page_for
from customers.models import Contract, Organisation, Site
from notifications.models import Delivery


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    address: str
    button: str
    is_done: bool


def first_steps(user: User) -> list[Step]:
    organisation = Organisation.objects.order_by("pk").first()
    sites = f"/customers/{organisation.code}/sites/new/" if organisation else "/customers/"
    contracts = f"/customers/{organisation.code}/contracts/new/" if organisation else "/customers/"
    agents = User.objects.filter(role__in=DESK - {Role.ADMINISTRATOR}, is_active=True).exists()
    return [
        Step(_("Your time zone"), _("Times are shown in your zone."), "/account/", _("Set up"), bool(user.zone)),
        Step(
            _("Mail"), _("Send a test mail to yourself."), "/settings/mail/", _("Test mail"),
            Delivery.objects.filter(kind="mail_test", status="sent").exists(),
        ),
        Step(_("First customer"), _("An organisation you serve."), "/customers/new/", _("Add"), bool(organisation)),
        Step(_("First site"), _("Its zone and country decide the calendar."), sites, _("Add"), Site.objects.exists()),
        Step(_("First contract"), _("It says which promises count."), contracts, _("Add"), Contract.objects.exists()),
        Step(_("First agent"), _("Somebody who answers."), "/settings/people/new/", _("Invite"), agents),
    ]  # fmt: skip


@page_for("account.see_directory", TABLE)
def overview(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    assert by.user is not None
    steps = first_steps(by.user) if may(by, "account.manage_people", TABLE) else []
    context = {"steps": steps, "open_steps": [step for step in steps if not step.is_done]}
    return render(request, "screens/settings/overview.html", context)
