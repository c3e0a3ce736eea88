"""The closed vocabularies of promised work, and the steps of each kind. Pure names and data."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from jobs.kinds.assurance import ASSURANCE
from jobs.kinds.commissioning import COMMISSIONING
from jobs.kinds.delivery import DELIVERY
from jobs.kinds.drill import DRILL
from jobs.kinds.model import FAIL, PASS, SIGNATURE, Field, From, Is, Signing, Step, Who, Work
from jobs.kinds.training import TRAINING

__all__ = [
    "FAIL", "PASS", "SIGNATURE", "WORKS", "Field", "From", "Importance", "Is", "JobKind", "Signing", "Step", "Who",
    "Work",
]  # fmt: skip


class JobKind(models.TextChoices):
    ASSURANCE = "assurance", _("Event assurance")
    DELIVERY = "delivery", _("Delivery and acceptance")
    COMMISSIONING = "commissioning", _("Commissioning")
    TRAINING = "training", _("Training")
    DRILL = "drill", _("Contingency drill")


class Importance(models.TextChoices):
    VERY = "very", _("Very important")
    IMPORTANT = "important", _("Important")


WORKS: Mapping[str, Work] = {work.code: work for work in (ASSURANCE, DELIVERY, COMMISSIONING, TRAINING, DRILL)}
# How many senior engineers stand by, by importance: at least, at most.
SENIORS: Mapping[str, tuple[int, int]] = {Importance.VERY: (2, 2), Importance.IMPORTANT: (1, 2)}
