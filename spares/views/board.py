"""The tickets that wait for a part, for those who move parts and those who wait for them: staff only."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from spares.reports import waiting

PAGE_LENGTH = 50


@require_safe
@login_required
def spares(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, User)
    if not request.user.is_staff_member:
        return redirect("/portal/")
    page = Paginator(waiting.waiting_for_parts(request.user), PAGE_LENGTH).get_page(request.GET.get("page"))
    return render(request, "spares/list.html", {"page": page, "now": timezone.now()})
