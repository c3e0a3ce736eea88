"""Wires the app into Django, and its receivers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InspectionsConfig(AppConfig):
    name = "inspections"
    verbose_name = _("inspections")

    def ready(self) -> None:
        from inspections import receivers  # noqa: F401, PLC0415 — models are loaded only now
