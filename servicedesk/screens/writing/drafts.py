"""Saving a draft while somebody writes. Answers with when; never with a page."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from common.errors import Refusal
from servicedesk.screens.access import StaffRequest, staff_page
from servicedesk.screens.ticket import load
from servicedesk.screens.ticket_forms import DraftForm
from servicedesk.screens.writing.composer import saved_words
from tickets import services


@staff_page
@require_POST
def save(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    token: UUID | None = form.cleaned_data["token"]
    told = form.cleaned_data
    try:
        draft = services.save_draft(
            ticket=case.ticket, kind=told["kind"], body=told["body"], by=case.actor, now=case.now, token=token,
            back=told["back"],
        )  # fmt: skip
    except Refusal as refusal:
        return JsonResponse({"errors": refusal.detail}, status=403)
    saved = saved_words(draft.saved_at) if draft else ""
    return JsonResponse({"saved": saved, "at": draft.saved_at.isoformat() if draft else ""})
