"""Whose tickets a report of the promises speaks of: customer, contract, team, gravity. Fields and their keys."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Team
from customers.models import Contract, Organisation
from tickets.models import Ticket

FIELDS = ("organisation", "contract", "team", "level")
SEVERITIES = {1: _("Gravest"), 2: _("Grave"), 3: _("Moderate"), 4: pgettext_lazy("a fault", "Light")}
NONE = "none"


class _Options(ModelChoiceIterator):  # type: ignore[type-arg]  # generic in the stubs only
    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield NONE, getattr(self.field, "without", "")


class OrNone(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A row by its code, or the tickets that have none."""

    iterator = _Options

    def __init__(self, queryset: QuerySet[Any], without: str | LazyText, **options: Any) -> None:
        self.without = without
        super().__init__(queryset, required=False, **options)

    def to_python(self, value: Any) -> Any:
        return NONE if value == NONE else super().to_python(value)

    def label_from_instance(self, obj: Any) -> str:
        if isinstance(obj, Contract):
            return f"{obj.organisation}, {obj.name or obj.number}"
        return str(obj)


class SelectionForm(forms.Form):
    organisation = OrNone(
        Organisation.objects.order_by("name"), _("No organisation"), label=_("Organisation"), to_field_name="code",
        empty_label=_("All organisations"),
    )  # fmt: skip
    contract = OrNone(
        Contract.objects.select_related("organisation").order_by("organisation__name", "name"), _("Without contract"),
        label=_("Contract"), to_field_name="number", empty_label=_("All contracts"),
    )  # fmt: skip
    team = OrNone(
        Team.objects.all(), _("Without team"), label=_("Team"), to_field_name="code", empty_label=_("All teams")
    )
    level = forms.TypedChoiceField(
        label=_("Level"), choices=[("", _("All levels")), *SEVERITIES.items()], coerce=int, required=False,
        empty_value=None,
    )  # fmt: skip


def ids(values: Mapping[str, Any]) -> dict[str, int | None]:
    """The keys of what was chosen, as a Scope takes them: 0 is none."""
    keys = {name: _key(values.get(name)) for name in ("organisation", "contract", "team")}
    return keys | {"severity": values.get("level")}


def _key(value: Any) -> int | None:
    if not value:
        return None
    return 0 if value == NONE else value.pk


def words(values: Mapping[str, Any]) -> list[str]:
    """What was chosen, by name."""
    found = []
    for name in FIELDS:
        value = values.get(name)
        if value == NONE:
            found.append(str(getattr(SelectionForm.base_fields[name], "without", "")))
        elif isinstance(value, int):
            found.append(str(SEVERITIES.get(value, value)))
        elif value:
            found.append(str(value.name or value))
    return found


def tickets(keys: Mapping[str, int | None]) -> QuerySet[Ticket]:
    """Tickets of that selection, of any time."""
    found = Ticket.objects.all()
    for name in ("organisation", "contract", "team"):
        key = keys.get(name)
        if key is not None:
            found = found.filter(**{name: key or None})
    severity = keys.get("severity")
    return found if severity is None else found.filter(severity=severity)
