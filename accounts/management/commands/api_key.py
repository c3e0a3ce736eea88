"""`manage.py api_key EMAIL --name NAME`: makes a key for a person and prints it, alone, once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts import services
from accounts.actors import SYSTEM
from accounts.models import ApiKey, User
from common.errors import Refusal


class Command(BaseCommand):
    help = "Make an API key for a person and print it. It is shown this once only."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="whose key")
        parser.add_argument("--name", required=True, help="what it is for")
        parser.add_argument(
            "--scope", action="append", choices=ApiKey.Scope.values, help="read or write (default: both)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"], is_active=True).first()
        if user is None:
            raise CommandError(f"There is no active person with the address {options['email']}.")
        scopes = options["scope"] or ApiKey.Scope.values
        try:
            _key, text = services.create_key(
                user=user, name=options["name"], by=SYSTEM, now=timezone.now(), scopes=scopes
            )
        except Refusal as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write(text)
