"""What contracts owe a year besides inspections. The app above that counts it provides it when the program starts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from customers.models import Contract


@dataclass(frozen=True)
class Owed:
    """So many a year of one kind of work, at least, and how many are planned or done. `address`: of their list."""

    label: str
    owed: int
    used: int
    address: str = ""

    @property
    def left(self) -> int:
        return max(0, self.owed - self.used)


KINDS = ("assurance", "training")  # as schemes name them
Provider = Callable[[Sequence[Contract], date, int], Mapping[Contract, Sequence[Owed]]]
Own = Callable[[], Q]
_providers: list[tuple[Provider, Own]] = []


def provide(provider: Provider, own: Own) -> None:
    """Called once, when the program starts."""
    _providers[:] = [(provider, own)]


def owed_of(contracts: Sequence[Contract], today: date, back: int) -> Mapping[Contract, Sequence[Owed]]:
    """By contract, of its year around today or so many years back."""
    return _providers[0][0](contracts, today, back) if _providers else {}


def own() -> Q:
    """Of contracts that owe such work whatever their scheme says."""
    return _providers[0][1]() if _providers else Q(pk__in=())
