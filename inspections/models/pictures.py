"""How things should look: pictures that items of checklists name. Decides nothing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.querysets import PictureQuerySet


class ReferencePicture(models.Model):
    """How something should look, drawn anew, under the hash of its bytes; items of checklists name it by that.

    It lies in the database and not among the files, so that a version and its pictures are kept, restored and undone
    together. It is never changed: another picture has another hash.
    """

    LARGEST = 300_000

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    data = models.BinaryField()
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveSmallIntegerField(_("width"))
    height = models.PositiveSmallIntegerField(_("height"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("added by"))

    objects = PictureQuerySet["ReferencePicture"].as_manager()

    class Meta:
        ordering = ["-added_at", "pk"]
        verbose_name = _("reference picture")
        verbose_name_plural = _("reference pictures")
        constraints = [models.CheckConstraint(condition=Q(size__lte=300_000), name="reference_picture_is_small")]

    def __str__(self) -> str:
        return self.sha256[:12]
