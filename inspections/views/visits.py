"""The list of inspections a person may see: staff all, customers those of their sites; and the next visits of one of
the staff, which his phone keeps. Blind to other apps' rows.
"""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, F, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.views.access import page_for
from inspections.policies import TABLE
from tickets.kinds import OPEN_STATES, Kind
from tickets.models import Ticket

PAGE_LENGTH = 50
DAYS_AHEAD = 3
MOST_AHEAD = 20


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


@require_safe
@page_for("inspection.see_visits", TABLE)
def mine(request: HttpRequest) -> HttpResponse:
    """What is planned for the person today and in the next days, then what he has begun, then what is late: however
    much is late, the phone keeps today's.
    """
    assert isinstance(request.user, User)
    now = timezone.now()
    today = datetime.combine(timezone.localdate(now), time(), timezone.get_current_timezone())
    until = today + timedelta(days=DAYS_AHEAD + 1)
    is_planned = Q(assignee=request.user, appointment__outcome="", appointment__planned_at__lt=until)
    is_begun = Q(inspection__begun_at__isnull=False) & (Q(assignee=request.user) | Q(inspection__begun_by=request.user))
    found = Ticket.objects.visible_to(request.user).filter(kind=Kind.INSPECTION, state__in=OPEN_STATES)
    rows = found.filter(is_planned | is_begun, inspection__sign_off=None).with_people_and_places()
    turn = Case(
        When(appointment__outcome="", appointment__planned_at__gte=today, then=0),
        When(inspection__begun_at__isnull=False, then=1),
        default=2,
    )
    rows = rows.select_related("appointment", "inspection__sign_off").order_by(turn, "appointment__planned_at", "pk")
    context = {
        "tickets": rows[:MOST_AHEAD],
        "now": now,
        "days": DAYS_AHEAD,
        "languages": [code for code, _name in settings.LANGUAGES],
    }
    return render(request, "inspections/mine.html", context)
