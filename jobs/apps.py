"""Wires the app into Django, and what contracts owe of it into the page of the plans."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("planned work")

    def ready(self) -> None:
        from jobs import receivers  # noqa: F401, PLC0415 — models are loaded only now
