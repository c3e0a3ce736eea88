"""The editor of a checklist's draft: each press is one change of the document, so it works without script.

Every form carries the draft's number as it was read; who was slower is told, and keeps what was typed.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import reports
from accounts.views.access import actor, page_for
from common.errors import Illegal, Invalid, Stale
from common.whole_numbers import whole_number
from inspections import services
from inspections.checklists import ChecklistError, editing
from inspections.forms.checklists import HeadForm, ImportForm, ItemForm, NewChecklistForm, SectionForm
from inspections.models import Checklist, ReferencePicture
from inspections.policies import TABLE
from inspections.views.checklists import one, sheet
from inspections.views.languages import offer, tongues

ACTION = "inspection.manage_checklists"
Document = dict[str, Any]
STEPS = {"up": -1, "down": 1}


@page_for(ACTION, TABLE)
def new(request: HttpRequest) -> HttpResponse:
    form = NewChecklistForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.make_checklist(**form.cleaned_data, by=actor(request), now=timezone.now())
            return redirect("checklist_edit", row.code)
        except Invalid as invalid:
            show_errors(form, invalid)
    return render(request, "inspections/checklist_new.html", {"form": form}, status=status_of(form))


@page_for(ACTION, TABLE)
def import_file(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = form.cleaned_data["file"]
            row = services.import_bundle(document=document, by=actor(request), now=timezone.now())
            messages.success(request, _("This is the draft now. Look at it, then publish it."))
            return redirect("checklist_edit", row.code)
        except Invalid as invalid:
            show_errors(form, invalid)
        except Stale as stale:
            form.add_error("file", stale.detail)
    return render(request, "inspections/checklist_import.html", {"form": form}, status=status_of(form))


@page_for(ACTION, TABLE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """The draft beside its preview. Without a draft: what is in force, which becomes one with the first change."""
    row = one(code)
    document = draft_of(row)
    form = HeadForm(request.POST or None, initial=document)
    is_good = request.method == "POST" and form.is_valid()
    if is_good and (done := saved(request, row, editing.with_head(document, form.cleaned_data), form)):
        return done
    return shown(request, row, form, document)


def shown(request: HttpRequest, row: Checklist, form: forms.Form, document: Document) -> HttpResponse:
    latest = row.versions.first()
    context = {
        "row": row,
        "form": form,
        "document": document,
        "sheet": sheet(document),
        "latest": latest,
        "seen": row.draft_number,
        "tongues": [tongue for tongue in tongues(document) if not tongue.is_own],
        "offer": offer(document),
        "history": reports.history(row),
    }
    return render(request, "inspections/checklist_edit.html", context, status=status_of(form))


@page_for(ACTION, TABLE)
def section(request: HttpRequest, code: str, section: str = "") -> HttpResponse:
    """A new section, or the head of one that is there."""
    row = one(code)
    document = draft_of(row)
    codes = [part["code"] for part in document["sections"]]
    old = next((part for part in document["sections"] if part["code"] == section), None)
    if section and old is None:
        return gone(request, row)
    form = SectionForm(request.POST or None, initial=old)
    if request.method == "POST" and form.is_valid():
        values = form.values(codes, section)
        if done := changed(request, row, form, lambda: editing.put_section(document, values, section)):
            return done
    title = _("Change section") if section else _("New section")
    return part_page(request, row, form, title, "inspections/checklist_section.html")


@page_for(ACTION, TABLE)
def item(request: HttpRequest, code: str, section: str, item: str = "") -> HttpResponse:
    """A new check at the end of a section, or one that is there."""
    row = one(code)
    document = draft_of(row)
    part = next((part for part in document["sections"] if part["code"] == section), None)
    old = next((entry for entry in (part or {}).get("items", ()) if entry["code"] == item), None)
    if part is None or (item and old is None):
        return gone(request, row)
    picture = str((old or {}).get("picture") or "")
    form = (
        ItemForm(request.POST, request.FILES, picture=picture) if request.method == "POST" else ItemForm.of(old or {})
    )
    if request.method == "POST" and form.is_valid() and with_picture(request, form):
        taken = [entry["code"] for other in document["sections"] for entry in other.get("items", ())]
        values = form.values(taken, item)
        if done := changed(request, row, form, lambda: editing.put_item(document, section, values, item)):
            return done
    title = _("Change check") if item else _("New check in “%(section)s”") % {"section": part["title"]}
    return part_page(request, row, form, title, "inspections/checklist_item.html")


def with_picture(request: HttpRequest, form: ItemForm) -> bool:
    """Keeps the picture that was sent, which is then the form's; False when it cannot be shown, which the form says."""
    file = form.cleaned_data["picture_file"]
    if file is None:
        return True
    try:
        kept = services.keep_picture(source=file, size=file.size, by=actor(request), now=timezone.now())
    except Invalid as invalid:
        show_errors(form, invalid)
        return False
    form.picture = kept.sha256
    return True


