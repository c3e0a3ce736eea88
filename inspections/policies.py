"""What each role may do with checklists, plans and visits."""

from accounts.policies import Table
from accounts.roles import DESK, EVERYONE, LEADS, STAFF, Role

CUSTOMER = frozenset({Role.CUSTOMER})
WORKERS = DESK | {Role.ENGINEER}

TABLE: Table = {
    "inspection.see_checklists": STAFF,
    "inspection.manage_checklists": LEADS,
    "inspection.manage_plans": LEADS,
    "inspection.see_plans": EVERYONE,
    "inspection.subscribe": EVERYONE,
    "inspection.see_visits": STAFF,
    "inspection.work": WORKERS,
    "inspection.settle": DESK,
    "inspection.take_back_begin": DESK,
    "inspection.sign_later": CUSTOMER,
    "inspection.report": WORKERS,
    "inspection.answer_report": CUSTOMER,
    "inspection.answer_analysis": CUSTOMER,
    "inspection.analyse": WORKERS,
    "inspection.see_readings": EVERYONE,
}
