"""The front page of the settings: its sections, and the first steps of a desk that is still empty. Once
put away they stay away."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.models import User
from accounts.policies import TABLE, may
from accounts.roles import DESK, Role
from accounts.views.access import actor, page_for
from customers.models import Contract, Organisation, Site
from notifications.models import Delivery
from notifications.reports import outbox

PAGE = "settings"


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
            _has_mail_left(),
        ),
        Step(_("First customer"), _("An organisation you serve."), "/customers/new/", _("Add"), bool(organisation)),
        Step(_("First site"), _("Its zone and country decide the calendar."), sites, _("Add"), Site.objects.exists()),
        Step(_("First contract"), _("It says which promises count."), contracts, _("Add"), Contract.objects.exists()),
        Step(_("First agent"), _("Somebody who answers."), "/settings/people/new/", _("Invite"), agents),
    ]  # fmt: skip


def _has_mail_left() -> bool:
    """Any mail proves the settings, a test or not; one written to the terminal proves them only if it was a test."""
    sent = Delivery.objects.filter(status="sent")
    return (sent if outbox.settings_in_force().is_real else sent.filter(kind="mail_test")).exists()


@page_for("account.see_directory", TABLE)
def overview(request: HttpRequest) -> HttpResponse:
    by = actor(request)
    assert by.user is not None
    steps = first_steps(by.user) if may(by, "account.manage_people", TABLE) else []
    context = {
        "steps": steps,
        "open_steps": [step for step in steps if not step.is_done],
        "is_hidden": by.user.display.get(PAGE, {}).get("steps") == "hidden",
    }
    return render(request, "screens/settings/overview.html", context)


@require_POST
@page_for("account.manage_people", TABLE)
def steps(request: HttpRequest) -> HttpResponse:
    """Put away, or shown again: for this person only."""
    by = actor(request)
    assert by.user is not None
    shown = {} if request.POST.get("act") == "show" else {"steps": "hidden"}
    services.keep_display(user=by.user, page=PAGE, values=shown, by=by)
    return redirect("settings")
