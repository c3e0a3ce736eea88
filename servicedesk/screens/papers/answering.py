"""The customer's word on a paper, as it comes from its page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from common.errors import Illegal
from servicedesk.screens.papers.forms import CommentForm


def answered(request: HttpRequest, answer: Callable[[str], object]) -> CommentForm | None:
    """`answer`: takes the comment, empty where he only acknowledges. None: done, or said why not."""
    form = CommentForm(request.POST)
    is_comment = request.POST.get("act") == "comment"
    if is_comment and not form.is_valid():
        return form
    said = form.cleaned_data["comment"] if is_comment else ""
    try:
        answer(said)
        messages.success(request, _("Thank you. We have your comment.") if said else _("Thank you. We have noted it."))
    except Illegal as refusal:
        messages.error(request, refusal.detail)
    return None
