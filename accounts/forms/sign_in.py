"""The forms of the accounts' package under our labels, so that a page and the summary of its errors say the same.

Nothing else is changed: what they ask and check is the package's.
"""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "remember": _("Keep me signed in on this device"),
    "oldpassword": _("Password now"),
    "password1": _("New password"),
    "password2": _("New password again"),
}


class _Labelled:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name in fields.keys() & LABELS.keys():
            fields[name].label = LABELS[name]


class SignInForm(_Labelled, allauth.LoginForm):  # type: ignore[misc]  # the package brings no types
    pass


class ResetForm(_Labelled, allauth.ResetPasswordForm):  # type: ignore[misc]
    pass


class NewPasswordForm(_Labelled, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ChangePasswordForm(_Labelled, allauth.ChangePasswordForm):  # type: ignore[misc]
    pass
