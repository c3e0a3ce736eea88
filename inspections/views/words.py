"""The words of a list in one further language beside the original. Each save is one change of the draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.views.access import actor, page_for
from common.errors import Stale
from inspections import services
from inspections.checklists import words
from inspections.forms.words import WordsForm
from inspections.models import Checklist
from inspections.policies import TABLE
from inspections.views.checklists import one, sheet
from inspections.views.editor import ACTION, draft_of, seen, status_of
from inspections.views.languages import Tongue, offer, offered, tongues

PAGE_LENGTH = 300  # a browser sends at most 1000 fields
Document = Mapping[str, Any]
KINDS = {
    "name": gettext_lazy("Name of the list"),
    "hint": gettext_lazy("Hint"),
    "picture_text": gettext_lazy("Picture"),
}


@dataclass(frozen=True)
class Line:
    """One text with its field. `former`: what the version in force says, where its text has changed since."""

    field: forms.BoundField
    kind: Any
    former: tuple[str, str] | None


@page_for(ACTION, TABLE)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    row = one(code)
    document = draft_of(row)
    tongue = _chosen(document, request.GET.get("in", ""))
    if request.method == "POST" and request.POST.get("act") == "fill":
        return _saved(request, row, offered(document), tongue) or redirect(_address(row, tongue))
    lacking, said = words.missing(document, tongue.code), words.words_in(document, tongue.code)
    only_missing = "missing" in request.GET
    texts = {place: text for place, text in words.texts(document).items() if not only_missing or place in lacking}
    page = Paginator(list(texts), PAGE_LENGTH).get_page(request.GET.get("page"))
    form = WordsForm(
        request.POST or None, texts={place: texts[place] for place in page}, language=tongue.code, initial=said
    )
    if request.method == "POST" and form.is_valid():
        new = words.with_words(document, tongue.code, {**said, **form.cleaned_data})
        if done := _saved(request, row, new, tongue, form):
            return done
    return _shown(request, row, document, tongue, form, page)


def _shown(
    request: HttpRequest, row: Checklist, document: Document, tongue: Tongue, form: WordsForm, page: Page[str]
) -> HttpResponse:
    latest = row.versions.first()
    context = {
        "row": row,
        "form": form,
        "page": page,
        "parts": _parts(document, form, _former(document, latest.document if latest else {}, tongue.code)),
        "tongue": tongue,
        "tongues": tongues(document),
        "offer": offer(document),
        "only_missing": "missing" in request.GET,
        "sheet": sheet(document, tongue.code),
        "document": document,
        "own": words.own_language(document),
        "seen": row.draft_number,
    }
    return render(request, "inspections/checklist_words.html", context, status=status_of(form))


def _saved(
    request: HttpRequest, row: Checklist, document: Document, tongue: Tongue, form: WordsForm | None = None
) -> HttpResponse | None:
    """Back to the page; None when somebody was faster. What changes nothing begins no draft."""
    try:
        if document != draft_of(row):
            by, now = actor(request), timezone.now()
            services.save_draft(checklist=row, document=document, seen=seen(request), by=by, now=now)
        else:
            messages.info(request, _("Nothing has changed."))
            return redirect(_address(row, tongue))
    except Stale as stale:
        sentence = _("%(what)s Look at it, then save again.") % {"what": stale.detail}
        form.add_error(None, sentence) if form else messages.error(request, stale.detail)
        return None
    messages.success(request, _state(document, tongue))
    return redirect(_address(row, tongue))


def _state(document: Document, tongue: Tongue) -> str:
    lacking = len(words.missing(document, tongue.code))
    if not lacking:
        return _("Saved. Every text has its words in %(language)s.") % {"language": tongue.name}
    said = ngettext(
        "Saved. %(n)d text is missing in %(language)s.", "Saved. %(n)d texts are missing in %(language)s.", lacking
    )
    return said % {"n": lacking, "language": tongue.name}


def _chosen(document: Document, asked: str) -> Tongue:
    """The language asked for, else the first that lacks something."""
    further = [tongue for tongue in tongues(document) if not tongue.is_own]
    if asked:
        found = next((tongue for tongue in further if tongue.code == asked), None)
        if found is None:
            raise Http404
        return found
    return next((tongue for tongue in further if tongue.missing), further[0])


def _address(row: Checklist, tongue: Tongue) -> str:
    return f"{reverse('checklist_words', args=[row.code])}?{urlencode({'in': tongue.code})}"


def _former(document: Document, latest: Document, language: str) -> dict[str, tuple[str, str]]:
    """Of texts without words that the version in force says otherwise: what it says, and its words."""
    texts, said = words.texts(latest), words.words_in(latest, language)
    return {place: (texts[place], said[place]) for place in words.missing(document, language) if place in said}


def _parts(document: Document, form: WordsForm, former: Mapping[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """The lines by section, as the list has them."""
    lines = {
        place: Line(form[place], KINDS.get(place.rpartition(".")[2], _kind(place)), former.get(place))
        for place in form.fields
    }
    found = [{"title": _("The list"), "lines": [lines[place] for place in ("name",) if place in lines]}]
    for section in document["sections"]:
        begins = (f"sections.{section['code']}", *(f"items.{item['code']}." for item in section["items"]))
        own = [line for place, line in lines.items() if place == begins[0] or place.startswith(begins[1:])]
        found.append({"title": section["title"], "lines": own})
    return [part for part in found if part["lines"]]


def _kind(place: str) -> Any:
    if place.startswith("sections."):
        return _("Title of the section")
    return _("Option") if ".options." in place else ""
