"""`manage.py rebuild [--check]`: plans every ticket anew from its log and writes, or only reports, what differs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sla import services
from sla.tasks import database_now


class Command(BaseCommand):
    help = "Rebuild clock and timer rows from the tickets' logs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing, fail when a row differs")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["check"]:
            count = services.rebuild(now=database_now())
            self.stdout.write(f"{count} tickets rebuilt")
            return
        result = services.check(now=database_now())
        for difference in result.differences[:50]:
            self.stderr.write(difference)
        if result.differences:
            raise CommandError(f"{len(result.differences)} differences in {result.tickets} tickets")
        self.stdout.write(f"{result.tickets} tickets, no difference")