@require_POST
@page_for(ACTION, TABLE)
def move(request: HttpRequest, code: str) -> HttpResponse:
    """Up, down or away: a section (`section`) or a check of it (`item`)."""
    row, act = one(code), request.POST.get("act", "")
    section, item = request.POST.get("section", ""), request.POST.get("item", "")
    document = draft_of(row)
    try:
        changed = _acted(document, act, section, item)
    except KeyError:
        return gone(request, row)
    return saved(request, row, changed, None) or redirect("checklist_edit", code)


def _acted(document: Document, act: str, section: str, item: str) -> Document:
    if act == "delete":
        return editing.without_item(document, section, item) if item else editing.without_section(document, section)
    if act not in STEPS:
        raise KeyError(act)
    if item:
        return editing.move_item(document, section, item, STEPS[act])
    return editing.move_section(document, section, STEPS[act])


@require_POST
@page_for(ACTION, TABLE)
def finish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the draft, throw it away, take the list out of use or back into it."""
    row, act = one(code), request.POST.get("act", "")
    by, now = actor(request), timezone.now()
    try:
        if act == "publish":
            version = services.publish(checklist=row, seen=seen(request), by=by, now=now)
            messages.success(request, _("Version %(n)d is in force.") % {"n": version.number})
            return redirect("checklist", code)
        if act == "discard":
            services.discard_draft(checklist=row, by=by, now=now)
            messages.success(request, _("The draft is thrown away."))
            return redirect("checklist", code)
        if act not in ("retire", "use"):
            raise Http404
        services.set_retired(checklist=row, is_retired=act == "retire", by=by)
        return redirect("checklists")
    except (Stale, Illegal, Invalid) as refusal:
        messages.error(request, str(refusal))
        return redirect("checklist_edit", code)


def draft_of(row: Checklist) -> Document:
    """The draft, else a copy of what is in force."""
    latest = row.versions.first()
    found: Document = row.draft or (latest.document if latest else editing.empty(row.code, row.code))
    return {**found, "sections": [{**part, "items": part.get("items", [])} for part in found.get("sections", ())]}


def changed(
    request: HttpRequest, row: Checklist, form: ItemForm | SectionForm, change: Callable[[], Document]
) -> HttpResponse | None:
    try:
        document = change()
    except ChecklistError as error:
        form.add_error(None, error.message) if isinstance(form, SectionForm) else form.show(error)
        return None
    return saved(request, row, document, form)


def saved(request: HttpRequest, row: Checklist, document: Document, form: forms.Form | None) -> HttpResponse | None:
    """On to the editor; None when somebody was faster, which the form then says."""
    try:
        services.save_draft(checklist=row, document=document, seen=seen(request), by=actor(request), now=timezone.now())
    except Stale as stale:
        if form is None:
            messages.error(request, stale.detail)
        else:
            form.add_error(None, _("%(what)s Look at it, then save again.") % {"what": stale.detail})
        return None
    return redirect(reverse("checklist_edit", args=[row.code]) + anchor(request))


def anchor(request: HttpRequest) -> str:
    """Back to where one pressed."""
    code = request.POST.get("item") or request.POST.get("section") or ""
    return f"#at-{code}" if code.replace("-", "").isalnum() else ""


def seen(request: HttpRequest) -> int:
    return whole_number(request.POST.get("seen", "")) or 0


def part_page(request: HttpRequest, row: Checklist, form: forms.Form, title: str, template: str) -> HttpResponse:
    named = form.picture if isinstance(form, ItemForm) else ""
    context = {
        "row": row,
        "form": form,
        "title": title,
        "seen": row.draft_number,
        "picture": ReferencePicture.objects.named_by([named]).get(named) if named else None,
    }
    return render(request, template, context, status=status_of(form))


def gone(request: HttpRequest, row: Checklist) -> HttpResponse:
    messages.error(request, _("Somebody changed this draft meanwhile: that part is gone."))
    return redirect("checklist_edit", row.code)


def status_of(form: forms.Form) -> int:
    return 400 if form.is_bound and form.errors else 200


def show_errors(form: forms.Form, invalid: Invalid) -> None:
    for name, sentences in invalid.errors.items():
        form.add_error(name if name in form.fields else None, sentences)
