"""`manage.py demo`: fills an empty database with the demo world, or goes on with the one that is there."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from servicedesk.demo import people, world


class Command(BaseCommand):
    requires_system_checks = []  # called by `up`, which has made them
    help = "Fill an empty database with a believable demo world; prints one line per person: address, password."

    def handle(self, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo world has well-known passwords: it is made only while DEBUG is on.")
        if not world.is_filled():
            if not world.is_empty():
                raise CommandError(
                    "This database has other data in it. The demo world needs an empty one: "
                    "set SERVICEDESK_STATE to a new directory."
                )
            world.fill(now=timezone.now())
        for line in people.lines():
            self.stdout.write(line)
