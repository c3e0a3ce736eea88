"""Wires the app into Django; imports receivers once the models are ready."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ServicedeskConfig(AppConfig):
    name = "servicedesk"
    verbose_name = _("Service Desk")

    def ready(self) -> None:
        import_module("servicedesk.checks")
