"""What a person keeps of the queue: how it is drawn, and filters under a name. Each form goes to one service."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.actors import Actor
from accounts.models import SavedView, Team
from accounts.policies import TABLE, may
from common.errors import Invalid
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.queue.display import DENSITIES, PAGE, Display
from servicedesk.screens.queue.filters import Filters
from servicedesk.screens.queue.sidebar import address
from servicedesk.screens.queue.views import DEFAULT

LIST_ADDRESS = "/tickets/"


@staff_page
@require_POST
def display(request: StaffRequest) -> HttpResponse:
    """Keeps how the list is drawn, and shows it so; `width` alone is the preview's own button."""
    filters, data = Filters.read(request.POST), request.POST.copy()
    if "only_width" in data:
        kept = Display.kept(request.user.display)
        data.update({**kept.values, "width": request.POST.get("width", "")})
    elif "columns" in data:
        data["cols"] = ",".join(data.getlist("columns"))
    if data.get("turned") and data.get("sort"):
        data["sort"] = f"-{data['sort']}"
    chosen, by = Display.read(data), Actor(user=request.user)
    services.keep_display(user=request.user, page=PAGE, values=chosen.values, by=by)
    if "density" in data and data["density"] in DENSITIES and data["density"] != request.user.density:
        request.user.density = str(data["density"])
        services.edit_profile(user=request.user, by=by, fields=["density"])
    if request.headers.get("X-Quiet"):
        return HttpResponse(status=204)
    asked = [filters.address(), chosen.address]
    return redirect(f"{LIST_ADDRESS}?{'&'.join(filter(None, asked))}")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: StaffRequest) -> HttpResponse:
    """A form of one field: the filter in the address gets a name."""
    given = request.POST if request.method == "POST" else request.GET
    query = "&".join(filter(None, [Filters.read(given).unsaved.address(), Display.read(given).address]))
    actor = Actor(user=request.user)
    context: dict[str, Any] = {
        "query": query,
        "filters": Filters.read(given).unsaved,
        "display": Display.read(given),
        "may_share": may(actor, "account.share_views", TABLE),
        "teams": Team.objects.values_list("code", "name"),
        "name": given.get("name", ""),
        "shared": given.get("shared", ""),
    }
    if request.method != "POST":
        return render(request, "screens/queue/save.html", context)
    try:
        made = _save(request, query, actor)
    except Invalid as refusal:
        context["errors"] = [sentence for sentences in refusal.errors.values() for sentence in sentences]
        return render(request, "screens/queue/save.html", context, status=400)
    messages.success(request, _("Saved as “%(name)s”") % {"name": made.name})
    return redirect(f"{LIST_ADDRESS}?{address(made)}")


def _save(request: StaffRequest, query: str, actor: Actor) -> SavedView:
    """`shared`: empty for one's own, "desk" for everybody, else a team's code."""
    shared = request.POST.get("shared", "").replace("\x00", "")
    team = None
    if shared not in ("", "desk"):
        team = Team.objects.filter(code=shared.removeprefix("team:")).first()
        if team is None:
            raise Invalid.field("shared", _("There is no such team."))
    name = request.POST.get("name", "").replace("\x00", "")
    return services.save_view(name=name, query=query, by=actor, now=timezone.now(), is_shared=bool(shared), team=team)


@staff_page
@require_POST
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """`do`: rename, update (to the filter in the form), delete."""
    view = _find(request, pk)
    actor, do = Actor(user=request.user), request.POST.get("do", "")
    try:
        if do == "delete":
            services.delete_view(view=view, by=actor, now=timezone.now())
            undo = reverse("queue_view_restore", args=[view.pk])
            messages.success(request, _("View “%(name)s” deleted") % {"name": view.name}, extra_tags=f"undo:{undo}")
            return redirect(f"{LIST_ADDRESS}?view={DEFAULT.code}")
        if do == "update":
            query = "&".join(filter(None, [_query(request), Display.read(request.POST).address]))
            services.change_view(view=view, by=actor, query=query)
            messages.success(request, _("View “%(name)s” shows this now") % {"name": view.name})
        else:
            services.change_view(view=view, by=actor, name=request.POST.get("name", "").replace("\x00", ""))
            messages.success(request, _("The view is now called “%(name)s”") % {"name": view.name})
    except Invalid as refusal:
        messages.error(request, refusal.detail)
        view.refresh_from_db()
    return redirect(f"{LIST_ADDRESS}?{address(view)}")


def _query(request: HttpRequest) -> str:
    return Filters.read(request.POST).unsaved.address()


@staff_page
@require_POST
def restore(request: StaffRequest, pk: int) -> HttpResponse:
    """Deleted a moment ago; only who might delete it may have it back."""
    view = SavedView.objects.filter(pk=pk, deleted_at__isnull=False).first() if pk < 2**63 else None
    if view is None:
        raise Http404
    services.restore_view(view=view, by=Actor(user=request.user))
    messages.success(request, _("View “%(name)s” is back") % {"name": view.name})
    return redirect(f"{LIST_ADDRESS}?{address(view)}")


def _find(request: StaffRequest, pk: int) -> SavedView:
    view = SavedView.objects.visible_to(request.user).filter(pk=pk).first() if pk < 2**63 else None
    if view is None:
        raise Http404
    return view
