"""After sending a paper: who of the customer hears of it, or that nobody does."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _


def say_who_is_told(request: HttpRequest, people: Sequence[str]) -> None:
    """`people`: by name or address. Without any the paper is sent, and still in nobody's hands."""
    if people:
        names = ", ".join(people[:3]) + (" …" if len(people) > 3 else "")
        messages.success(request, _("The report is sent. Told: %(people)s.") % {"people": names})
    else:
        messages.warning(
            request, _("The report is sent. Nobody of the customer has an account or address here: hand it over.")
        )
