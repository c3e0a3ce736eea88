"""`manage.py fire_timers [--loop]`: the sweep by hand, or as a third path beside beat and worker."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from sla.tasks import fire_due_timers


class Command(BaseCommand):
    help = "Fire the timers that are due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on every second until interrupted")

    def handle(self, *args: Any, **options: Any) -> None:
        fired = fire_due_timers()
        while options["loop"]:
            time.sleep(1)
            fired += fire_due_timers()
        self.stdout.write(f"{fired} events written")
