"""Products, below the settings: what units are of. Listed, added, changed; deleted while no unit names them."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.views.access import actor, page_for
from accounts.views.editing import Page, answer
from customers import services
from customers.forms import ProductForm
from customers.models import Product
from customers.policies import TABLE
from customers.views.records import one

ROWS = 50
ACTION = "customer.manage_equipment"


@page_for(ACTION, TABLE)
def products(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")[:100]
    rows = Product.objects.annotate(units=Count("equipment")).order_by("family", "name", "pk")
    for word in text.split()[:6]:
        named = Q(name__icontains=word) | Q(code__icontains=word)
        rows = rows.filter(named | Q(family__icontains=word) | Q(maker__icontains=word))
    context = {
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "q": text,
        "query": urlencode({"q": text}) if text else "",
    }
    return render(request, "customers/products.html", context)


@page_for(ACTION, TABLE)
def new(request: HttpRequest) -> HttpResponse:
    return _product(request, None)


@page_for(ACTION, TABLE)
def product(request: HttpRequest, pk: int) -> HttpResponse:
    return _product(request, one(Product.objects.all(), pk))


def _product(request: HttpRequest, row: Product | None) -> HttpResponse:
    title, button = (row.name, _("Save product")) if row else (_("New product"), _("Add product"))
    key = row.pk if row else None
    page = Page(
        title,
        button,
        (reverse("products"), _("Products")),
        template="customers/record.html",
        more={"kind": "product", "row": row},
    )
    return answer(
        request,
        form=ProductForm(request.POST or None, instance=Product.objects.get(pk=key) if key else Product()),
        save=lambda values, seen: services.save_product(
            product=Product(pk=key), values=values, by=actor(request), seen=seen
        ),
        page=page,
        done=lambda saved: reverse("products"),
    )
