"""Saved replies: the menu of the composer, and the page where they are kept. Placeholders are filled in on the way."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.models import Team
from accounts.policies import may
from common.errors import Invalid
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.writing import saved_texts
from tickets import services
from tickets.models import SavedReply
from tickets.policies import TABLE

SHARED = [("own", gettext_lazy("Only me")), ("all", gettext_lazy("Everybody"))]


class SavedReplyForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, error_messages={"required": gettext_lazy("Enter a name.")}
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("{customer}, {number}, {title} and {agent} are filled in."),
        error_messages={"required": gettext_lazy("Enter a text.")},
    )
    shared = forms.ChoiceField(label=gettext_lazy("Who uses it"))

    def __init__(self, *args: Any, teams: list[Team], can_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_teams = [(f"team-{team.pk}", str(team)) for team in teams]
        self.fields["shared"].choices = [*SHARED, *of_teams] if can_share else SHARED[:1]  # type: ignore[attr-defined]


@staff_page
@require_safe
def menu(request: StaffRequest, reference: str) -> HttpResponse:
    """The menu of the composer; without script a page whose links put the text into the composer."""
    case = load(request, reference)
    query = request.GET.get("q", "")[:80]
    rows = [(row, saved_texts.filled(row.body, case)) for row in saved_texts.usable(case.user, query)]
    context = {"ticket": case.ticket, "rows": rows, "query": query, "now": case.now}
    part = "screens/writing/saved_menu.html" if request.headers.get("HX-Request") else "screens/writing/saved_page.html"
    return render(request, part, context)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def saved_replies(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """The list with a form below: for a new one, or for the one that is opened."""
    by, row = Actor(user=request.user), get_object_or_404(SavedReply, pk=pk) if pk else None
    if row is not None and row not in saved_texts.usable(request.user) and not may(by, "ticket.share_reply", TABLE):
        return redirect("saved_replies")
    teams, can_share = list(Team.objects.all()), may(by, "ticket.share_reply", TABLE)
    data = request.POST if request.method == "POST" else None
    form = SavedReplyForm(data, initial=_initial(row), teams=teams, can_share=can_share)
    if data is not None and form.is_valid() and _save(form, by, teams, pk):
        messages.success(request, _("Saved reply kept"))
        return redirect("saved_replies")
    context = {"rows": saved_texts.usable(request.user), "form": form, "row": row, "can_share": can_share}
    return render(request, "screens/writing/saved_replies.html", context, status=400 if form.errors else 200)


def _initial(row: SavedReply | None) -> dict[str, Any]:
    if row is None:
        return {"shared": "own"}
    shared = "own" if row.owner_id else f"team-{row.team_id}" if row.team_id else "all"
    return {"title": row.title, "body": row.body, "shared": shared}


def _save(form: SavedReplyForm, by: Actor, teams: Any, pk: int | None) -> bool:
    told = form.cleaned_data
    team = next((team for team in teams if told["shared"] == f"team-{team.pk}"), None)
    is_own = told["shared"] == "own"
    try:
        services.keep_saved_reply(title=told["title"], body=told["body"], by=by, team=team, is_own=is_own, pk=pk)
    except Invalid as refusal:
        for name, sentences in refusal.errors.items():
            form.add_error(name, list(sentences))
        return False
    return True


@staff_page
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    user: Any = request.user
    services.drop_saved_reply(pk=pk, by=Actor(user=user))
    messages.success(request, _("Saved reply removed"))
    return redirect("saved_replies")
