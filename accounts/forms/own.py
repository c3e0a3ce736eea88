"""The person's own account: how pages look and speak, and keys for programs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import ApiKey, User
from accounts.roles import Role

THEMES = [("", _("As the device is set")), ("light", _("Light")), ("dark", _("Dark"))]
DENSITIES = [("", _("Normal")), ("compact", _("Compact")), ("roomy", _("Roomy"))]
KEYS = [("", _("On")), ("off", _("Off: only with Ctrl, and Esc"))]
LIFETIMES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("1 year")), ("", _("No end"))]


class ZoneField(forms.ChoiceField):
    """Places people know, by region; the empty choice is UTC. A form that knows more offers that first."""

    def __init__(self, *, empty: tuple[str, str] = ("", "UTC"), **options: Any) -> None:
        self.empty = empty
        options.setdefault("widget", forms.Select(attrs={"translate": "no"}))  # names of the tz database are names
        super().__init__(label=_("Time zone"), **options)
        self.offer()

    def offer(self, stored: str = "", close: Sequence[str] = (), title: str = "") -> None:
        self.choices = lambda: zones.choices(empty=self.empty, stored=stored, close=close, title=title)


class LanguageSelect(forms.Select):
    """Each language in its own name, to be spoken and drawn as its own."""

    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["lang"] = str(value)
        return option


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=LanguageSelect)
    zone = ZoneField(required=False)
    theme = forms.ChoiceField(label=_("Colours"), choices=THEMES, required=False)
    density = forms.ChoiceField(label=_("Density of lists"), choices=DENSITIES, required=False)
    keys = forms.ChoiceField(
        label=_("Single-key shortcuts"),
        choices=KEYS,
        required=False,
        help_text=_("Such as R for reply. Switch them off if you dictate, or press keys by accident."),
    )

    class Meta:
        model = User
        fields = ["name", "phone", "language", "zone", "theme", "density", "keys"]
        error_messages = {"name": {"required": _("Enter your name.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.instance
        title = _("Sites you serve") if person.is_staff_member else _("Your sites")
        self.fields["zone"].offer(person.zone, zones.near(person), title)  # type: ignore[attr-defined]
        if self.instance.role == Role.ENGINEER:
            self.fields["phone"].help_text = _("A customer sees it while you come to him.")


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
