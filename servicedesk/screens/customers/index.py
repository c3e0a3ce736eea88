"""The list of customers: open tickets, contracts that end soon. One statement for each column, whatever its length."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.policies import may
from accounts.views.access import actor, page_for
from customers.models import Contract, Organisation, Site
from customers.policies import TABLE
from tickets.models import Ticket

ROWS = 50
SOON = timedelta(days=60)


@page_for("customer.see_records", TABLE)
def customers(request: HttpRequest) -> HttpResponse:
    now, text = timezone.now(), request.GET.get("q", "")[:100]
    state = request.GET.get("state", "")
    today = timezone.localdate(now)
    rows = _counted(Organisation.objects.filter(is_active=state != "ended"), today)
    for word in text.split()[:6]:
        rows = rows.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(sites__name__icontains=word)
        ).distinct()
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "q": text,
        "state": state,
        "query": query.urlencode(),
        "soon": today + SOON,
        "may_manage": may(actor(request), "customer.manage_organisations", TABLE),
        "now": now,
    }
    return render(request, "screens/customers/index.html", context)


def _counted(rows: QuerySet[Organisation], today: Any) -> QuerySet[Organisation]:
    tickets = Ticket.objects.open().filter(organisation=OuterRef("pk")).order_by().values("organisation")
    sites = Site.objects.filter(organisation=OuterRef("pk"), is_active=True).order_by().values("organisation")
    contracts = Contract.objects.in_force(today).filter(organisation=OuterRef("pk")).order_by().values("organisation")
    return rows.annotate(
        open_count=_number(tickets),
        site_count=_number(sites),
        contract_count=_number(contracts),
        next_end=Subquery(contracts.annotate(day=Min(F("ends_on"))).values("day")),
    )


def _number(rows: Any) -> Any:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
