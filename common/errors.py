"""The refusals every interface understands. Services raise them; they are translated once, for HTML and for REST.

They know neither HTTP nor forms: a status code belongs to the translation, not to the refusal.
"""

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A rule said no. `detail` is a sentence a person can act on."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = detail


class NotVisible(Refusal):
    """The row does not exist, or not for this person: the answer is the same (404)."""


class Forbidden(Refusal):
    """The row is visible, the action is not allowed for this role (403)."""


class Illegal(Refusal):
    """The action does not fit the state the case is in (409)."""


class Stale(Refusal):
    """Somebody changed the row since it was read (412, or the conflict page). `changed`: field -> (theirs, yours)."""

    def __init__(self, detail: str, changed: Mapping[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.changed = dict(changed or {})


class Invalid(Refusal):
    """Bad input (400, or errors beside the fields). `errors`: field -> sentences; "" is the whole form."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__("; ".join(sentence for sentences in errors.values() for sentence in sentences))
        self.errors = {field: list(sentences) for field, sentences in errors.items()}

    @classmethod
    def field(cls, name: str, sentence: str) -> "Invalid":
        return cls({name: [sentence]})


class Unavailable(Refusal):
    """Something this action needs is down, such as the file store; the rest of the request was kept (503)."""
