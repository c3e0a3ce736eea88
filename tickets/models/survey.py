"""The customer's answer to "does it work for you?": one row for each time we asked, which is changed once at most.

The log says that and what was answered; this row is what reports count. Written by `services.answer_survey` alone.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from tickets.models.ledger import Ticket, TicketEvent
from tickets.querysets import OfTicket


class Better(models.TextChoices):
    """What somebody can tick under "what should we do better?"."""

    SPEED = "speed", _("Speed")
    NEWS = "news", _("Keeping me informed")
    REPAIR = "repair", _("The repair itself")
    WEBSITE = "website", _("This website")


class SurveyAnswer(models.Model):
    """`asked` is the event that said the work is finished. Nothing but `works` must be answered."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="survey_answers")
    asked = models.OneToOneField(TicketEvent, models.PROTECT, related_name="survey_answer")
    works = models.BooleanField(_("works"))
    score = models.PositiveSmallIntegerField(_("score"), null=True, blank=True)
    better = models.JSONField(_("what to do better"), default=list, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    language = models.CharField(max_length=10, blank=True)
    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    objects = OfTicket["SurveyAnswer"].as_manager()

    class Meta:
        ordering = ["-answered_at", "-pk"]
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.CheckConstraint(condition=Q(score__isnull=True) | Q(score__range=(1, 5)), name="survey_score_known"),
        ]
        indexes = [models.Index(fields=["-answered_at", "id"], name="survey_by_answer")]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.works} {self.score or ''}".rstrip()
