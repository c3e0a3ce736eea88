"""`manage.py check_stock`: holds every balance, serial number and reservation against the ledger; 1 if one differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from spares.reports.truth import differences


class Command(BaseCommand):
    help = "Hold balances, serial numbers and reservations of spare parts against the ledger of movements."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = list(differences())
        for line in found:
            self.stdout.write(line)
        if found:
            raise CommandError(f"{len(found)} differences between stock and ledger")
        self.stdout.write("Stock and ledger agree.")
