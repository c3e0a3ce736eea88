"""Checklists to read: all of them, one in any of its versions as on the phone, and as a file. Writes nothing."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import get_valid_filename
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.policies import may
from accounts.views.access import actor, page_for
from inspections import services, wording
from inspections.checklists import Checklist as Document
from inspections.checklists import ChecklistError, Item, in_language, read
from inspections.models import Checklist, ChecklistVersion, ReferencePicture
from inspections.policies import TABLE
from inspections.views.languages import tongues


@require_safe
@page_for("inspection.see_checklists", TABLE)
def checklists(request: HttpRequest) -> HttpResponse:
    """Those in use first, by name; those that nobody has published yet are their makers' drafts."""
    current = {version.checklist_id: version for version in ChecklistVersion.objects.current()}
    rows = [Row(checklist, current.get(checklist.pk)) for checklist in Checklist.objects.all()]
    rows.sort(key=lambda row: (row.checklist.is_retired, row.name.casefold()))
    return render(request, "inspections/checklists.html", {"rows": rows, "may_edit": may_edit(request)})


@require_safe
@page_for("inspection.see_checklists", TABLE)
def checklist(request: HttpRequest, code: str) -> HttpResponse:
    row = one(code)
    versions = list(row.versions.select_related("published_by"))
    version = chosen(versions, request.GET.get("version", ""))
    if version is None:
        raise Http404
    languages = tongues(version.document)
    chosen_one = next((each for each in languages if each.code == request.GET.get("in")), languages[0])
    context = {
        "row": row,
        "tongues": [each for each in languages if each.is_own or each.missing < each.total],
        "tongue": chosen_one,
        "version": version,
        "versions": versions,
        "is_current": version == versions[0],
        "sheet": sheet(version.document, chosen_one.code),
        "may_edit": may_edit(request),
    }
    return render(request, "inspections/checklist.html", context)


@require_safe
@page_for("inspection.see_checklists", TABLE)
def export(request: HttpRequest, code: str) -> HttpResponse:
    """The document of a version, of the draft where `version=draft`, with its pictures, as JSON for the import."""
    row = one(code)
    asked = request.GET.get("version", "")
    if asked == "draft" and may_edit(request):
        document, name = row.draft, f"{code}-draft"
    else:
        version = chosen(list(row.versions.all()), asked)
        document, name = (version.document, f"{code}-v{version.number}") if version else (None, "")
    if document is None:
        raise Http404
    text = json.dumps(services.bundle(document), ensure_ascii=False, indent=2) + "\n"
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{get_valid_filename(name)}.json"'
    return answer


class Row:
    """One line of the list."""

    def __init__(self, checklist: Checklist, version: ChecklistVersion | None) -> None:
        self.checklist = checklist
        self.version = version
        document: Mapping[str, Any] = version.document if version else checklist.draft or {}
        self.name = str(document.get("name") or checklist.code)
        self.family = document.get("family", "")
        self.purpose = wording.PURPOSES.get(document.get("purpose", "any"), "")
        self.count = sum(len(section.get("items", ())) for section in document.get("sections", ()))


def sheet(document: Mapping[str, Any], language: str = "") -> dict[str, Any]:
    """What the phone shows of a document: parts with their checks, numbered. Of a draft, what of it can be read."""
    try:
        found: Document = in_language(read(document), language)
    except ChecklistError as error:
        return {"problem": problem(error)}
    numbers = found.numbers()
    shown = ReferencePicture.objects.named_by(item.picture for item in found.items if item.picture)
    with override(language or get_language()):
        limits = {item.code: wording.limits(item) for item in found.items}
    parts = [
        {
            "section": section,
            "icon": wording.AREA_ICONS[section.area],
            "items": [
                {
                    "item": item,
                    "number": numbers.get(item.code),
                    "limits": limits[item.code],
                    "notes": notes(item),
                    "picture": shown.get(item.picture),
                }
                for item in section.items
            ],
        }
        for section in found.sections
    ]
    return {"list": found, "parts": parts, "count": len(numbers), "purpose": wording.PURPOSES[found.purpose]}


def notes(item: Item) -> list[Any]:
    """What the office wants to know of a check and the phone does not say."""
    said: list[Any] = []
    if not item.is_mandatory and item.is_answered_by_a_person:
        said.append(_("optional"))
    if item.photo != "optional":
        said.append(_("photo: %(when)s") % {"when": str(wording.PHOTOS[item.photo]).lower()})
    if item.severity:
        said.append(_("suggests severity %(n)d") % {"n": item.severity})
    return said


def problem(error: ChecklistError) -> str:
    return _("Not ready to be published: %(place)s %(why)s") % {"place": error.path, "why": error.message}


def one(code: str) -> Checklist:
    return get_object_or_404(Checklist, code=code)


def chosen(versions: list[ChecklistVersion], asked: str) -> ChecklistVersion | None:
    """The latest, or the one of that number. Expects them latest first."""
    if not asked:
        return versions[0] if versions else None
    return next((version for version in versions if str(version.number) == asked), None)


def may_edit(request: HttpRequest) -> bool:
    return may(actor(request), "inspection.manage_checklists", TABLE)
