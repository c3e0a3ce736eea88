"""How a record that administrators keep is written: locked, merged with what others changed, checked, put on the trail.

The services' verbs call it after they have asked the policy; nothing else does. The trail is Django admin's own log, so
that what is changed there and here stands in one history.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from common.editing import read
from common.errors import Invalid, NotVisible, Stale
from common.merging import merge, plain

M = TypeVar("M", bound=models.Model)
LISTED = 10
VERBS = {ADDITION: "added", CHANGE: "changed", DELETION: "deleted"}


@dataclass(frozen=True)
class Saved:
    """`mine`: what was written; `theirs`: what somebody else had changed meanwhile, kept."""

    row: Any
    mine: frozenset[str]
    theirs: frozenset[str] = frozenset()


@transaction.atomic
def save(*, row: M, values: Mapping[str, Any], by: Actor, seen: Mapping[str, Any] | None = None) -> Saved:
    """A new row, or the changed fields of one. Raises Stale with both values of each clash, Invalid."""
    if row.pk is None:
        return _insert(row, values, by)
    stored = lock(row)
    before = {name: read(stored, name) for name in values}
    result = merge(
        seen=seen,
        typed={name: plain(value) for name, value in values.items()},
        stored={name: plain(value) for name, value in before.items()},
    )
    if result.clashes:
        clashes = {name: (shown(before[name]), shown(values[name])) for name in values if name in result.clashes}
        raise Stale(_("Somebody changed this while you were editing."), clashes)
    if result.mine:
        _write(stored, {name: values[name] for name in values if name in result.mine})
        note(row=stored, by=by, flag=CHANGE, values={n: [shown(before[n]), shown(values[n])] for n in result.mine})
    return Saved(stored, result.mine, result.theirs)


def lock(row: M) -> M:
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise NotVisible(_("It was deleted meanwhile."))
    return found


def delete(*, row: models.Model, by: Actor) -> None:
    note(row=row, by=by, flag=DELETION)
    row.delete()


def _insert(row: M, values: Mapping[str, Any], by: Actor) -> Saved:
    _write(row, values)
    note(row=row, by=by, flag=ADDITION)
    return Saved(row, frozenset(values))


def _write(row: models.Model, values: Mapping[str, Any]) -> None:
    many = {name: value for name, value in values.items() if isinstance(value, list | models.QuerySet)}
    many = {name: value for name, value in many.items() if not _is_column(row, name)}
    for name in values.keys() - many.keys():
        setattr(row, name, values[name])
    _check(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # somebody was faster by a moment: now the check sees his row, and names the field
        _check(row)
        raise
    for name, value in many.items():
        getattr(row, name).set(value)


def _check(row: models.Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        found = {"" if name == NON_FIELD_ERRORS else name: list(texts) for name, texts in error.message_dict.items()}
        raise Invalid(found) from error


def _is_column(row: models.Model, name: str) -> bool:
    return name in {field.name for field in row._meta.concrete_fields}


def shown(value: Any) -> str:
    """A value as the history keeps it, for people."""
    if isinstance(value, list | tuple | models.QuerySet):
        texts = [str(entry) for entry in value]
        return ", ".join(texts[:LISTED]) + (" …" if len(texts) > LISTED else "")
    return "" if value is None else str(value)


def note(
    *, row: models.Model, by: Actor, flag: int, values: Mapping[str, list[str]] | None = None, what: str = ""
) -> None:
    """One line of the trail, in the form that Django admin writes and reads. The program itself leaves none."""
    if by.user is not None:
        _entry(row, by.user, flag, values or {}, what).save()


def note_many(*, rows: Sequence[models.Model], by: Actor, what: str) -> None:
    """What was added together."""
    if by.user is not None:
        LogEntry.objects.bulk_create(_entry(row, by.user, ADDITION, {}, what) for row in rows)


def _entry(row: models.Model, user: User, flag: int, values: Mapping[str, list[str]], what: str) -> LogEntry:
    labels = [str(getattr(_field(row, name), "verbose_name", name)) for name in values]
    said: dict[str, Any] = {VERBS[flag]: {"fields": labels} if labels else {}}
    return LogEntry(
        user=user,
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        object_repr=str(row)[:200],
        action_flag=flag,
        change_message=json.dumps([{**said, "values": dict(values), "what": what}], ensure_ascii=False),
    )


def _field(row: models.Model, name: str) -> Any:
    return next((field for field in row._meta.get_fields() if field.name == name), None)
