"""The list of inspections a person may see: staff all, customers those of their sites. Blind to other apps' rows."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from tickets.kinds import OPEN_STATES, Kind
from tickets.models import Ticket

PAGE_LENGTH = 50


@require_safe
@login_required
def inspections(request: HttpRequest) -> HttpResponse:
    """Open ones first, what is due next on top."""
    assert isinstance(request.user, User)
    found = Ticket.objects.visible_to(request.user).filter(kind=Kind.INSPECTION).with_people_and_places()
    found = found.select_related("inspection__sign_off")
    is_over = Case(When(state__in=OPEN_STATES, then=0), default=1)
    ordered = found.order_by(is_over, F("next_due_at").asc(nulls_last=True), "-received_at")
    page = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    template = "inspections/list.html" if request.user.is_staff_member else "inspections/list_public.html"
    return render(request, template, {"page": page, "now": timezone.now()})
