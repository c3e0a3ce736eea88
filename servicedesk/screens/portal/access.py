"""The access notes of the site, on the page of a case: who signs in reads them and may change them.

A guest's link opens one case, not what is known of a place: he reads what was told with it, and changes nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from common.errors import Illegal, Invalid, Stale
from servicedesk.screens.portal.forms import AccessForm
from servicedesk.screens.portal.visits import Visit
from tickets import services

ACTION, FIELDS = "access", ("notes", "seen")


def form_of(visit: Visit, typed: Mapping[str, Sequence[str]] | None = None) -> AccessForm | None:
    """None where there is nothing to change: no site, no account, or the case is over.

    `typed`: what came after the session was over, once its writer is back.
    """
    ticket = visit.ticket
    if visit.viewer is None or ticket.site is None or not ticket.is_open:
        return None
    notes = services.access_of(ticket)
    back = {name: texts[-1] for name, texts in (typed or {}).items() if name in FIELDS and texts}
    form = AccessForm(initial={"notes": notes, "seen": notes} | back)
    form.is_begun = bool(back)
    return form


def write(request: HttpRequest, visit: Visit, now: datetime) -> HttpResponse | AccessForm:
    """The form comes back where something is wrong with it; nothing typed is lost."""
    form = AccessForm(request.POST)
    if visit.viewer is None:
        raise Http404
    if not form.is_valid():
        return form
    notes, seen = form.cleaned_data["notes"], form.cleaned_data["seen"]
    try:
        services.change_access(ticket=visit.ticket, notes=notes, by=visit.by, now=now, seen=seen)
    except Stale as stale:
        return _with_theirs(form, visit, stale)
    except Invalid as invalid:
        for sentence in invalid.errors.get("access_notes", [str(invalid)]):
            form.add_error("notes", sentence)
        return form
    except Illegal as refusal:
        messages.warning(request, refusal.detail)
    else:
        messages.success(request, _("Thank you. The access notes are saved."))
    return redirect(visit.address)


def _with_theirs(form: AccessForm, visit: Visit, stale: Stale) -> AccessForm:
    """Shows what stands there now; sent once more, the own text is written over it."""
    theirs = str(stale.changed["access_notes"][0])
    again = AccessForm({"notes": form.data.get("notes", ""), "seen": theirs})
    again.add_error("notes", _("Somebody else changed the notes meanwhile: “%(notes)s”") % {"notes": theirs})
    return again
