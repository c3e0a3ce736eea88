"""What work can be about, as contracts and tickets name it: one list. Pure names and labels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    HARDWARE = "hardware", _("Hardware")
    SOFTWARE = "software", _("Software")
    NETWORK = "network", _("Network")
    POWER = "power", _("Power")
    SERVICE = "service", _("Service")
    OTHER = "other", _("Other")
