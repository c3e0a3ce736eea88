"""The file of a paper: kept once, known by its hash, shown as unchanged only while the hash still fits.

What was sent is never written again; a mistake is mended by a further edition.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from common.errors import Illegal, Invalid, Unavailable
from inspections.models import Edition
from tickets import filestore
from tickets.services.files import forget

E = TypeVar("E", bound=Edition)
WORDS = ("summary", "upgrade", "replace", "train")
FILE = ("key", "sha256", "size", "made_at", "made_by", "document")
WAIT = ("asked_at", "asked_by", "taken_at", "failed_at")
LONGEST_WORDS = 8000
LONGEST_COMMENT = 2000
LARGEST = 40 * 1024 * 1024
LANGUAGES = ("en", "zh-hans", "zh-hant", "th")


@dataclass(frozen=True)
class Made:
    """A paper as it was set. `words`: those it was made of; `document`: what it says, for pages."""

    pdf: bytes
    document: Mapping[str, Any]
    words: Mapping[str, str]


def write(row: E, words: Mapping[str, str], language: str) -> E:
    """Of a locked edition that is not sent; only the words that are named. Raises Invalid, Illegal."""
    require_in_hand(row)
    long = {
        name: [_("This text is too long. Shorten it.")] for name in WORDS if len(words.get(name, "")) > LONGEST_WORDS
    }
    if long:
        raise Invalid(long)
    if language and language not in LANGUAGES:
        raise Invalid.field("language", _("Choose one of the languages."))
    before = [getattr(row, name) for name in (*WORDS, "language")]
    for name in WORDS:
        if name in words:
            setattr(row, name, words[name].replace("\r\n", "\n").strip())
    row.language = language or row.language
    if before != [getattr(row, name) for name in (*WORDS, "language")]:
        _drop_file(row)
        row.save(update_fields=[*WORDS, "language", *FILE])
    return row


def _drop_file(row: Edition) -> None:
    """It says something else than the words by now."""
    old = row.key
    row.key, row.sha256, row.size, row.made_at, row.made_by, row.document = None, "", 0, None, None, {}
    if old is not None:
        transaction.on_commit(lambda: forget(old))


def ask(row: E, *, by: Actor, now: datetime) -> E:
    """Has a locked edition made; asking twice is asking once. Raises Illegal once it is sent."""
    require_in_hand(row)
    if row.asked_at is None:
        wait(row, asked_at=now, asked_by=by.user)
    return row


def wait(row: Edition, **values: Any) -> None:
    """How far its making is; what is not named is nothing."""
    for name in WAIT:
        setattr(row, name, values.get(name))
    row.save(update_fields=[*WAIT])


def keep(row: E, made: Made, *, by: Actor, now: datetime) -> E:
    """The file of a locked edition, in place of an earlier one. Raises Unavailable, and Illegal where its words
    were changed while it was being made.
    """
    require_in_hand(row)
    if made.words != words_of(row):
        raise Illegal(_("Somebody changed the words while the report was being made. Make it again."))
    try:
        stored = filestore.store([made.pdf], limit=LARGEST)
    except (filestore.StoreDown, filestore.TooLarge) as error:
        raise Unavailable(_("The file store cannot take the report now. Try again in a few minutes.")) from error
    _drop_file(row)
    row.key, row.sha256, row.size, row.made_at, row.made_by = stored.key, stored.sha256, stored.size, now, by.user
    row.document = made.document
    row.save(update_fields=[*FILE])
    wait(row)
    return row


def words_of(row: Edition) -> dict[str, str]:
    return {name: getattr(row, name) for name in (*WORDS, "language")}


def require_in_hand(row: Edition) -> None:
    if row.sent_at is not None:
        raise Illegal(_("This edition is sent. It stays as it is; make a further one."))


def mark_sent(row: Edition, *, by: Actor, now: datetime) -> None:
    if row.asked_at is not None:
        raise Illegal(_("The report is being made. Send it once you have seen it."))
    if row.key is None:
        raise Illegal(_("Make the report before you send it."))
    if not is_unchanged(row):
        raise Illegal(_("The file is not what was made. Make the report again."))
    row.sent_at, row.sent_by = now, by.user
    row.save(update_fields=["sent_at", "sent_by"])


def answer(row: Edition, comment: str, *, by: Actor, now: datetime) -> bool:
    """The customer's word on a locked edition; whether it says something new. Raises Illegal, Invalid.

    Of a guest, who came by the signed link of his case, no name is known.
    """
    if row.sent_at is None:
        raise Illegal(_("This report is not sent yet."))
    said = comment.replace("\r\n", "\n").strip()
    if len(said) > LONGEST_COMMENT:
        raise Invalid.field("comment", _("Shorten the text to %(most)d characters.") % {"most": LONGEST_COMMENT})
    if said and said != row.comment:
        if row.comment:
            raise Illegal(_("You have commented on this report already. Write us a message instead."))
        row.comment, row.commented_at, row.commented_by = said, now, by.user
    elif not said and row.acknowledged_at is None:
        row.acknowledged_at, row.acknowledged_by = now, by.user
    else:
        return False
    row.save(update_fields=["comment", "commented_at", "commented_by", "acknowledged_at", "acknowledged_by"])
    return True


def is_unchanged(row: Edition) -> bool:
    """Whether the file in the store is still the one that was made."""
    if row.key is None:
        return False
    try:
        with filestore.path_of(row.key).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == row.sha256
    except OSError:
        return False
