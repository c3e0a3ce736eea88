"""Who subscribed to the calendar of visits. Opens nothing by itself: the address is worked out with this desk's key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class CalendarFeed(models.Model):
    """A person's secret address under which a calendar program finds his visits. The address is worked out of
    `generation` and this desk's key: nothing here opens it, and with the next number the old one is gone.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="calendar_feed")
    generation = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(_("in use"), default=True)
    shows_all = models.BooleanField(_("all visits, not only one's own"), default=False)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")

    def __str__(self) -> str:
        return str(self.user)
