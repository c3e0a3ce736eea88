"""The duty list: who is called under each name of the ladders, through a week in the viewer's zone, and the gaps.

The names are those of the schemes in force; the rows belong to `accounts`.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.forms import DutyForm
from accounts.models import Duty
from accounts.policies import TABLE, may
from accounts.roles import SENIOR_DUTY
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import NotVisible
from notifications.rules import HOUSE_LADDER_LATE, duty_code
from servicedesk.screens.settings import roster
from sla import library
from tickets.promises import UnknownPromise


@dataclass(frozen=True)
class Called:
    code: str
    label: str
    row: roster.Row
    now: tuple[Duty, ...]
    is_unknown: bool


def names() -> dict[str, str]:
    """Code -> words, of every name that a ladder in force calls, and the house's own."""
    found = {duty_code(name): name for name in HOUSE_LADDER_LATE}
    found[SENIOR_DUTY] = _("senior engineer, stands by at events")
    for version in library.in_force():
        with suppress(UnknownPromise, library.BrokenScheme):
            scheme = library.scheme(version.code, version.version)
            found |= {duty_code(name): name for step in scheme.ladder for name in step.calls}
    return {code: words[:1].upper() + words[1:] for code, words in sorted(found.items())}


@page_for("account.see_directory", TABLE)
def duties(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    monday = _monday(request.GET.get("week", ""), now)
    start, end = _midnight(monday), _midnight(monday + timedelta(days=7))
    ended = Q(ends_at__isnull=False, ends_at__lte=min(start, now))
    turns = list(Duty.objects.exclude(ended).select_related("user").filter(user__is_active=True))
    rows = list(_rows(turns, start, end, now))
    context = {
        "rows": rows,
        "gaps": [(row, gap) for row in rows for gap in row.row.gaps][:50],
        "twice": [(row, pair) for row in rows for pair in row.row.twice][:50],
        "coming": [turn for turn in turns if turn.ends_at is None or turn.ends_at > now],
        "labels": names(),
        "days": [_midnight(monday + timedelta(days=number)) for number in range(7)],
        "marker": round((now - start) / (end - start) * 100, 2) if start <= now < end else None,
        "week": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7),
        "may_manage": may(actor(request), "account.manage_duties", TABLE),
        "now": now,
    }
    return render(request, "screens/settings/duties.html", context)


def _rows(turns: list[Duty], start: datetime, end: datetime, now: datetime) -> Iterable[Called]:
    known = names()
    for code in [*known, *sorted({turn.code for turn in turns} - known.keys())]:
        mine = [turn for turn in turns if turn.code == code]
        on_duty = tuple(
            t for t in mine if (not t.starts_at or t.starts_at <= now) and (not t.ends_at or t.ends_at > now)
        )
        yield Called(code, known.get(code, code), roster.row(mine, start, end), on_duty, code not in known)


def _monday(asked: str, now: datetime) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = timezone.localdate(now)
    if not 1971 <= day.year < 2100:
        day = timezone.localdate(now)
    return day - timedelta(days=day.weekday())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


@page_for("account.manage_duties", TABLE)
def new(request: HttpRequest) -> HttpResponse:
    wanted = {"code": request.GET.get("code", ""), "starts_at": request.GET.get("from", "")}
    return _duty(request, Duty(), _("Put somebody on duty"), {k: v for k, v in wanted.items() if v})


@page_for("account.manage_duties", TABLE)
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    return _duty(request, _find(pk), _("Change a duty"), None)


def _find(pk: int) -> Duty:
    found = Duty.objects.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such duty."))
    return found


def _duty(request: HttpRequest, row: Duty, title: str, initial: dict[str, Any] | None) -> HttpResponse:
    form = DutyForm(request.POST or None, instance=row, names=list(names().items()), initial=initial)
    back = (reverse("duties"), _("Duty list"))
    page = Page(title, _("Save duty"), back, template="screens/settings/duty.html", more={"duty": row})
    return answer(
        request,
        form=form,
        save=lambda values, seen: services.save_duty(
            duty=Duty(pk=row.pk) if row.pk else Duty(), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("duties"),
    )


@require_POST
@page_for("account.manage_duties", TABLE)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    services.end_duty(duty=_find(pk), by=actor(request), now=timezone.now())
    return redirect("duties")
