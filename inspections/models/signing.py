"""The end of a visit: who signed for it and what exactly was shown to him. Decides nothing.

`shown` is what was signed, `digest` its SHA-256: whoever changes an answer later cannot make it fit again.
"""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.models.visits import Inspection
from inspections.querysets import OfInspection


class SignOff(models.Model):
    """`manner` absent: nobody was there, for this `reason`; the customer may sign `later_at`, which changes the manner.

    `strokes`: lists of points, each from 0 to 1 of the width and of the height of the field. `key`: made by the device
    that sent it.
    """

    class Manner(models.TextChoices):
        DRAWN = "drawn", _("drawn")
        TYPED = "typed", _("typed name")
        ABSENT = "absent", _("nobody was there")

    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="sign_off")
    manner = models.CharField(_("how"), max_length=6, choices=Manner.choices)
    signer = models.CharField(_("signed by"), max_length=150, blank=True)
    strokes: Any = models.JSONField(default=list, blank=True)
    reason = models.TextField(_("why nobody signed"), blank=True)
    language = models.CharField(max_length=10, blank=True)
    signed_at = models.DateTimeField(_("finished"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("finished by"))
    later_at = models.DateTimeField(_("signed later"), null=True, blank=True)
    later_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.UUIDField(null=True, blank=True, editable=False)
    shown: Any = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = OfInspection["SignOff"].as_manager()

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.CheckConstraint(
                condition=(Q(manner="absent") & ~Q(reason="")) | (~Q(manner="absent") & ~Q(signer="")),
                name="sign_off_names_somebody_or_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"{self.inspection}: {self.get_manner_display()}"

    @property
    def is_owed(self) -> bool:
        """Whether the customer has still to sign."""
        return self.manner == self.Manner.ABSENT
