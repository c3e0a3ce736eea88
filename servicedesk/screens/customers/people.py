"""Somebody who has an account becomes one of a customer's people, on the customer's page. Administrators only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.access import actor, page_for
from common.errors import Invalid
from customers import services
from customers.forms import MemberForm
from customers.models import Organisation
from customers.policies import TABLE
from customers.views.records import address, organisation_of
from servicedesk.screens.customers import detail


@page_for("customer.manage_memberships", TABLE)
def add(request: HttpRequest, code: str) -> HttpResponse:
    """By address; `site` empty: the whole organisation. Read (a reload after an error), it is the customer's page."""
    owner = organisation_of(code)
    if request.method != "POST":
        return redirect(address(owner, "people"))
    form = MemberForm(request.POST, organisation=owner)
    if form.is_valid():
        _add(request, owner, form)
    return redirect(address(owner, "people")) if form.is_valid() else detail.page(request, owner, form)


def _add(request: HttpRequest, owner: Organisation, form: MemberForm) -> None:
    email, site = form.cleaned_data["email"], form.cleaned_data["site"]
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        form.add_error("email", _("Nobody has this address yet."))
        asked = {"role": "customer", "place": owner.code, "email": email, "site": site.pk if site else ""}
        invite, link = _("Invite %(address)s") % {"address": email}, f"{reverse('person_new')}?{urlencode(asked)}"
        form["email"].help_text = format_html('<a href="{}">{}</a>', link, invite)
        return
    try:
        services.add_membership(user=user, organisation=owner, site=site, by=actor(request))
    except Invalid as invalid:
        form.add_error("email", invalid.detail)
