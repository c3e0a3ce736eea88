"""People, teams and duties, for those who look after them. Checks shape only."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.forms.own import ZoneField
from accounts.models import Duty, Team, User
from accounts.roles import Role
from common.editing import Checks, CodeField, MomentField, RecordForm, Titles


class LowerCaseEmail:
    """One person, one address, in whatever case it is typed."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a person with this address already."))
        return email


class PersonForm(LowerCaseEmail, RecordForm):
    titles: Titles = (
        (_("Person"), ("name", "email", "role", "phone")),
        (_("Language and time"), ("language", "zone")),
        (_("Teams"), ("teams",)),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.AGENT)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = ZoneField(required=False)
    teams = forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=_("Member of"),
        help_text=_("For the staff. A customer is in no team."),
        required=False,
        widget=Checks,
    )
    has_left_out_teams = False

    class Meta:
        model = User
        fields = ("name", "email", "role", "phone", "language", "zone")
        error_messages = {
            "name": {"required": _("Enter the name.")},
            "email": {"required": _("Enter the e-mail address: people sign in with it.")},
        }
        help_texts = {"email": _("Signs in with it, and gets mail there."), "phone": _("For calls when it is urgent.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"].offer(self.instance.zone)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The page hides the teams when "customer" is chosen; what was ticked before that is left out."""
        given = super().clean() or self.cleaned_data
        if given.get("role") == Role.CUSTOMER and given.get("teams"):
            self.has_left_out_teams = True
            given["teams"] = Team.objects.none()
        return given


class PeopleFilter(forms.Form):
    """Reads the address; what it does not understand does not filter."""

    q = forms.CharField(label=_("Name, address or phone"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Every role")), *Role.choices])
    state = forms.ChoiceField(
        label=_("Accounts"),
        required=False,
        choices=[("", _("Open accounts")), ("closed", _("Closed accounts")), ("all", _("All accounts"))],
    )


class TeamForm(RecordForm):
    code = CodeField(
        label=_("Code"), max_length=50, help_text=_("Short name for programs, such as field-service. Keep it.")
    )
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Lead"), required=False, empty_label=_("nobody"))
    members = forms.ModelMultipleChoiceField(User.objects.none(), label=_("Members"), required=False, widget=Checks)

    class Meta:
        model = Team
        fields = ("name", "code", "lead", "members")
        error_messages = {"name": {"required": _("Enter the name of the team.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        here = User.objects.filter(teams=self.instance.pk) if self.instance.pk else User.objects.none()
        fields["members"].queryset = (User.objects.staff() | here).distinct()
        lead = User.objects.filter(pk=self.instance.lead_id or 0)
        fields["lead"].queryset = (User.objects.staff() | lead).distinct()


class DutyForm(RecordForm):
    """`names`: what the ladders of the schemes call, code and words; one that is stored already stays choosable."""

    code = forms.ChoiceField(label=_("Called as"))
    user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who"),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who is called.")},
    )
    starts_at = MomentField(label=_("From"), required=False, help_text=_("Empty: from ever. Your time zone."))
    ends_at = MomentField(label=_("Until"), required=False, help_text=_("Empty: until further notice."))

    class Meta:
        model = Duty
        fields = ("code", "user", "starts_at", "ends_at")

    def __init__(self, *args: Any, names: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        stored = self.instance.code
        known = [*names] if not stored or stored in dict(names) else [*names, (stored, stored)]
        fields["code"].choices = known
        fields["user"].queryset = User.objects.staff()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts is not None and ends is not None and ends <= starts:
            self.add_error("ends_at", _("Enter an end after the beginning."))
        return given
