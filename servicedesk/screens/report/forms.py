"""The three forms of a report. They check what a person can see and correct; services and `visible_to` do the rest."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers import services as places
from servicedesk.screens.portal.forms import LONGEST_TEXT, LooseFilesField
from servicedesk.screens.report.drafts import NOT_LISTED


class UnitForm(forms.Form):
    """Step 1, signed in. `units`: values that may be chosen."""

    unit = forms.ChoiceField(
        label=_("Which equipment has the fault?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a unit, or “It is not in this list”.")},
    )

    def __init__(self, *args: Any, units: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(value, value) for value in [*units, NOT_LISTED]]


class GuestUnitForm(forms.Form):
    """Step 1 without an account: own words, sorted out by the desk."""

    thing = forms.CharField(
        label=_("What is it?"),
        help_text=_("Name, model or serial number. The serial number is on the silver plate."),
        max_length=200,
        error_messages={"required": _("Tell us which equipment it is.")},
    )
    place = forms.CharField(
        label=_("Where is it?"), help_text=_("Organisation, address, building, room"), max_length=300, required=False
    )


class FaultForm(forms.Form):
    """Step 2. Which further questions it asks depends on what is known of the place."""

    thing = forms.CharField(
        label=_("What is it?"),
        help_text=_("Name, model or serial number"),
        max_length=200,
        error_messages={"required": _("Tell us which equipment it is.")},
    )
    site = forms.ChoiceField(
        label=_("At which site?"), error_messages={"required": _("Choose the site, so that we know where to go.")}
    )
    level = forms.ChoiceField(
        label=_("How much still works?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much still works.")},
    )
    description = forms.CharField(
        label=_("Describe the fault"),
        help_text=_("What do you see or hear? When did it start? Any message on the screen?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Describe what is wrong, in your own words."),
            "max_length": _("Shorten the text to %(limit_value)d characters; add the rest as a file."),
        },
    )
    uploads = LooseFilesField(label=_("Photos or files"), required=False)

    def __init__(
        self,
        *args: Any,
        levels: Sequence[tuple[str, str]],
        sites: Sequence[tuple[str, str]],
        asks_thing: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("level", levels)
        self._offer("site", [("", _("Choose a site")), *sites] if len(sites) > 1 else [])
        if not asks_thing:
            del self.fields["thing"]

    def _offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        if not choices:
            del self.fields[name]


class AddForm(forms.Form):
    """What is added to a fault that is open already."""

    description = forms.CharField(
        label=_("What is new?"),
        help_text=_("What do you see or hear? What has changed?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Describe what is wrong, in your own words."),
            "max_length": _("Shorten the text to %(limit_value)d characters; add the rest as a file."),
        },
    )
    uploads = LooseFilesField(label=_("Photos or files"), required=False)


class ContactForm(forms.Form):
    """Step 3. `website` is a trap for programs; people never see it."""

    name = forms.CharField(
        label=_("Name"),
        max_length=150,
        error_messages={"required": _("Enter your name, so that we know whom to ask for.")},
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Enter your e-mail address, so that we can answer you."),
            "invalid": _("Enter an e-mail address like name@example.com."),
        },
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=150, required=False)
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("Include the country code, for example +852 5555 0142"),
        max_length=40,
        required=False,
        error_messages={"required": _("Enter a phone number our engineer can call on site.")},
    )
    access = forms.CharField(
        label=_("How do we get in?"),
        help_text=_("Permit, sign-in point, times when the room is closed"),
        max_length=places.LONGEST_NOTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": _("Shorten the text to %(limit_value)d characters.")},
    )
    website = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def __init__(self, *args: Any, is_guest: bool, is_gravest: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_guest:
            for name in ("email", "organisation", "website"):
                del self.fields[name]
        self.fields["phone"].required = is_gravest

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"].strip()
        if phone and sum(letter.isdigit() for letter in phone) < 5:
            raise forms.ValidationError(_("Enter a phone number our engineer can call on site."))
        return phone

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Leave this field empty. It is there to stop programs."))
        return ""
