"""What each role may do with checklists."""

from accounts.policies import Table
from accounts.roles import LEADS, STAFF

TABLE: Table = {
    "inspection.see_checklists": STAFF,
    "inspection.manage_checklists": LEADS,
}
