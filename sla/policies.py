"""What each role may do with schemes and calendars."""

from accounts.policies import Table
from accounts.roles import STAFF, Role

TABLE: Table = {
    "sla.override_calendar": frozenset({Role.ADMINISTRATOR}),
    "sla.retry": frozenset({Role.ADMINISTRATOR}),
    "sla.simulate": STAFF,
}
