"""The system page: what an administrator has to look after. Reads only; sending again is done in the admin."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import Table, require
from accounts.roles import Role
from notifications.models import Delivery
from servicedesk import readiness
from sla import reports as sla
from sla.models import Sweep

TABLE: Table = {"system.see_status": frozenset({Role.ADMINISTRATOR})}
SHOWN = 50
NAMES = {
    "database": _("Database"),
    "migrations": _("Migrations"),
    "broker": _("Broker"),
    "timers": _("Timers"),
    "outbox": _("Outgoing mail"),
    "file_store": _("File store"),
}


@login_required
def status(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)  # login_required
    require(Actor(user=request.user), "system.see_status", TABLE)
    now = timezone.now()
    troubles, failed = sla.out_of_date(), Delivery.objects.failed()
    context: dict[str, Any] = {
        "now": now,
        "probes": [{"name": NAMES.get(probe.name, probe.name), "probe": probe} for probe in readiness.probes(now)],
        "troubles": troubles[:SHOWN],
        "trouble_count": len(troubles),
        "failed": failed.select_related("user", "ticket")[:SHOWN],
        "failed_count": failed.count(),
        "waiting_count": Delivery.objects.pending().count(),
        "sweep": Sweep.objects.first(),
    }
    return render(request, "screens/status.html", context)
