"""The customer signs later for an inspection at which nobody was there: the result, his name, his signature.

Nothing of a visit that is not finished reaches this page: whoever asks for one finds nothing.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.actors import Actor
from accounts.models import User
from common.errors import Illegal, Invalid, NotVisible
from inspections import facts, services
from inspections.forms.signing import SignForm
from inspections.models import Inspection
from inspections.views.signing import result_of
from servicedesk.screens.portal import visits


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def sign(request: HttpRequest, number: int) -> HttpResponse:
    assert isinstance(request.user, User)
    if request.user.is_staff_member:
        return redirect("visit", f"SD-{number}")
    case = visits.signed_in(request.user, number).ticket
    row = facts.of_ticket(case)
    if row is None or row.signed_at is None:
        raise NotVisible(_("There is no such inspection."))
    if not row.sign_off.is_owed:
        return redirect("portal_ticket", number)
    form = SignForm(request.POST if request.method == "POST" else None, initial={"signer": request.user.name})
    if request.method == "POST" and form.is_valid():
        try:
            signature = form.signature_in(get_language() or "en")
            services.sign_later(inspection=row, signature=signature, by=Actor(request.user), now=timezone.now())
            messages.success(request, _("Thank you. The inspection is signed."))
            return redirect("portal_ticket", number)
        except Invalid as invalid:
            form.show(invalid)
        except Illegal as refusal:
            messages.error(request, refusal.detail)
            return redirect("portal_ticket", number)
    return _shown(request, row, form)


def _shown(request: HttpRequest, row: Inspection, form: SignForm) -> HttpResponse:
    visit = facts.load(row, get_language() or "")
    context = {**result_of(visit), "inspection": row, "ticket": row.ticket, "form": form, "made": row.sign_off}
    return render(request, "screens/portal/sign.html", context, status=400 if form.errors else 200)
