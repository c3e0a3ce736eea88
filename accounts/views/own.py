"""The person's own account page: profile, API keys and where he is signed in. Everybody manages only himself here."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services, words
from accounts.actors import Actor
from accounts.forms import KeyForm, ProfileForm
from accounts.models import User
from common import limits


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def account(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.method != "POST":
        return _show(request, request.user)
    act = _make_key if request.POST.get("action") == "make_key" else _save_profile
    return act(request, request.user)


def _show(
    request: HttpRequest,
    user: User,
    profile: ProfileForm | None = None,
    key_form: KeyForm | None = None,
    new_key: str = "",
    status: int = 200,
) -> HttpResponse:
    """`new_key` is on this one answer and nowhere else."""
    now = timezone.now()
    saved = User.objects.get(pk=user.pk) if profile else user  # a refused form has changed the instance in memory
    context = {
        "profile": profile or ProfileForm(instance=user),
        "key_form": key_form or KeyForm(initial={"nonce": uuid.uuid4().hex}),
        "form": profile or key_form,
        "keys": saved.api_keys.filter(revoked_at__isnull=True),
        "new_key": new_key,
        "sessions": [
            (row, words.device(row.device), row.session_key == request.session.session_key)
            for row in services.sessions_of(saved, now)
        ],
        "now": now,
    }
    return render(request, "account/account.html", context, status=status)


def _save_profile(request: HttpRequest, user: User) -> HttpResponse:
    form = ProfileForm(request.POST, instance=User.objects.get(pk=user.pk))
    if not form.is_valid():
        return _show(request, user, profile=form, status=400)
    services.edit_profile(user=form.instance, by=Actor(user=user), fields=list(form.cleaned_data))
    messages.success(request, _("Your account is saved."))
    response = redirect("account")
    # A language pressed earlier would win over the one just saved.
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, form.instance.language, samesite="Lax")
    return response


def _make_key(request: HttpRequest, user: User) -> HttpResponse:
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _show(request, user, key_form=form, status=400)
    now, answers = timezone.now(), form.cleaned_data
    with transaction.atomic():
        if not limits.is_first(f"api_key:{user.pk}", answers["nonce"]):
            return redirect("account")
        _key, text = services.create_key(
            user=user,
            name=answers["name"],
            scopes=answers["scopes"],
            expires_at=form.expires_at(now),
            by=Actor(user=user),
            now=now,
        )
    return _show(request, user, new_key=text)


@require_POST
@login_required
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    services.revoke_own_key(pk=pk, by=Actor(user=request.user), now=timezone.now())
    messages.success(request, _("The key is revoked. Programs that use it are refused from now on."))
    return redirect("account")


@require_POST
@login_required
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, User)
    services.end_session(pk=pk, by=Actor(user=request.user))
    messages.success(request, _("That browser is signed out."))
    return redirect(reverse("account") + "#sign-ins")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    services.end_sessions(user=request.user, by=Actor(user=request.user), but=request.session.session_key or "")
    messages.success(request, _("You are signed out everywhere else."))
    return redirect(reverse("account") + "#sign-ins")
