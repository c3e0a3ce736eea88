"""`manage.py up`: everything in the foreground. The work is in `servicedesk.launch`."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from servicedesk.launch import options, up


class Command(BaseCommand):
    help = "Run PostgreSQL, Valkey, web, worker and beat in the foreground; Ctrl-C stops all."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        options.add_to(parser)

    def handle(self, **chosen: Any) -> None:
        up.run(argparse.Namespace(**chosen))
