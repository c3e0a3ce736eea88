"""A person as administrators see him: account, places, keys, open tickets. Invited, closed, opened, handed over."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import reports, services
from accounts.forms import PersonForm
from accounts.models import User
from accounts.policies import TABLE, may
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import Illegal, NotVisible, Refusal
from tickets import services as tickets
from tickets.models import Ticket

MOST = 200  # handed over with one press
INVITATION = "account/email/invitation"


def find(pk: int) -> User:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise NotVisible(_("There is no such person."))
    return user


@page_for("account.manage_people", TABLE)
def new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    page = Page(
        _("Invite a person"),
        _("Invite and send the link"),
        (reverse("people"), _("People")),
        lead=_("Gets a mail with a link to choose a password."),
    )
    answered = answer(
        request,
        form=form,
        save=lambda values, _seen: services.Saved(services.invite(values=values, by=actor(request)), frozenset(values)),
        page=page,
        done=lambda saved: reverse("person", args=[saved.row.pk]),
    )
    if answered.status_code == 302:
        user = User.objects.get(email__iexact=form.cleaned_data["email"])
        services.note_password_link(user=user, by=actor(request), is_shown=False)
        get_adapter(request).send_mail(INVITATION, user.email, {"user": user})
    return answered


@page_for("account.see_directory", TABLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    user = find(pk)
    if not may(actor(request), "account.manage_people", TABLE):
        return render(request, "screens/settings/person_read.html", {"person": user, **_around(user)})
    return _page(request, user)


def _page(request: HttpRequest, user: User, link: str = "") -> HttpResponse:
    page = Page(
        user.name or user.email,
        _("Save person"),
        (reverse("people"), _("People")),
        lead=str(user.get_role_display()),
        template="screens/settings/person.html",
        more={"person": user, "link": link, **_around(user)},
    )
    posted = request.POST if request.method == "POST" and not link else None
    form = PersonForm(posted, instance=find(user.pk))
    if link:
        return render(
            request, page.template, {"page": page, "form": form, "history": reports.history(user), **page.more}
        )
    return answer(
        request,
        form=form,
        save=lambda values, seen: services.edit_person(
            user=User(pk=user.pk), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("person", args=[user.pk]),
    )


def _around(user: User) -> dict[str, Any]:
    return {
        "memberships": user.memberships.select_related("organisation", "site").order_by("organisation__name"),
        "keys": reports.keys_of(user),
        "open_count": Ticket.objects.open().filter(assignee=user).count(),
        "colleagues": User.objects.staff().exclude(pk=user.pk),
        "teams": user.teams.all(),
        "now": timezone.now(),
    }


def _deactivate(request: HttpRequest, user: User) -> str:
    services.deactivate(user=user, by=actor(request), now=timezone.now())
    return _("The account is closed. Sessions and keys have ended.")


def _reactivate(request: HttpRequest, user: User) -> str:
    services.reactivate(user=user, by=actor(request))
    return _("The account is open again. Send a link to choose a new password.")


def _send_link(request: HttpRequest, user: User) -> str:
    services.note_password_link(user=user, by=actor(request), is_shown=False)
    get_adapter(request).send_mail(INVITATION, user.email, {"user": user})
    return _("A link to choose a password is on its way to %(address)s.") % {"address": user.email}


def _revoke_keys(request: HttpRequest, user: User) -> str:
    count = services.revoke_keys_of(user=user, by=actor(request), now=timezone.now())
    return ngettext("%(count)d key is revoked.", "%(count)d keys are revoked.", count) % {"count": count}


ACTS: dict[str, Callable[[HttpRequest, User], str]] = {
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "send_link": _send_link,
    "revoke_keys": _revoke_keys,
}


@require_POST
@page_for("account.manage_people", TABLE)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    user, name = find(pk), request.POST.get("act", "")
    if name == "show_link":
        return _show_link(request, user)
    if name not in ACTS:
        raise NotVisible(_("There is no such step."))
    try:
        messages.success(request, ACTS[name](request, user))
    except Illegal as illegal:
        messages.error(request, illegal.detail)
    return redirect("person", pk=pk)


def _show_link(request: HttpRequest, user: User) -> HttpResponse:
    """On this one answer and nowhere else."""
    services.note_password_link(user=user, by=actor(request), is_shown=True)
    return _page(request, user, settings.BASE_URL.rstrip("/") + services.password_path(user))


@require_POST
@page_for("account.manage_people", TABLE)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """The open tickets go to somebody else, each with its own entry in its log; what refuses is counted."""
    user, chosen = find(pk), request.POST.get("to", "")
    taker = (
        User.objects.staff().filter(pk=int(chosen)).first()
        if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
        else None
    )
    if taker is None:
        messages.error(request, _("Choose who takes the tickets."))
        return redirect("person", pk=pk)
    done, refused = 0, 0
    for ticket in Ticket.objects.open().filter(assignee=user).order_by("pk")[:MOST]:
        try:
            tickets.edit(ticket=ticket, changes={"assignee": taker}, by=actor(request), now=timezone.now())
            done += 1
        except Refusal:
            refused += 1
    said = ngettext("%(count)d ticket goes to %(name)s.", "%(count)d tickets go to %(name)s.", done)
    messages.success(request, said % {"count": done, "name": taker})
    if refused:
        messages.warning(request, _("Some tickets could not be handed over: %(count)d.") % {"count": refused})
    return redirect("person", pk=pk)
