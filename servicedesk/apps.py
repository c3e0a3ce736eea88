"""Wires the app into Django; loads the checks and the Celery application, lends other apps its wording of moments."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import moments
from servicedesk import wording


class ServicedeskConfig(AppConfig):
    name = "servicedesk"
    verbose_name = _("Service Desk")

    def ready(self) -> None:
        import_module("servicedesk.checks")
        import_module("servicedesk.celery")  # so that tasks sent by pages go to our broker
        moments.provide(wording.full_moment, wording.date_of)
