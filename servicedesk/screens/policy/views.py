"""The list of schemes and the policy page. A customer reads what is promised to him; another's scheme is not there.

Which schemes exist for whom is `SchemeVersion.visible_to`; trying them out is for staff.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.policies import may
from common.errors import NotVisible
from common.whole_numbers import COUNT_DIGITS, whole_number
from customers.models import Contract
from servicedesk.screens.access import StaffRequest
from servicedesk.screens.policy import changes, document, simulator
from sla import library, words
from sla.engine import Scheme
from sla.models import SchemeVersion
from sla.policies import TABLE
from tickets.promises import UnknownPromise


@login_required
@require_safe
def schemes(request: StaffRequest) -> HttpResponse:
    """Those in force that this person may read."""
    now = timezone.now()
    rows = _in_force(request, now)
    for row in rows:
        row.document["summary"] = words.say(row.code, str(row.document.get("summary", "")))
    context = _frame(request, rows, now) | {"is_staff_member": request.user.is_staff_member}
    return render(request, "screens/policy/schemes.html", context)


@login_required
@require_safe
def scheme(request: StaffRequest, code: str) -> HttpResponse:
    """One version: the one in force, or the one that was asked for."""
    now = timezone.now()
    known = SchemeVersion.objects.visible_to(request.user).filter(code=code)
    versions = list(known.defer("document").order_by("-version"))
    in_force = next((version for version in versions if version.effective_at <= now), None)
    row = _chosen(versions, in_force, request.GET.get("version", ""))
    context = _frame(request, _in_force(request, now) if request.user.is_staff_member else [], now)
    context |= {"row": _named(row), "versions": versions, "in_force": in_force, "now": now}
    try:
        compiled = words.translated(library.scheme(code, row.version))
    except library.BrokenScheme:
        return render(request, "screens/policy/broken.html", context, status=503)
    former = _former(versions, row)
    context |= {"document": document.of(compiled), "former": former, "changes": _changes(former, compiled)}
    if may(Actor(user=request.user), "sla.simulate", TABLE):
        form = simulator.form_for(compiled, request.GET, timezone.localdate())
        is_other = in_force is not None and in_force.version != row.version
        against = _readable(in_force) if is_other else None
        context |= {"form": form, "played": simulator.play(compiled, form, against)}
    return render(request, "screens/policy/scheme.html", context)


def _frame(request: StaffRequest, rows: Sequence[SchemeVersion], now: datetime) -> dict[str, Any]:
    """The shell, and for staff the policies beside it with the contracts that promise them."""
    if not request.user.is_staff_member:
        return {"shell_page": "base_public.html", "policies": [(row, 0) for row in rows]}
    in_force = Contract.objects.in_force(now.date()).order_by()
    counts = dict(in_force.values_list("scheme_code").annotate(n=Count("pk")))
    return {"shell_page": "base_app.html", "policies": [(row, counts.get(row.code, 0)) for row in rows]}


def _in_force(request: StaffRequest, now: datetime) -> list[SchemeVersion]:
    return [_named(row) for row in SchemeVersion.objects.visible_to(request.user).in_force(now)]


def _named(row: SchemeVersion) -> SchemeVersion:
    """Its name in the reader's language; a published row cannot be saved, so nobody writes it back."""
    row.name = words.say(row.code, row.name)
    return row


def _former(versions: Sequence[SchemeVersion], row: SchemeVersion) -> SchemeVersion | None:
    """The version before: what a reader has known until this one."""
    return next((version for version in versions if version.version < row.version), None)


def _changes(former: SchemeVersion | None, compiled: Scheme) -> list[changes.Change]:
    before = _readable(former)
    return changes.between(before, compiled) if before else []


def _readable(row: SchemeVersion | None) -> Scheme | None:
    try:
        return words.translated(library.scheme(row.code, row.version)) if row else None
    except (library.BrokenScheme, UnknownPromise):
        return None


def _chosen(versions: Sequence[SchemeVersion], in_force: SchemeVersion | None, wanted: str) -> SchemeVersion:
    """The version named, else the one in force; NotVisible when there is none."""
    found = in_force
    if wanted:
        number = whole_number(wanted, digits=COUNT_DIGITS)
        found = next((version for version in versions if version.version == number), None)
    if found is None:
        raise NotVisible(_("There is no such version of this scheme."))
    return found
