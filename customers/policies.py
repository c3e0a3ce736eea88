"""What each role may do with organisations and what hangs on them. Services ask it, so no interface can forget."""

from accounts.policies import Table
from accounts.roles import DESK, STAFF, Role

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

TABLE: Table = {
    "customer.see_records": STAFF,
    "customer.write_access_notes": DESK | {Role.ENGINEER, Role.CUSTOMER},
    "customer.accept_equipment": DESK | {Role.ENGINEER, Role.CUSTOMER},
    "customer.manage_organisations": ADMINISTRATORS,
    "customer.manage_equipment": ADMINISTRATORS,
    "customer.manage_contracts": ADMINISTRATORS,
    "customer.manage_memberships": ADMINISTRATORS,
}
