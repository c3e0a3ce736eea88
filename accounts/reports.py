"""What happened to a record: the trail that the services and Django admin keep, read for people. Writes nothing."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.models import ADDITION, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ApiKey, User

SHOWN = 20
SENTENCES = {
    "deactivated": gettext_lazy("closed the account"),
    "reactivated": gettext_lazy("opened the account again"),
    "link_sent": gettext_lazy("sent a link to choose a password"),
    "link_shown": gettext_lazy("was shown a link to choose a password"),
    "sessions_ended": gettext_lazy("signed the person out everywhere"),
    "keys_revoked": gettext_lazy("revoked all API keys"),
    "first_administrator": gettext_lazy("set up this desk"),
    "ended": gettext_lazy("ended it"),
    "reopened": gettext_lazy("opened it again"),
    "imported": gettext_lazy("imported it from a file"),
}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    words: str
    changes: tuple[Change, ...]


def history(row: models.Model, limit: int = SHOWN) -> list[Entry]:
    """The newest first."""
    entries = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
    ).select_related("user")
    return [_entry(row, entry) for entry in entries.order_by("-pk")[:limit]]


def _entry(row: models.Model, entry: LogEntry) -> Entry:
    said = _said(entry.change_message)
    changes = tuple(
        Change(_label(row, name), str(pair[0]), str(pair[1]))
        for name, pair in said.get("values", {}).items()
        if isinstance(pair, list) and len(pair) == 2
    )
    return Entry(entry.action_time, str(entry.user), _words(entry, said, bool(changes)), changes)


def _words(entry: LogEntry, said: dict[str, Any], has_changes: bool) -> str:
    if said.get("what") in SENTENCES:
        return str(SENTENCES[said["what"]])
    if entry.action_flag == ADDITION:
        return _("made it")
    if entry.action_flag == DELETION:
        return _("deleted it")
    return _("changed it") if has_changes else entry.get_change_message() or _("changed it")


def _said(message: str) -> dict[str, Any]:
    try:
        found = json.loads(message)
    except ValueError:
        return {}
    first = found[0] if isinstance(found, list) and found else None
    return first if isinstance(first, dict) else {}


def _label(row: models.Model, name: str) -> str:
    field = next((field for field in row._meta.get_fields() if field.name == name), None)
    label = str(getattr(field, "verbose_name", name))
    return label[:1].upper() + label[1:]


def keys_of(user: User) -> models.QuerySet[ApiKey]:
    return ApiKey.objects.filter(user=user, revoked_at__isnull=True)
