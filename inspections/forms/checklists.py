"""The forms of the checklist editor: what was typed becomes parts of a document, which `checklists` checks."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.editing import CodeField
from inspections import wording
from inspections.checklists import Area, ChecklistError, Kind, Photo, Purpose, words
from inspections.checklists.reading import LONGEST_CODE, LONGEST_NAME, LONGEST_TEXT, LONGEST_UNIT, MOST_OPTIONS
from inspections.models import ChecklistVersion

OPTIONS = MOST_OPTIONS
LARGEST_FILE = 25_000_000  # with its pictures
Chooseable = Mapping[Any, Any]
NOTHING = ("", gettext_lazy("Nothing is suggested"))


def choices(words: Chooseable) -> list[tuple[str, Any]]:
    return [(str(code), said) for code, said in words.items()]


class NewChecklistForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME, error_messages={
        "required": gettext_lazy("Enter the name of the list."),
    })  # fmt: skip
    code = CodeField(
        label=gettext_lazy("Code"),
        max_length=LONGEST_CODE,
        help_text=gettext_lazy("Short name for tables and programs, such as ups-monthly. It stays for ever."),
    )
    like = forms.ModelChoiceField(
        ChecklistVersion.objects.none(),
        label=gettext_lazy("Begin with a copy of"),
        required=False,
        empty_label=gettext_lazy("Nothing, an empty list"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        like: Any = self.fields["like"]
        like.queryset = ChecklistVersion.objects.current()
        like.label_from_instance = lambda version: version.name

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).lower().replace("_", "-")


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File of a checklist"),
        help_text=gettext_lazy(
            "TOML or JSON, as the export writes it. It becomes a draft; nothing is published by it."
        ),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    def clean_file(self) -> dict[str, Any]:
        """The document. What is wrong inside is said by whoever reads it as a checklist."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is larger than any checklist."))
        try:
            text = file.read().decode("utf-8-sig")
            found = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise forms.ValidationError(_("This is neither TOML nor JSON: %(why)s") % {"why": error}) from error
        if not isinstance(found, dict):
            raise forms.ValidationError(_("A checklist is expected in this file."))
        return found


