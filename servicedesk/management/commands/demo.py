"""`manage.py demo`: fills an empty database with the demo world, or goes on with the one that is there."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from servicedesk.demo import people, world


class Command(BaseCommand):
    requires_system_checks = []  # called by `up`, which has made them
    stealth_options = ("say",)
    help = "Fill an empty database with a believable demo world; prints one line per person: address, password."

    def handle(self, *, say: Callable[[str], None] | None = None, **options: Any) -> None:
        """`say`: where progress goes; standard output has one line per person and nothing else."""
        if not settings.DEBUG:
            raise CommandError("The demo world has well-known passwords: it is made only while DEBUG is on.")
        if not world.is_filled():
            if not world.is_empty():
                raise CommandError(
                    "This database has other data in it. The demo world needs an empty one: "
                    "set SERVICEDESK_STATE to a new directory."
                )
            world.fill(now=timezone.now(), say=say or self._say)
        for line in people.lines():
            self.stdout.write(line)

    def _say(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
