"""Behind the bell: what a person should know of, unread first. And mail, for administrators: settings, test, outbox."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.views.access import actor, page_for
from common import limits
from common.errors import NotVisible
from common.whole_numbers import whole_number
from notifications import services
from notifications.models import Delivery
from notifications.policies import TABLE
from notifications.reports import bell, outbox

PAGE = 50
TESTS = "10/h"


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
    upto = whole_number(request.POST.get("upto", "")) or 0
    services.mark_all_read(user=_person(request), upto=upto, now=timezone.now())
    return redirect("notifications:list")


@page_for("mail.test", TABLE)
def mail(request: HttpRequest) -> HttpResponse:
    """The settings in force without their secrets, and the state of the outbox."""
    pending, failed = Delivery.objects.pending(), Delivery.objects.failed()
    context = {
        "facts": outbox.settings_in_force(),
        "waiting": pending.count(),
        "oldest": pending.order_by("created_at").values_list("created_at", flat=True).first(),
        "failed_count": failed.count(),
        "failed": failed.select_related("user", "ticket")[:PAGE],
        "latest": Delivery.objects.filter(kind="mail_test", user=_person(request)).first(),
        "now": timezone.now(),
    }
    return render(request, "notifications/mail.html", context)


@require_POST
@page_for("mail.test", TABLE)
def test_mail(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    if limits.seconds_to_wait("mail_test", str(_person(request).pk), TESTS, now):
        messages.error(request, _("That were many tests. Wait an hour."))
        return redirect("notifications:mail")
    delivery = services.send_test(by=actor(request), now=now)
    if not outbox.settings_in_force().is_real and delivery.status == Delivery.Status.SENT:
        messages.warning(request, _("Nothing left this desk: mail is not set up, and the test stands on the terminal."))
    elif delivery.status == Delivery.Status.SENT:
        messages.success(request, _("The mail server took the test mail to %(to)s.") % {"to": delivery.address})
    else:
        messages.error(request, _("The test mail was not sent: %(error)s") % {"error": delivery.error})
    return redirect("notifications:mail")


@require_POST
@page_for("mail.send_again", TABLE)
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    services.retry(pk=pk, by=actor(request), now=timezone.now())
    messages.success(request, _("The mail is in the queue again."))
    return redirect("notifications:mail")


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # login_required
    return request.user
