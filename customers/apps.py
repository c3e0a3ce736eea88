"""Wires the app into Django, and tells `accounts` in which time zones a person's sites are."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CustomersConfig(AppConfig):
    name = "customers"
    verbose_name = _("customers")

    def ready(self) -> None:
        from accounts import zones  # noqa: PLC0415 — models are loaded only now
        from customers import reports  # noqa: PLC0415

        zones.provide(reports.zones_near)
