"""Who does something: a person, a person through an API key, or the program itself (SYSTEM).

Services take an Actor as `by`; nothing below the interfaces knows about requests.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import ApiKey, User


@dataclass(frozen=True)
class Actor:
    """`user` is None for the program and for a guest; a guest is told apart by `is_system` being false."""

    user: "User | None" = None
    key: "ApiKey | None" = None
    is_system: bool = False

    @property
    def label(self) -> str:
        """How the log and REST name the actor: an e-mail address, "system" or "guest"."""
        if self.user is not None:
            return self.user.email
        return "system" if self.is_system else "guest"


SYSTEM = Actor(is_system=True)
GUEST = Actor()
