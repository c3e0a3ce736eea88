"""Keeping a report before it is sent: its answers, and its files, each of which is whole before a row names it.

Each file is a row of its own, so that two phones or ten uploads at once never lose one. Whose draft it is, is asked by
whoever loads it.
"""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User
from tickets import filestore
from tickets.models import PendingFile, ReportDraft, Ticket
from tickets.models.reporting import FILES_KEPT, GUEST_DRAFTS_KEPT, OWN_DRAFTS_KEPT
from tickets.services import files
from tickets.services.files import KeptFile, Upload

NUL = "\x00"  # PostgreSQL keeps no such letter


def keep_draft(
    *,
    draft: uuid.UUID,
    token: uuid.UUID,
    answers: Mapping[str, Any],
    user: User | None,
    now: datetime,
    ticket: Ticket | None = None,
) -> ReportDraft:
    """Writes the answers; a draft that a guest began belongs to whoever signed in meanwhile.

    `ticket`: it is a message to it, from the beginning.
    """
    plain = {name: value.replace(NUL, "") if isinstance(value, str) else value for name, value in answers.items()}
    owner = {"user": user} if user is not None else {}
    values = {"answers": plain, "updated_at": now}
    begun = {"created_at": now, "token": token, "user": user, "ticket": ticket}
    row, _is_new = ReportDraft.objects.update_or_create(
        id=draft, defaults=values | owner, create_defaults=values | begun
    )
    return row


def keep_pending(*, draft: ReportDraft, upload: Upload, now: datetime) -> PendingFile:
    """One file of a report that is not sent yet. Raises Invalid beside `files`, or Unavailable naming the file."""
    files.check([upload], already=draft.files.filter(swept_at=None).count())
    stashed = files.stash(upload)
    return PendingFile.objects.create(draft=draft, created_at=now, **vars(stashed))


def drop_pending(*, draft: ReportDraft, key: uuid.UUID) -> None:
    """The row goes; the bytes with it, unless a ticket names them meanwhile."""
    gone, _by_model = draft.files.filter(key=key).delete()
    if gone:
        files.forget(key)


def drop_draft(*, draft: ReportDraft) -> None:
    """Its files lose their rows and are swept."""
    draft.delete()


def pending(draft: ReportDraft) -> tuple[list[KeptFile], list[KeptFile]]:
    """Which files wait, and which waited too long and are gone."""
    names = [field.name for field in fields(KeptFile)]
    waiting: list[KeptFile] = []
    swept: list[KeptFile] = []
    for row in draft.files.all():
        (swept if row.swept_at else waiting).append(KeptFile(**{name: getattr(row, name) for name in names}))
    return waiting, swept


def whole(kept: Sequence[KeptFile]) -> tuple[list[KeptFile], list[KeptFile]]:
    """Which of them lie unchanged in the store, and which are missing or not what was sent."""
    good: list[KeptFile] = []
    bad: list[KeptFile] = []
    for file in kept:
        (good if _is_whole(file) else bad).append(file)
    return good, bad


def _is_whole(file: KeptFile) -> bool:
    path = filestore.path_of(file.key)
    try:
        if path.stat().st_size != file.size:
            return False
        with path.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def sweep_drafts(*, now: datetime) -> int:
    """What nobody went on with; files that are swept are marked, to be told. Returns how many drafts went."""
    PendingFile.objects.filter(created_at__lt=now - FILES_KEPT, swept_at=None).update(swept_at=now)
    old = Q(user=None, updated_at__lt=now - GUEST_DRAFTS_KEPT) | Q(updated_at__lt=now - OWN_DRAFTS_KEPT)
    _rows, by_model = ReportDraft.objects.filter(old).delete()
    return by_model.get("tickets.ReportDraft", 0)
