"""Who does something: a person, a person through an API key, or the program itself (SYSTEM).

Services take an Actor as `by`; nothing below the interfaces knows about requests.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import ApiKey, User


@dataclass(frozen=True)
class Actor:
    """`user` is None for the program and for a guest; a guest is told apart by `is_system` being false.

    `grants` are the actions a signed link allows a guest, `reach` the one row it opens: the primary key of
    what these actions are about, which is a ticket but for `inspection.answer_analysis`.
    """

    user: "User | None" = None
    key: "ApiKey | None" = None
    is_system: bool = False
    grants: frozenset[str] = frozenset()
    reach: int | None = None

    @property
    def is_of_customer(self) -> bool:
        """A customer or a guest: not the program and not the staff."""
        return not self.is_system and (self.user is None or not self.user.is_staff_member)

    @property
    def label(self) -> str:
        """How the log and REST name the actor: an e-mail address, "system" or "guest"."""
        if self.user is not None:
            return self.user.email
        return "system" if self.is_system else "guest"


SYSTEM = Actor(is_system=True)
GUEST = Actor()
