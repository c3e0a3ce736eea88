"""Who may test the mail settings and send failed mail again: one table."""

from accounts.policies import Table
from accounts.roles import Role

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

TABLE: Table = {
    "mail.test": ADMINISTRATORS,
    "mail.send_again": ADMINISTRATORS,
}
