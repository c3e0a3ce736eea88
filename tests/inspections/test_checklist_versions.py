"""Drafts and versions: who edits notices who else does, and what is published stays."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, Stale
from inspections import services
from inspections.checklists import editing
from inspections.checklists.shipped import shipped_documents
from inspections.models import Checklist, ChecklistVersion

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
CHECK = {"code": "clean", "text": "Clean"}


@pytest.fixture
def by(lead):
    return Actor(lead)


@pytest.fixture
def checklist(by):
    """A draft with one check, not published yet."""
    made = services.make_checklist(code="room", name="Room", by=by, now=NOW)
    document = editing.put_section(made.draft, {"code": "a", "title": "A"})
    document = editing.put_item(document, "a", CHECK)
    return services.save_draft(checklist=made, document=document, seen=made.draft_number, by=by, now=NOW)


def test_new_database_has_the_shipped_lists_once():
    assert services.load_shipped(now=NOW) == 0
    versions = ChecklistVersion.objects.filter(checklist__code__in=shipped_documents())
    assert sorted(versions.values_list("number", flat=True)) == [1] * 10


def test_draft_becomes_the_next_version(checklist, by):
    first = services.publish(checklist=checklist, seen=checklist.draft_number, by=by, now=NOW)
    checklist.refresh_from_db()
    assert (first.number, first.name, checklist.draft) == (1, "Room", None)
    again = services.save_draft(
        checklist=checklist, document=first.document, seen=checklist.draft_number, by=by, now=NOW
    )
    assert services.publish(checklist=again, seen=again.draft_number, by=by, now=NOW).number == 2
    assert list(ChecklistVersion.objects.current().filter(checklist=again).values_list("number", flat=True)) == [2]


def test_published_version_stays(checklist, by):
    version = services.publish(checklist=checklist, seen=checklist.draft_number, by=by, now=NOW)
    for change in (lambda: ChecklistVersion.objects.filter(pk=version.pk).update(name="Other"), version.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_slower_of_two_is_told_and_overwrites_nothing(checklist, by):
    seen = checklist.draft_number
    theirs = editing.with_head(checklist.draft, {"name": "Theirs"})
    services.save_draft(checklist=checklist, document=theirs, seen=seen, by=by, now=NOW)
    mine = editing.with_head(checklist.draft, {"name": "Mine"})
    with pytest.raises(Stale):
        services.save_draft(checklist=checklist, document=mine, seen=seen, by=by, now=NOW)
    with pytest.raises(Stale):
        services.publish(checklist=checklist, seen=seen, by=by, now=NOW)
    assert Checklist.objects.get(pk=checklist.pk).draft["name"] == "Theirs"


def test_unfinished_draft_is_kept_and_not_published(by):
    made = services.make_checklist(code="room", name="Room", by=by, now=NOW)
    with pytest.raises(Invalid):
        services.publish(checklist=made, seen=made.draft_number, by=by, now=NOW)
    assert not made.versions.exists()


def test_thrown_away_draft_leaves_what_is_in_force(checklist, by):
    with pytest.raises(Illegal):
        services.discard_draft(checklist=checklist, by=by, now=NOW)
    services.publish(checklist=checklist, seen=checklist.draft_number, by=by, now=NOW)
    checklist.refresh_from_db()
    with pytest.raises(Illegal):
        services.publish(checklist=checklist, seen=checklist.draft_number, by=by, now=NOW)
    assert services.discard_draft(checklist=checklist, by=by, now=NOW).draft is None


def test_copy_begins_as_the_list_it_is_like(by):
    like = ChecklistVersion.objects.get(checklist__code="daily-server-round")
    made = services.make_checklist(code="night-round", name="Night round", by=by, now=NOW, like=like)
    assert made.draft["sections"] == like.document["sections"]
    assert services.publish(checklist=made, seen=made.draft_number, by=by, now=NOW).name == "Night round"


def test_code_is_taken_once(checklist, by):
    with pytest.raises(Invalid) as refused:
        services.make_checklist(code="room", name="Again", by=by, now=NOW)
    assert set(refused.value.errors) == {"code"}


def test_imported_file_becomes_a_draft_and_takes_nobodys_place(by):
    document = shipped_documents()["network-device"]
    listed = services.import_document(document=document, by=by, now=NOW)
    assert (listed.draft, listed.versions.count()) == (document, 1)
    with pytest.raises(Stale):
        services.import_document(document=document, by=by, now=NOW)
    with pytest.raises(Invalid) as refused:
        services.import_document(document={"code": "x", "name": "X", "sections": []}, by=by, now=NOW)
    assert set(refused.value.errors) == {"file"}


def test_list_keeps_its_code(checklist, by):
    other = {**checklist.draft, "code": "cellar"}
    with pytest.raises(Invalid):
        services.save_draft(checklist=checklist, document=other, seen=checklist.draft_number, by=by, now=NOW)


def test_engineer_works_with_lists_and_writes_none(engineer):
    assert Checklist.objects.visible_to(engineer).count() == 10
    with pytest.raises(Forbidden):
        services.make_checklist(code="room", name="Room", by=Actor(engineer), now=NOW)
