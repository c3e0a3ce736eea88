"""What contracts owe a year besides inspections. The app above that counts it provides it when the program starts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from customers.models import Contract


@dataclass(frozen=True)
class Owed:
    """So many a year of one kind of work, and how many of them are used. `address`: of their list."""

    label: str
    owed: int
    used: int
    address: str

    @property
    def left(self) -> int:
        return max(0, self.owed - self.used)


Provider = Callable[[User, date, int], Mapping[Contract, Sequence[Owed]]]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Called once, when the program starts."""
    _providers[:] = [provider]


def owed_of(user: User, today: date, back: int) -> Mapping[Contract, Sequence[Owed]]:
    """By contract, of its year around today or so many years back; of those this person may know of."""
    return _providers[0](user, today, back) if _providers else {}
