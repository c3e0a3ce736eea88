"""Who belongs to which customer: added on the person's page, removed on both. Administrators only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from accounts.views.access import actor, page_for
from common.errors import Invalid
from common.whole_numbers import whole_number
from customers import services
from customers.models import Membership, Organisation, Site
from customers.policies import TABLE
from customers.views.records import address, one


@require_POST
@page_for("customer.manage_memberships", TABLE)
def add_place(request: HttpRequest, pk: int) -> HttpResponse:
    """From the person's page: `place` is "o-3", all of an organisation, or "s-12", one site."""
    user = one(User.objects.all(), pk)
    kind, _dash, number = request.POST.get("place", "").partition("-")
    key = whole_number(number) or 0
    site = Site.objects.select_related("organisation").filter(pk=key).first() if kind == "s" else None
    owner = site.organisation if site else Organisation.objects.filter(pk=key).first() if kind == "o" else None
    if owner is None:
        messages.error(request, _("Choose a customer or a site."))
    else:
        try:
            services.add_membership(user=user, organisation=owner, site=site, by=actor(request))
            messages.success(
                request, _("%(name)s sees the tickets of %(place)s.") % {"name": user, "place": site or owner}
            )
        except Invalid as invalid:
            messages.error(request, invalid.detail)
    return redirect(reverse("person", args=[user.pk]) + "#places")


@require_POST
@page_for("customer.manage_memberships", TABLE)
def remove_person(request: HttpRequest, pk: int) -> HttpResponse:
    membership = one(Membership.objects.select_related("organisation", "site__organisation", "user"), pk)
    services.remove_membership(membership=membership, by=actor(request))
    messages.success(request, _("Removed. The person no longer sees these tickets."))
    return redirect(_next(request) or address(membership.organisation, "people"))


def _next(request: HttpRequest) -> str:
    """Back to the person's page, and to nowhere else."""
    person = whole_number(request.POST.get("person", ""))
    return "" if person is None else reverse("person", args=[person]) + "#places"
