"""The form of a contract, for administrators. Checks shape only."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from customers.kinds import Category


class ContractForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Categories are those that tickets have: one that no ticket can have would cover nothing."""

    categories = forms.MultipleChoiceField(
        label=_("only these categories"),
        choices=Category.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: every category."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = [name for name in self.instance.categories if name not in Category.values]
        choices = [*Category.choices, *((name, name) for name in unknown)]
        self.fields["categories"].choices = choices  # type: ignore[attr-defined]
