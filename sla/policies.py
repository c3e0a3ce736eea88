"""What each role may do with schemes and calendars."""

from accounts.policies import Table
from accounts.roles import DESK, STAFF, Role

TABLE: Table = {
    "sla.override_calendar": frozenset({Role.ADMINISTRATOR}),
    "sla.retry": frozenset({Role.ADMINISTRATOR}),
    "sla.see_attainment": DESK,
    "sla.simulate": STAFF,
}
