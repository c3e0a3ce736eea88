"""Checklists in versions. A published version is never edited: a trigger refuses it. Decides nothing."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from inspections.querysets import ChecklistQuerySet, VersionQuerySet


class Checklist(models.Model):
    """A list under its code for ever, with the draft of its next version. `draft` is null while nobody works on one;
    `draft_number` grows with each change of it, so that two who edit notice each other.
    """

    code = models.SlugField(_("code"), unique=True)
    draft: Any = models.JSONField(_("draft"), null=True, blank=True)
    draft_number = models.PositiveIntegerField(default=0, editable=False)
    draft_changed_at = models.DateTimeField(_("draft changed"), null=True, blank=True, editable=False)
    draft_changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    is_retired = models.BooleanField(_("not used any more"), default=False)

    objects = ChecklistQuerySet["Checklist"].as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")

    def __str__(self) -> str:
        return self.code


class ChecklistVersion(models.Model):
    """One published version, as a document; `checklists.read` reads it. A visit keeps the version it began with."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    name = models.CharField(_("name"), max_length=150)
    document: Any = models.JSONField(_("document"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("published by"))

    objects = VersionQuerySet["ChecklistVersion"].as_manager()

    class Meta:
        ordering = ["checklist", "-number"]
        verbose_name = _("version of a checklist")
        verbose_name_plural = _("versions of checklists")
        constraints = [models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_once")]

    def __str__(self) -> str:
        return f"{self.name}, v{self.number}"
