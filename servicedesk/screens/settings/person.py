"""A person as administrators see him: account, places, keys, open tickets. Invited, closed, opened, handed over."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.db.models import Prefetch, QuerySet
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
from accounts.roles import Role
from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from common.errors import Illegal, NotVisible, Refusal
from common.whole_numbers import whole_number
from customers import services as customers
from customers.forms import NewMemberForm
from customers.models import Organisation, Site
from customers.views.records import back_to
from notifications.reports import outbox
from tickets import services as tickets
from tickets.models import Ticket

MOST = 200  # handed over with one press


def find(pk: int) -> User:
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise NotVisible(_("There is no such person."))
    return user


@page_for("account.manage_people", TABLE)
def new(request: HttpRequest) -> HttpResponse:
    """`place` in the address: from a customer's page, one of whose people is invited."""
    place = request.GET.get("place", "")
    owner = Organisation.objects.filter(code=place).first() if place and "\0" not in place else None
    page = _page_of_new(is_real=outbox.settings_in_force().is_real)
    if owner is not None:
        page = replace(
            page, back=back_to(owner, "people"), title=_("Invite a person of %(name)s") % {"name": owner.name}
        )
    form = _form_of_new(request, owner)

    def save(values: dict[str, Any], _seen: dict[str, Any] | None) -> services.Saved:
        site = values.pop("site", None)
        with transaction.atomic():
            if owner is None:
                user = services.invite(values=values, by=actor(request))
            else:
                user = services.invite(values={**values, "role": Role.CUSTOMER}, by=actor(request))
                customers.add_membership(user=user, organisation=owner, site=site, by=actor(request))
        return services.Saved(user, frozenset(values))

    answered = answer(
        request,
        form=form,
        save=save,
        page=page,
        done=lambda saved: reverse("person", args=[saved.row.pk]),
    )
    if answered.status_code == 302:
        user = User.objects.get(email__iexact=form.cleaned_data["email"])
        services.send_password_link(user=user, by=actor(request))
        _say_what_was_left_out(request, form)
    return answered


def _say_what_was_left_out(request: HttpRequest, form: PersonForm) -> None:
    if form.has_left_out_teams:
        messages.warning(request, _("A customer is in no team. The ticked teams were left out."))


def _form_of_new(request: HttpRequest, owner: Organisation | None) -> PersonForm:
    """The address may carry what is known of the person already."""
    names = ("role", "email", "site")
    known = {name: request.GET[name][:254] for name in names if request.GET.get(name)}
    if owner is not None:
        return NewMemberForm(request.POST or None, initial=known, organisation=owner)
    return PersonForm(request.POST or None, initial=known if known.get("role") in Role.values else None)


def _page_of_new(*, is_real: bool) -> Page:
    """Where mail reaches nobody the link is handed over by whoever invites; the page of the person shows it."""
    title, back = _("Invite a person"), (reverse("people"), _("People"))
    if is_real:
        lead, said = _("Gets a mail with a link to choose a password."), _("Invited. The link is on its way by mail.")
        return Page(title, _("Invite and send the link"), back, lead=lead, said=said)
    lead = _("Mail is not set up here: you get the link to choose a password, and hand it over.")
    said = _("The account is ready. Mail is not set up here, so hand the link over yourself.")
    return Page(title, _("Invite"), back, lead=lead, said=said)


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
    answered = answer(
        request,
        form=form,
        save=lambda values, seen: services.edit_person(
            user=User(pk=user.pk), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("person", args=[user.pk]),
    )
    if answered.status_code == 302:
        _say_what_was_left_out(request, form)
    return answered


def _around(user: User) -> dict[str, Any]:
    return {
        "memberships": user.memberships.select_related("organisation", "site").order_by("organisation__name"),
        "places": _places() if user.role == Role.CUSTOMER else (),
        "keys": reports.keys_of(user),
        "open_count": Ticket.objects.open().filter(assignee=user).count(),
        "colleagues": User.objects.staff().exclude(pk=user.pk),
        "teams": user.teams.all(),
        "now": timezone.now(),
        "has_mail": outbox.settings_in_force().is_real,
    }


def _places() -> QuerySet[Organisation]:
    return Organisation.objects.filter(is_active=True).prefetch_related(
        Prefetch("sites", Site.objects.filter(is_active=True).order_by("name"))
    )


def _deactivate(request: HttpRequest, user: User) -> str:
    services.deactivate(user=user, by=actor(request), now=timezone.now())
    return _("The account is closed. Sessions and keys have ended.")


def _reactivate(request: HttpRequest, user: User) -> str:
    services.reactivate(user=user, by=actor(request))
    return _("The account is open again. Send a link to choose a new password.")


def _send_link(request: HttpRequest, user: User) -> str:
    services.send_password_link(user=user, by=actor(request))
    if not outbox.settings_in_force().is_real:
        return _("Mail is not set up here: the link stands on the terminal only. Show it here to copy instead.")
    return _("A link to choose a password is on its way to %(address)s.") % {"address": user.email}


def _revoke_keys(request: HttpRequest, user: User) -> str:
    count = services.revoke_keys_of(user=user, by=actor(request), now=timezone.now())
    return ngettext("%(count)d key is revoked.", "%(count)d keys are revoked.", count) % {"count": count}


def _end_sessions(request: HttpRequest, user: User) -> str:
    services.end_sessions(user=user, by=actor(request), but=request.session.session_key or "")
    return _("%(name)s is signed out everywhere.") % {"name": user}


ACTS: dict[str, Callable[[HttpRequest, User], str]] = {
    "deactivate": _deactivate,
    "reactivate": _reactivate,
    "send_link": _send_link,
    "revoke_keys": _revoke_keys,
    "end_sessions": _end_sessions,
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
    user, chosen = find(pk), whole_number(request.POST.get("to", ""))
    taker = User.objects.staff().filter(pk=chosen).first() if chosen is not None else None
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
