"""Units from a table: first what would happen, line by line, then all of it with one press."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from accounts.views.access import actor, page_for
from common.errors import Invalid
from customers import services
from customers.forms import ImportForm
from customers.policies import TABLE
from customers.services.imports import COLUMNS
from customers.views.records import address, back_to, organisation_of

SHOWN = 200


@page_for("customer.manage_equipment", TABLE)
def import_units(request: HttpRequest, code: str) -> HttpResponse:
    owner = organisation_of(code)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "organisation": owner,
        "form": form,
        "back": back_to(owner, "equipment"),
        "columns": COLUMNS,
    }
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                text = form.table()
                lines = services.read_equipment(text=text, organisation=owner)
                if request.POST.get("confirm"):
                    count = services.import_equipment(lines=lines, by=actor(request))
                    said = ngettext("%(count)d unit is added.", "%(count)d units are added.", count)
                    messages.success(request, said % {"count": count})
                    return redirect(address(owner, "equipment"))
                wrong = [line for line in lines if line.errors]
                status = 400 if wrong else 200
                context |= {"lines": (wrong + [line for line in lines if not line.errors])[:SHOWN], "count": len(lines)}
                context |= {"wrong": len(wrong), "text": text, "is_ready": bool(lines) and not wrong}
            except ValidationError as error:
                form.add_error("file", error)
            except Invalid as invalid:
                form.add_error("text", invalid.detail)
    return render(request, "customers/import.html", context, status=status)
