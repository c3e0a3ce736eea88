"""Behind the bell: what a person should know of, unread first. Reading is a POST; looking changes nothing."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from common.errors import NotVisible
from notifications import services
from notifications.reports import bell

PAGE = 50


@require_GET
@login_required
def notices(request: HttpRequest) -> HttpResponse:
    user = _person(request)
    page = Paginator(bell.notices(user), PAGE).get_page(request.GET.get("page"))
    lines = bell.lines(list(page.object_list), user)
    newest = max((line.pk for line in lines), default=0)
    context = {"page": page, "lines": lines, "newest": newest, "unread": bell.unread(user), "now": timezone.now()}
    return render(request, "notifications/list.html", context)


@require_POST
@login_required
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Marks one read and goes to its ticket."""
    user = _person(request)
    notice = services.mark_read(pk=pk, user=user, now=timezone.now())
    if notice is None:
        raise NotVisible("There is no such notice.")
    return redirect(bell.address(notice.ticket, user))


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    upto = request.POST.get("upto", "")
    number = int(upto) if upto.isascii() and upto.isdigit() and len(upto) < 18 else 0
    services.mark_all_read(user=_person(request), upto=number, now=timezone.now())
    return redirect("notifications:list")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required
    return request.user