class HeadForm(forms.Form):
    name = NewChecklistForm.base_fields["name"]
    purpose = forms.ChoiceField(label=gettext_lazy("Used for"), choices=choices(wording.PURPOSES), initial=Purpose.ANY)
    family = forms.CharField(
        label=gettext_lazy("Product family"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("As products name it. Empty: for any."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Written in"), choices=settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.initial.get("language") or words.OWN
        self.initial = {**self.initial, "language": own}
        if own not in dict(settings.LANGUAGES):
            language: Any = self.fields["language"]
            language.choices = [*settings.LANGUAGES, (own, own)]

    def clean_language(self) -> str:
        """Not said for a list that is written in what everybody expects."""
        language = str(self.cleaned_data["language"])
        return "" if language == words.OWN else language


class SectionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=LONGEST_NAME, error_messages={
        "required": gettext_lazy("Enter the title of the section."),
    })  # fmt: skip
    area = forms.ChoiceField(label=gettext_lazy("What it looks at"), choices=choices(wording.AREAS), initial=Area.OTHER)

    def values(self, taken: Iterable[str], code: str) -> dict[str, Any]:
        """As the document has it; a new section gets its code from its title."""
        found = self.cleaned_data
        return {"code": code or free_code(found["title"], taken, "section"), **found}


def _number(label: Any, help_text: Any = "") -> forms.DecimalField:
    wrong = {"invalid": gettext_lazy("Enter a number, such as 27 or 0.5.")}
    return forms.DecimalField(
        label=label, help_text=help_text, required=False, max_digits=15, decimal_places=6, error_messages=wrong
    )


class ItemForm(forms.Form):
    """One check. What belongs to another kind is left out, so that changing the kind back and forth loses nothing typed
    in the browser.
    """

    text = forms.CharField(label=gettext_lazy("What is asked"), max_length=LONGEST_TEXT, error_messages={
        "required": gettext_lazy("Enter what the engineer is to check."),
    })  # fmt: skip
    hint = forms.CharField(
        label=gettext_lazy("Hint"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=gettext_lazy("Where and how to measure, in small letters below it."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=choices(wording.KINDS), initial=Kind.CHECK)
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=LONGEST_UNIT, required=False)
    low = _number(gettext_lazy("Lowest good value"))
    high = _number(gettext_lazy("Highest good value"))
    change = _number(gettext_lazy("Largest change from last time"), gettext_lazy("In its unit."))
    change_percent = _number(gettext_lazy("Largest change from last time, percent"))
    mandatory = forms.BooleanField(
        label=gettext_lazy("Without an answer the visit cannot be signed"), required=False, initial=True
    )
    photo = forms.ChoiceField(
        label=gettext_lazy("Photo besides the answer"), choices=choices(wording.PHOTOS), initial=Photo.OPTIONAL
    )
    picture_file = forms.FileField(
        label=gettext_lazy("Picture of how it should look"),
        required=False,
        help_text=gettext_lazy("Shown below the question. It is drawn anew and small, without place and time."),
    )
    picture_text = forms.CharField(
        label=gettext_lazy("What the picture shows"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=gettext_lazy("Read out to those who do not see it, such as: all lights of the front are green."),
    )
    without_picture = forms.BooleanField(label=gettext_lazy("Remove the picture"), required=False)
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Severity of a ticket raised from a failure"),
        choices=[NOTHING, *choices(wording.SEVERITIES)],
        coerce=int,
        empty_value=None,
        required=False,
    )

    def __init__(self, *args: Any, picture: str = "", **kwargs: Any) -> None:
        """`picture`: the hash of the one that the check has already."""
        super().__init__(*args, **kwargs)
        self.picture = picture
        for place in range(OPTIONS):
            self.fields[f"option_{place}"] = forms.CharField(
                label=_("Option %(n)d") % {"n": place + 1}, max_length=LONGEST_NAME, required=False
            )
            self.fields[f"failure_{place}"] = forms.BooleanField(label=_("is a failure"), required=False)
            self.fields[f"code_{place}"] = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def options(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [(self[f"option_{n}"], self[f"failure_{n}"], self[f"code_{n}"]) for n in range(OPTIONS)]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind = found.get("kind")
        low, high = found.get("low"), found.get("high")
        if kind == Kind.READING and not found.get("unit"):
            self.add_error("unit", _("Enter the unit of the reading, such as °C or %."))
        if kind == Kind.READING and low is not None and high is not None and low > high:
            self.add_error("high", _("The highest good value lies below the lowest."))
        for name in ("change", "change_percent"):
            if (found.get(name) or 0) < 0:
                self.add_error(name, _("Enter the size of the change, without a sign."))
        if kind == Kind.CHOICE and len(self._options(found)) < 2:
            self.add_error("option_0", _("Enter at least two options."))
        if self._has_picture(found) and not found.get("picture_text"):
            self.add_error("picture_text", _("Enter what is to be seen on the picture."))
        return found

    def values(self, taken: Iterable[str], code: str) -> dict[str, Any]:
        """As the document has it; a new item gets its code from its text."""
        found = self.cleaned_data
        kind = found["kind"]
        values = {
            "code": code or free_code(found["text"], taken, "check"),
            "text": found["text"],
            "kind": kind,
            "hint": found["hint"],
            "photo": found["photo"],
            "severity": found["severity"],
            "mandatory": found["mandatory"] and kind != Kind.INSTRUCTION,
        }
        if self._has_picture(found):
            values |= {"picture": self.picture, "picture_text": found["picture_text"]}
        if kind == Kind.READING:
            limits = {name: found[name] for name in ("low", "high", "change", "change_percent")}
            plain = {name: _plain(value) for name, value in limits.items() if value is not None}
            values |= {"unit": found["unit"], **plain}
        if kind == Kind.CHOICE:
            values["options"] = self._options(found)
        return values

    def _has_picture(self, found: Mapping[str, Any]) -> bool:
        return bool(found.get("picture_file") or (self.picture and not found.get("without_picture")))

    def _options(self, found: Mapping[str, Any]) -> list[dict[str, Any]]:
        options: list[dict[str, Any]] = []
        for place in range(OPTIONS):
            if text := found.get(f"option_{place}"):
                taken = [one["code"] for one in options]
                kept = found.get(f"code_{place}") or ""
                code = kept if kept and kept not in taken else free_code(text, taken, "option")
                failure = {"failure": True} if found.get(f"failure_{place}") else {}
                options.append({"code": code, "text": text, **failure})
        return options

    @classmethod
    def of(cls, item: Mapping[str, Any]) -> "ItemForm":
        """Filled with an item of a document."""
        kind = item.get("kind", Kind.CHECK)
        asked = kind in (Kind.CHECK, Kind.READING, Kind.CHOICE)
        initial = {"kind": kind, "mandatory": asked, **item}
        for place, option in enumerate(item.get("options", ())[:OPTIONS]):
            initial |= {
                f"option_{place}": option["text"],
                f"failure_{place}": option.get("failure", False),
                f"code_{place}": option["code"],
            }
        return cls(initial=initial, picture=str(item.get("picture") or ""))

    def show(self, error: ChecklistError) -> None:
        """A refusal of the document stands beside the field it is about, or above them all."""
        field = error.path.split(".")[0].split("[")[0]
        self.add_error(field if field in self.fields else None, error.message)


def free_code(text: str, taken: Iterable[str], otherwise: str) -> str:
    """A code out of a text: of Chinese or Thai none can be made, and a number will do."""
    used = set(taken)
    base = slugify(text)[:40].strip("-").replace("_", "-") or otherwise
    numbered = (base if number == 1 else f"{base}-{number}" for number in range(1, len(used) + 2))
    return next(code for code in numbered if code not in used)


def _plain(value: Any) -> Any:
    """A number as TOML and JSON have it, without losing a digit."""
    return int(value) if value == value.to_integral_value() else float(value)
