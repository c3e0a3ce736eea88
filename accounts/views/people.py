"""The lists of people and teams, and the page of a team. What a person's page composes is in `servicedesk.screens`."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import services
from accounts.forms import PeopleFilter, TeamForm
from accounts.models import Team, User
from accounts.policies import TABLE, may
from accounts.querysets import UserQuerySet
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import NotVisible

ROWS = 50
SETTINGS = "/settings/"


@page_for("account.see_directory", TABLE)
def people(request: HttpRequest) -> HttpResponse:
    chosen = PeopleFilter(request.GET)
    chosen.is_valid()
    rows = _narrow(User.objects.prefetch_related("teams"), getattr(chosen, "cleaned_data", {}))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": PeopleFilter(initial=getattr(chosen, "cleaned_data", {})),
        "is_filtered": any(request.GET.get(name) for name in ("q", "role", "state")),
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "may_manage": may(actor(request), "account.manage_people", TABLE),
        "now": timezone.now(),
    }
    return render(request, "accounts/people.html", context)


def _narrow(rows: UserQuerySet, chosen: dict[str, Any]) -> UserQuerySet:
    state = chosen.get("state")
    if state != "all":
        rows = rows.filter(is_active=state != "closed")
    if chosen.get("role"):
        rows = rows.filter(role=chosen["role"])
    return rows.matching(str(chosen.get("q") or ""))


@page_for("account.see_directory", TABLE)
def teams(request: HttpRequest) -> HttpResponse:
    rows = Team.objects.select_related("lead").order_by("name", "pk")
    rows = rows.annotate(size=Count("members", filter=Q(members__is_active=True)))
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "may_manage": may(actor(request), "account.manage_teams", TABLE),
    }
    return render(request, "accounts/teams.html", context)


@page_for("account.manage_teams", TABLE)
def new_team(request: HttpRequest) -> HttpResponse:
    return _team(request, Team(), Page(_("New team"), _("Make team"), (reverse("teams"), _("Teams"))))


@page_for("account.manage_teams", TABLE)
def team(request: HttpRequest, pk: int) -> HttpResponse:
    found = Team.objects.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("There is no such team."))
    return _team(request, found, Page(found.name, _("Save team"), (reverse("teams"), _("Teams"))))


def _team(request: HttpRequest, row: Team, page: Page) -> HttpResponse:
    form = TeamForm(request.POST or None, instance=row)
    return answer(
        request,
        form=form,
        save=lambda values, seen: services.save_team(
            team=Team(pk=row.pk) if row.pk else Team(), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("teams"),
    )
