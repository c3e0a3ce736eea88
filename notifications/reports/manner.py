"""What happened, in a line, for mails and the bell alike: an inspection by phone or remotely is told as what it is, at
which nobody comes. Reads only.
"""

from collections.abc import Iterable, Mapping

from inspections import manners
from notifications.wording import AFAR, heading
from tickets.models import Ticket

ASKING_FOR_A_DAY = frozenset({"visit_moved", "visit_announced"})


def is_by_manner(kind: str, event_type: str) -> bool:
    """Whether it is said otherwise of those."""
    return kind in ASKING_FOR_A_DAY or event_type in AFAR


def of_all(told: Iterable[tuple[str, str, Ticket]]) -> Mapping[int, str]:
    """Ticket -> phone or remote, of those of which something is said by it: kind, type of the event, ticket. One
    statement or none.
    """
    return manners.by_ticket(ticket for kind, event_type, ticket in told if is_by_manner(kind, event_type))


def sentence(event_type: str, manner: str) -> str:
    """The event's own; empty where it has none of that manner."""
    afar = manners.AFAR.get(manner)
    if afar is None or event_type not in AFAR:
        return ""
    return str(afar["booked"] if event_type == "visit_planned" else AFAR[event_type])


def news(kind: str, manner: str) -> str:
    """What a mail that asks for a day begins with; empty: what it says of a visit."""
    afar = manners.AFAR.get(manner)
    return str(afar[kind.removeprefix("visit_")]) if afar and kind in ASKING_FOR_A_DAY else ""


def line(kind: str, event_type: str, manner: str) -> str:
    return news(kind, manner) or sentence(event_type, manner) or heading(kind, event_type)
