"""Did the database go away, or is it the row that is bad? Sweeps must know: nobody is to blame for an outage.

Must not decide what to do about it; who sweeps lets an outage end his sweep, and the next one does the work.
"""

from django.db import InterfaceError, OperationalError

# PostgreSQL's own words for it: a session ended by an administrator, a crash, a shutdown, a server that starts.
GOING_AWAY = frozenset({"57P01", "57P02", "57P03"})
CONNECTION_LOST = "08"  # the class of connection exceptions, SQL standard


def is_outage(error: BaseException) -> bool:
    """A connection that died without words has no code at all. Locks, deadlocks and timeouts are no outage."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code in GOING_AWAY or code.startswith(CONNECTION_LOST)
