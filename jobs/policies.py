"""What each role may do with planned work it can see."""

from accounts.policies import Table
from accounts.roles import DESK, EVERYONE, LEADS, Role

WORKERS = DESK | {Role.ENGINEER}
CUSTOMER = frozenset({Role.CUSTOMER})

TABLE: Table = {
    "job.see": EVERYONE,
    "job.ask_assurance": WORKERS | CUSTOMER,
    "job.plan": WORKERS,
    "job.work": WORKERS,
    "job.sign": WORKERS | CUSTOMER,
    "job.keep_periods": WORKERS | CUSTOMER,
    "job.manage_allowances": LEADS,
}
