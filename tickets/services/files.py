"""Files of a ticket. The bytes are whole in the store before a row speaks of them; the text never waits for them.

`stash` keeps files before there is a ticket (the form with several steps), `keep` makes them attachments, `attach` is
both at once. Files that no row came to name are swept a day later.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common.errors import Illegal, Invalid, Unavailable
from tickets import filenames, filestore, lifecycle, pictures
from tickets.models import Attachment, Draft, Ticket, TicketEvent, WaitingReply
from tickets.policies import TABLE
from tickets.refusals import SENTENCES
from tickets.services import log, rows

MOST_FILES = 20
ORPHAN_AGE = timedelta(days=1)
MEGABYTE = 1024 * 1024
logger = logging.getLogger(__name__)
Namers = Callable[[Collection[UUID]], set[UUID]]
_namers: list[Namers] = []


def also_named(namers: Namers) -> None:
    """Called once by an app above that keeps files of its own in the store: which of these keys are its."""
    if namers not in _namers:
        _namers.append(namers)


class Upload(Protocol):
    """What a form or a client hands over; Django's UploadedFile is one."""

    @property
    def name(self) -> str | None: ...
    @property
    def size(self) -> int | None: ...
    @property
    def content_type(self) -> str | None: ...
    def chunks(self) -> Iterable[bytes]: ...


@dataclass(frozen=True)
class KeptFile:
    """A file in the store that no ticket names yet."""

    key: UUID
    name: str
    content_type: str
    size: int
    sha256: str
    has_preview: bool


def attach(
    *,
    ticket: Ticket,
    uploads: Sequence[Upload],
    by: Actor,
    now: datetime,
    is_internal: bool = False,
    event: TicketEvent | None = None,
) -> list[Attachment]:
    """Keeps the files with the ticket, all or none. `event`: the message they came with; `is_internal`: with a note.

    Raises Invalid beside `files` (empty, too large, too many), Unavailable naming the file when the store is down.
    """
    require(by, "ticket.attach", TABLE)
    check(uploads)
    kept: list[KeptFile] = []
    try:
        kept.extend(stash(upload) for upload in uploads)
        return keep(ticket=ticket, files=kept, by=by, now=now, is_internal=is_internal, event=event)
    except BaseException:
        for file in kept:
            filestore.remove(file.key)
        raise


def check(uploads: Sequence[Upload], already: int = 0) -> None:
    """Refuses before a byte is stored, each bad file by its name. `already`: files kept earlier for the same form."""
    sentences = [sentence for upload in uploads if (sentence := _refusal(upload))]
    if len(uploads) + already > MOST_FILES:
        sentences.append(_("Choose at most %(most)d files.") % {"most": MOST_FILES})
    if sentences:
        raise Invalid({"files": sentences})


def _refusal(upload: Upload) -> str:
    facts = {"name": filenames.safe_name(upload.name or ""), "limit": _limit_in_megabytes()}
    if not upload.size:
        return _("%(name)s is empty. Choose another file.") % facts
    if upload.size > settings.MAX_ATTACHMENT_BYTES:
        return _("%(name)s is larger than %(limit)d MB. Send a smaller file.") % facts
    return ""


def stash(upload: Upload) -> KeptFile:
    """Puts one file into the store. Raises Invalid beside `files`, or Unavailable naming the file."""
    name = filenames.safe_name(upload.name or "")
    try:
        stored = filestore.store(upload.chunks(), limit=settings.MAX_ATTACHMENT_BYTES)
    except filestore.TooLarge:
        facts = {"name": name, "limit": _limit_in_megabytes()}
        raise Invalid.field("files", _("%(name)s is larger than %(limit)d MB. Send a smaller file.") % facts) from None
    except filestore.StoreDown as error:
        logger.exception("The file store took no file")
        raise Unavailable(_("We could not keep the file %(name)s. Try it again later.") % {"name": name}) from error
    if not stored.size:
        filestore.remove(stored.key)
        raise Invalid.field("files", _("%(name)s is empty. Choose another file.") % {"name": name})
    kind = filenames.safe_type(upload.content_type)
    return KeptFile(stored.key, name, kind, stored.size, stored.sha256, _preview(stored.key))


def _preview(key: UUID) -> bool:
    """Whether there is one; a picture without a preview is still a file."""
    with filestore.path_of(key).open("rb") as source:
        drawn = pictures.preview(source)
    if drawn is None:
        return False
    try:
        filestore.store_preview(key, drawn)
    except filestore.StoreDown:
        logger.exception("The file store took no preview")
        return False
    return True


@transaction.atomic
def keep(
    *,
    ticket: Ticket,
    files: Sequence[KeptFile],
    by: Actor,
    now: datetime,
    is_internal: bool = False,
    event: TicketEvent | None = None,
) -> list[Attachment]:
    """Rows for files that lie in the store. The same file is kept once, however often the form is sent."""
    if not files:
        return []
    row = rows.lock(ticket.pk, by=by)
    require(by, "ticket.attach", TABLE)
    known = set(Attachment.objects.filter(key__in=[file.key for file in files]).values_list("key", flat=True))
    fresh = [file for file in files if file.key not in known]
    if not fresh:
        return []
    history = log.read([row])[row.pk]
    is_report = event is not None and event.type == lifecycle.REPORT  # owed after closing too
    reason = lifecycle.refusal(log.status(row, history), lifecycle.REPORT if is_report else "attached")
    if reason is not None:
        raise Illegal(str(SENTENCES[reason]))
    names = [file.name for file in fresh]
    entry = log.Entry("attached", now, {"names": names, "is_internal": is_internal})
    written = log.append(ticket=row, entries=[entry], log=history, by=by, now=now)[0]
    shared = {"ticket": row, "is_internal": is_internal, "event": event or written, "uploaded_by": by.user}
    return Attachment.objects.bulk_create(Attachment(created_at=now, **shared, **vars(file)) for file in fresh)


def forget(key: UUID) -> None:
    """Removes a file that nobody wants any more, unless a ticket or another app names it."""
    if not _is_named(key):
        filestore.remove(key)


def sweep_orphans(*, now: datetime) -> int:
    """Removes files that nothing names and that are a day old. Returns how many."""
    gone, named = 0, _named_by_messages()
    for key in filestore.keys_older_than(ORPHAN_AGE, now):
        if str(key) not in named and not _is_named(key):
            filestore.remove(key)
            gone += 1
    return gone


def _is_named(key: UUID) -> bool:
    return Attachment.objects.filter(key=key).exists() or any(namers({key}) for namers in _namers)


def _named_by_messages() -> set[str]:
    """Files of replies that wait and of drafts."""
    lists = (model.objects.exclude(files=[]).values_list("files", flat=True) for model in (WaitingReply, Draft))
    return {fact["key"] for files in lists for facts in files for fact in facts}


def _limit_in_megabytes() -> int:
    return int(settings.MAX_ATTACHMENT_BYTES) // MEGABYTE
