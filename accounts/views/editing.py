"""The page of one record: form, what somebody else changed meanwhile, history. For accounts and the apps above it.

`save` is a service; its refusals come back beside their fields, and nothing typed is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import reports
from accounts.services.records import Saved
from common.editing import RecordForm
from common.errors import Illegal, Invalid, Stale

PAGE = "accounts/record.html"
Save = Callable[[dict[str, Any], dict[str, Any] | None], Saved]


@dataclass(frozen=True)
class Page:
    """What the page says around the form. `back`: address and label of where one came from."""

    title: str
    button: str
    back: tuple[str, str]
    lead: str = ""
    said: str = ""  # once it is saved; empty: that, and what others changed
    template: str = PAGE
    more: Mapping[str, Any] = field(default_factory=dict)


def answer(
    request: HttpRequest, *, form: RecordForm, save: Save, page: Page, done: Callable[[Saved], str]
) -> HttpResponse:
    """GET shows, POST saves and goes on to `done`."""
    if request.method != "POST":
        return show(request, form, page)
    if not form.is_valid():
        return show(request, form, page, 400)
    try:
        saved = save(form.values(), form.seen_values())
    except Stale as stale:
        current = type(form.instance)._default_manager.get(pk=form.instance.pk)
        form.show_clashes(stale, current)
        return show(request, form, page, 409)
    except Invalid as invalid:
        form.show_errors(invalid.errors)
        return show(request, form, page, 400)
    except Illegal as illegal:
        form.add_error(None, illegal.detail)
        return show(request, form, page, 409)
    messages.success(request, page.said or _said(form, saved))
    return redirect(done(saved))


def show(request: HttpRequest, form: RecordForm, page: Page, status: int = 200) -> HttpResponse:
    row = form.instance
    history = reports.history(row) if row.pk else []
    context = {"page": page, "form": form, "history": history, **page.more}
    return render(request, page.template, context, status=status)


def _said(form: RecordForm, saved: Saved) -> str:
    if not saved.theirs:
        return _("Saved.") if saved.mine else _("Nothing was different.")
    others = ", ".join(str(form.fields[name].label or name) for name in sorted(saved.theirs))
    latest = next(iter(reports.history(saved.row, 2)[-1:]), None)
    names = {"fields": others, "who": latest.who if latest else _("Somebody else")}
    return _("Saved. %(who)s also changed: %(fields)s.") % names
