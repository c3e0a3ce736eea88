"""What each role may do with checklists and plans."""

from accounts.policies import Table
from accounts.roles import EVERYONE, LEADS, STAFF

TABLE: Table = {
    "inspection.see_checklists": STAFF,
    "inspection.manage_checklists": LEADS,
    "inspection.manage_plans": LEADS,
    "inspection.see_plans": EVERYONE,
}
