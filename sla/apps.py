"""Wires the app into Django: receivers, and the schemes and working days that `tickets` asks for."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlaConfig(AppConfig):
    name = "sla"
    verbose_name = _("service levels")

    def ready(self) -> None:
        from sla import checks, library, receivers, workdays  # noqa: F401, PLC0415 — models are loaded only now
        from tickets import promises  # noqa: PLC0415
        from tickets import workdays as asked  # noqa: PLC0415

        promises.provide(library.promise, library.a_year)
        asked.provide(workdays.between)
