"""The person's own account: how pages look and speak, and keys for programs."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import ApiKey, User

THEMES = [("", _("As the device is set")), ("light", _("Light")), ("dark", _("Dark"))]
DENSITIES = [("", _("Normal")), ("compact", _("Compact")), ("roomy", _("Roomy"))]
LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year")), ("", _("No end"))]
NOT_PLACES = ("Etc/", "SystemV/", "posix/", "right/", "US/")


def zones() -> Iterator[tuple[str, str]]:
    """Places people know; the empty choice is UTC."""
    yield "", "UTC"
    for name in sorted(available_timezones()):
        if "/" in name and not name.startswith(NOT_PLACES):
            yield name, name.replace("_", " ")


class LanguageSelect(forms.Select):
    """Each language in its own name, to be spoken and drawn as its own."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["lang"] = str(value)
        return option


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=LanguageSelect)
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lazy(lambda: list(zones()), list)(),
        required=False,
        widget=forms.Select(attrs={"translate": "no"}),  # names of the tz database are names
    )
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, required=False)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES, required=False)

    class Meta:
        model = User
        fields = ["name", "phone", "language", "zone", "theme", "density"]
        error_messages = {"name": {"required": _("Enter your name.")}}


class KeyForm(forms.Form):
    """`nonce`: a second press of the same form makes no second key."""

    name = forms.CharField(
        label=_("What is the key for?"),
        max_length=100,
        error_messages={"required": _("Say what the key is for, so that you know later which one to revoke.")},
    )
    scopes = forms.ChoiceField(
        label=_("What may it do?"),
        choices=[("read", _("Read")), ("read,write", _("Read and write"))],
        initial="read",
    )
    days = forms.ChoiceField(label=_("For how long?"), choices=LIFETIMES, initial="365", required=False)
    nonce = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def clean_scopes(self) -> list[str]:
        return [scope for scope in self.cleaned_data["scopes"].split(",") if scope in ApiKey.Scope.values]

    def expires_at(self, now: datetime) -> datetime | None:
        days: Any = self.cleaned_data["days"]
        return now + timedelta(days=int(days)) if days else None
