"""Wires the app into Django, and its cards to the tickets' logs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SparesConfig(AppConfig):
    name = "spares"
    verbose_name = _("spares")

    def ready(self) -> None:
        from spares import receivers  # noqa: F401, PLC0415 — models are loaded only now
