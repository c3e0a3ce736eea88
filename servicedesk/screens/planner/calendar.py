"""The calendar of visits: a month, a week or a day, for the desk all of them, for a customer those of his sites.

A visit stands on the day and at the time of its site; a day says where it is closed. Reads only.
"""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import may
from accounts.roles import Role
from customers.models import Organisation
from servicedesk.screens.planner import asked as asking
from servicedesk.screens.planner import days
from tickets.policies import TABLE


@require_safe
@never_cache
@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    user, now = request.user, timezone.now()
    assert isinstance(user, User)
    today = timezone.localdate(now)
    asked = asking.read(request.GET, today)
    shown = days.shown(asked, user, now, today)
    page = min(asked.page, shown.pages)
    context = {
        "asked": asked,
        "views": [(code, asked.at(view=code), code == asked.view) for code in asking.VIEWS],
        "shown": shown,
        "days": shown.days,
        "pages": {
            "previous_address": asked.at(page=page - 1) if page > 1 else "",
            "next_address": asked.at(page=page + 1) if page < shown.pages else "",
        },
        "can_move": may(Actor(user), "ticket.work", TABLE),
        "now": now,
    }
    if not user.is_staff_member:
        return render(request, "screens/planner/calendar_public.html", context)
    context |= {
        "engineers": User.objects.filter(role=Role.ENGINEER, is_active=True).order_by("name"),
        "customers": Organisation.objects.filter(is_active=True).order_by("name"),
    }
    return render(request, "screens/planner/calendar.html", context)
