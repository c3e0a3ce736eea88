"""The first administrator of an empty desk: only with the one-time word that `up` prints on its own terminal.

A stranger on the network sees that the desk is new and nothing he can use. Dead for good once there is anybody.
"""

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import services
from accounts.actors import SYSTEM
from accounts.forms import ZoneField
from accounts.models import User
from common import limits
from common.errors import Invalid
from servicedesk.launch import setup_word
from servicedesk.screens.clients import address_of

RATE = "20/h"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class FirstForm(forms.Form):
    word = forms.CharField(
        label=_("Set-up word"),
        max_length=200,
        help_text=_("On the terminal where the desk was started, in the line “Set up this desk”."),
        error_messages={"required": _("Enter the set-up word from the terminal.")},
    )
    name = forms.CharField(label=_("Your name"), max_length=150, error_messages={"required": _("Enter your name.")})
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        max_length=254,
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Ten characters or more, and no word that many people use."),
        widget=forms.PasswordInput,
        strip=False,
        max_length=200,
        error_messages={"required": _("Choose a password.")},
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = ZoneField(required=False)

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        about = User(email=self.cleaned_data.get("email", ""), name=self.cleaned_data.get("name", ""))
        validate_password(password, about)
        return password


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def setup(request: HttpRequest) -> HttpResponse:
    if not services.is_new_desk():
        return redirect("home")
    if request.method != "POST":
        return _show(request, FirstForm(initial={"word": request.GET.get("word", ""), "language": get_language()}))
    form = FirstForm(request.POST)
    if limits.seconds_to_wait("setup", address_of(request), RATE, timezone.now()):
        form.add_error(None, _("Too many attempts. Wait an hour, or make the account on the terminal."))
        return _show(request, form, 429)
    if form.is_valid() and not setup_word.is_right(settings.STATE_DIR, form.cleaned_data["word"]):
        form.add_error("word", ValidationError(_("This is not the set-up word of this desk.")))
    return _make(request, form) if form.is_valid() else _show(request, form, 400)


def _make(request: HttpRequest, form: FirstForm) -> HttpResponse:
    values = {name: form.cleaned_data[name] for name in ("name", "email", "language", "zone")}
    try:
        user = services.create_first(values=values, password=form.cleaned_data["password"], by=SYSTEM)
    except Invalid as invalid:
        for name, sentences in invalid.errors.items():
            form.add_error(name if name in form.fields else None, list(sentences))
        return _show(request, form, 400)
    setup_word.forget(settings.STATE_DIR)
    login(request, user, backend=BACKEND)
    return redirect("settings")


def _show(request: HttpRequest, form: FirstForm, status: int = 200) -> HttpResponse:
    return render(request, "screens/settings/setup.html", {"form": form}, status=status)
