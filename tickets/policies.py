"""What each role may do with a ticket it can see: one table. Services ask it, so no interface can forget."""

from accounts.policies import Table
from accounts.roles import DESK, EVERYONE, LEADS, STAFF, Role

CUSTOMER = frozenset({Role.CUSTOMER})
WORKERS = DESK | {Role.ENGINEER}

TABLE: Table = {
    "ticket.report": EVERYONE,
    "ticket.report_for_others": DESK | {Role.ENGINEER, Role.STOREKEEPER},
    "ticket.reply": WORKERS | CUSTOMER,
    "ticket.note": STAFF,
    "ticket.save_reply": WORKERS,
    "ticket.share_reply": LEADS,
    "ticket.attach": EVERYONE,
    "ticket.work": WORKERS,
    "ticket.backdate": STAFF,
    "ticket.set_level": WORKERS,
    "ticket.consent": WORKERS | CUSTOMER,
    "ticket.move_spare": WORKERS | {Role.STOREKEEPER},
    "ticket.judge": WORKERS | CUSTOMER,
    "ticket.close": WORKERS | CUSTOMER,
    "ticket.reopen": WORKERS | CUSTOMER,
    "ticket.cancel": DESK,
    "ticket.lead": LEADS,
    "ticket.edit": WORKERS,
    "ticket.assign": WORKERS,
    "ticket.place": WORKERS,
    "ticket.link": WORKERS,
    "ticket.merge": DESK,
    "ticket.tag": WORKERS,
    "ticket.watch": EVERYONE,
}
