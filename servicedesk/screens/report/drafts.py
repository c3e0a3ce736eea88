"""The answers between the steps, kept in the session: what somebody typed never travels through the address.

The form token is made here and never comes from the browser, so that a known address opens nobody else's report.
"""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from tickets.services import KeptFile

SESSION_KEY = "report"
MOST_DRAFTS = 5
NOT_LISTED = "none"


@dataclass(frozen=True)
class Draft:
    """`unit` is a primary key, NOT_LISTED, or empty while nothing is chosen; a guest only has `thing` and `place`."""

    id: str
    token: str
    unit: str = ""
    site: str = ""
    thing: str = ""
    place: str = ""
    level: str = ""
    description: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    email: str = ""
    phone: str = ""
    organisation: str = ""
    access: str = ""
    warning: str = ""

    @property
    def kept_files(self) -> list[KeptFile]:
        return [KeptFile(**{**file, "key": uuid.UUID(file["key"])}) for file in self.files]

    def with_file(self, file: KeptFile) -> "Draft":
        return replace(self, files=[*self.files, {**asdict(file), "key": str(file.key)}])

    def without_file(self, key: str) -> "Draft":
        return replace(self, files=[file for file in self.files if file["key"] != key])

    def updated(self, answers: Mapping[str, Any]) -> "Draft":
        known = {name: value for name, value in answers.items() if name in self.__dataclass_fields__}
        return replace(self, **known)


def load(session: SessionBase, draft_id: str) -> Draft | None:
    found = session.get(SESSION_KEY, {}).get(draft_id)
    return Draft(**found) if found else None


def begin(draft_id: str) -> Draft:
    return Draft(id=draft_id, token=str(uuid.uuid4()))


def save(session: SessionBase, draft: Draft) -> None:
    """The last few only: a session is no archive."""
    drafts = {key: value for key, value in session.get(SESSION_KEY, {}).items() if key != draft.id}
    drafts[draft.id] = asdict(draft)
    session[SESSION_KEY] = dict(list(drafts.items())[-MOST_DRAFTS:])
