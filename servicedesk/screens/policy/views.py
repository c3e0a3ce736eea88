"""The list of schemes and the policy page. A customer reads what is promised to him; another's scheme is not there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import may
from common.errors import NotVisible
from customers.models import Contract
from servicedesk.screens.access import StaffRequest
from servicedesk.screens.policy import document, simulator
from sla import library, words
from sla.models import SchemeVersion
from sla.policies import TABLE


@login_required
@require_safe
def schemes(request: StaffRequest) -> HttpResponse:
    """Those in force that this person may read."""
    rows = list(SchemeVersion.objects.visible_to(request.user).in_force(timezone.now()))
    for row in rows:
        row.document["summary"] = words.say(row.code, str(row.document.get("summary", "")))
    context = {
        "rows": [_readable(row) for row in rows],
        "shell_page": _shell(request),
        "is_staff_member": request.user.is_staff_member,
    }
    return render(request, "screens/policy/schemes.html", context)


@login_required
@require_safe
def scheme(request: StaffRequest, code: str) -> HttpResponse:
    versions = list(
        SchemeVersion.objects.visible_to(request.user).filter(code=code).defer("document").order_by("-version")
    )
    row = _chosen(versions, request.GET.get("version", ""))
    context: dict[str, Any] = {
        "row": _readable(row),
        "versions": versions,
        "shell_page": _shell(request),
        "in_force": next((version for version in versions if version.effective_at <= timezone.now()), None),
    }
    try:
        compiled = words.translated(library.scheme(code, row.version))
    except library.BrokenScheme:
        return render(request, "screens/policy/broken.html", context, status=503)
    context["document"] = document.of(compiled)
    if request.user.is_staff_member:
        context["contracts"] = Contract.objects.filter(scheme_code=code).in_force(timezone.now().date()).count()
    if may(Actor(user=request.user), "sla.simulate", TABLE):
        form = simulator.form_for(compiled, request.GET, timezone.now())
        context |= {"form": form, "played": simulator.play(compiled, form)}
    return render(request, "screens/policy/scheme.html", context)


def _chosen(versions: list[SchemeVersion], wanted: str) -> SchemeVersion:
    """The version named, else the one in force; NotVisible when there is none."""
    if wanted:
        number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else 0
        found = next((version for version in versions if version.version == number), None)
    else:
        found = next((version for version in versions if version.effective_at <= timezone.now()), None)
    if found is None:
        raise NotVisible(_("There is no such version of this scheme."))
    return found


def _readable(row: SchemeVersion) -> SchemeVersion:
    """Its name in the reader's language; a published row cannot be saved, so nobody writes it back."""
    row.name = words.say(row.code, row.name)
    return row


def _shell(request: StaffRequest) -> str:
    return "base_app.html" if request.user.is_staff_member else "base_public.html"
