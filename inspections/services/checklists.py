"""The only writers of checklists: drafts, publishing, import. Know neither HTTP nor Celery."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.admin.models import CHANGE
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import SYSTEM, Actor
from accounts.policies import require
from accounts.services import records
from common.errors import Illegal, Invalid, NotVisible, Stale
from inspections.checklists import Checklist as Document
from inspections.checklists import ChecklistError, editing, read, words
from inspections.checklists.shipped import shipped_documents
from inspections.models import Checklist, ChecklistVersion
from inspections.policies import TABLE
from inspections.services import reference_pictures

ACTION = "inspection.manage_checklists"


@transaction.atomic
def load_shipped(*, now: datetime, documents: Mapping[str, Mapping[str, Any]] | None = None) -> int:
    """Publishes each shipped list that is not there yet, and the next version of one that says something else by now
    and that nobody edited. One that somebody edited stays as it is. Returns how many were published.
    """
    published = 0
    for code, document in (documents or shipped_documents()).items():
        checklist = Checklist.objects.select_for_update().filter(code=code).first()
        if checklist is None:
            checklist = Checklist.objects.create(code=code)
        elif _is_edited(checklist) or _latest(checklist).document == document:
            continue
        _append(checklist, document, SYSTEM, now)
        published += 1
    return published


def _is_edited(checklist: Checklist) -> bool:
    """Somebody works on a draft, or has published one: a list of the house then, not ours."""
    return checklist.draft is not None or checklist.versions.filter(published_by__isnull=False).exists()


def _latest(checklist: Checklist) -> ChecklistVersion:
    return checklist.versions.order_by("-number")[0]


@transaction.atomic
def make_checklist(
    *, code: str, name: str, by: Actor, now: datetime, like: ChecklistVersion | None = None
) -> Checklist:
    """A new list, with a draft: empty, or a copy of `like`. Raises Invalid for a code that is taken."""
    require(by, ACTION, TABLE)
    blank = editing.empty(code, name)
    copy = words.fitting({**like.document, "code": code, "name": name}, like.document) if like else blank
    checklist: Checklist = records.save(row=Checklist(), values={"code": code}, by=by).row
    _write_draft(checklist, copy, by, now)
    return checklist


@transaction.atomic
def import_document(*, document: Mapping[str, Any], by: Actor, now: datetime) -> Checklist:
    """A whole document becomes the draft of its list, which is made if need be. Raises Invalid with the wrong place,
    Stale when a draft is there: it is somebody's work.
    """
    require(by, ACTION, TABLE)
    code = check_document(document, "file").code
    checklist = Checklist.objects.select_for_update().filter(code=code).first()
    if checklist is None:
        checklist = records.save(row=Checklist(), values={"code": code}, by=by).row
    elif checklist.draft is not None:
        raise Stale(_("There is a draft of this list already. Publish it or throw it away first."))
    _write_draft(checklist, document, by, now)
    return checklist


@transaction.atomic
def import_bundle(*, document: Mapping[str, Any], by: Actor, now: datetime) -> Checklist:
    """A document as the export writes it, with its pictures. Raises what `import_document` does."""
    require(by, ACTION, TABLE)
    return import_document(document=reference_pictures.unbundle(document=document, by=by, now=now), by=by, now=now)


@transaction.atomic
def save_draft(*, checklist: Checklist, document: Mapping[str, Any], seen: int, by: Actor, now: datetime) -> Checklist:
    """The next state of the draft; it begins with the first. `seen`: the draft's number as it was read; raises Stale if
    somebody was faster.
    """
    require(by, ACTION, TABLE)
    row = _locked(checklist)
    if row.draft_number != seen:
        raise Stale(_("Somebody changed this draft while you were editing."))
    _write_draft(row, document, by, now)
    return row


@transaction.atomic
def discard_draft(*, checklist: Checklist, by: Actor, now: datetime) -> Checklist:
    """What is in force stays. Raises Illegal where nothing was ever published: there would be nothing left."""
    require(by, ACTION, TABLE)
    row = _locked(checklist)
    if not row.versions.exists():
        raise Illegal(_("Nothing of this list has been published yet. Publish it, or take it out of use."))
    _write_draft(row, None, by, now)
    return row


@transaction.atomic
def publish(*, checklist: Checklist, seen: int, by: Actor, now: datetime) -> ChecklistVersion:
    """The draft becomes the next version; visits that have begun keep theirs. Raises Stale, Illegal without a draft,
    Invalid with the wrong place.
    """
    require(by, ACTION, TABLE)
    row = _locked(checklist)
    if row.draft_number != seen:
        raise Stale(_("Somebody changed this draft while you were editing."))
    if row.draft is None:
        raise Illegal(_("There is no draft to publish."))
    check_document(row.draft, "")
    version = _append(row, row.draft, by, now)
    _write_draft(row, None, by, now)
    records.note(row=row, by=by, flag=CHANGE, values={"version": [str(version.number - 1), str(version.number)]})
    return version


@transaction.atomic
def set_retired(*, checklist: Checklist, is_retired: bool, by: Actor) -> None:
    """Out of use it is offered no more; plans and reports that name it stay."""
    require(by, ACTION, TABLE)
    records.save(row=checklist, values={"is_retired": is_retired}, by=by)


def _append(checklist: Checklist, document: Mapping[str, Any], by: Actor, now: datetime) -> ChecklistVersion:
    latest = checklist.versions.order_by("-number").values_list("number", flat=True).first()
    return ChecklistVersion.objects.create(
        checklist=checklist,
        number=(latest or 0) + 1,
        name=read(document).name,
        document=dict(document),
        published_at=now,
        published_by=by.user,
    )


def _write_draft(row: Checklist, document: Mapping[str, Any] | None, by: Actor, now: datetime) -> None:
    if document is not None and document.get("code") != row.code:
        raise Invalid.field("code", _("A list keeps its code."))
    row.draft = None if document is None else dict(document)
    row.draft_number += 1
    row.draft_changed_at, row.draft_changed_by = now, by.user
    row.save(update_fields=["draft", "draft_number", "draft_changed_at", "draft_changed_by"])


def _locked(checklist: Checklist) -> Checklist:
    row = Checklist.objects.select_for_update().filter(pk=checklist.pk).first()
    if row is None:
        raise NotVisible(_("There is no such checklist."))
    return row


def check_document(document: Mapping[str, Any], field: str = "document") -> Document:
    """Raises Invalid at `field`, with the wrong place."""
    try:
        found = read(document)
    except ChecklistError as error:
        raise Invalid.field(field, str(error)) from error
    reference_pictures.check_pictures(document, field)
    return found
