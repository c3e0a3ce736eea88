"""What reports and analyses have in common over REST: how an edition reads, and what may be done with one."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from common.errors import Invalid
from common.rest.fields import Instant, Text
from common.rest.serializers import Strict
from inspections import services
from inspections.models import Edition

ACTS = ("make", "send", "acknowledge", "comment")


class EditionRow(serializers.Serializer[Any]):
    """As lists show it: the file is not looked at."""

    edition = serializers.IntegerField(source="number")
    language = serializers.CharField()
    summary = serializers.CharField()
    upgrade = serializers.CharField()
    replace = serializers.CharField()
    train = serializers.CharField()
    being_made = serializers.SerializerMethodField(help_text="A worker makes it: ask again in a second.")
    failed_at = Instant(allow_null=True, help_text="When it could not be made; null once it is asked for again.")
    made_at = Instant(allow_null=True)
    sent_at = Instant(allow_null=True)
    acknowledged_at = Instant(allow_null=True)
    comment = serializers.CharField()
    commented_at = Instant(allow_null=True)
    sha256 = serializers.CharField(help_text="Of the PDF as it was made; empty while there is none.")

    def get_being_made(self, row: Edition) -> bool:
        return row.asked_at is not None


class EditionAnswer(EditionRow):
    unchanged = serializers.SerializerMethodField(help_text="Whether the PDF still has this hash; null: there is none.")

    def get_unchanged(self, row: Edition) -> bool | None:
        return services.is_unchanged(row) if row.key else None


class EditionInput(Strict):
    """`act`: make, send (staff), acknowledge, comment (the customer). The words go with make."""

    act = serializers.ChoiceField(choices=ACTS)
    language = Text(required=False)
    summary = Text(required=False, allow_blank=True)
    upgrade = Text(required=False, allow_blank=True)
    replace = Text(required=False, allow_blank=True)
    train = Text(required=False, allow_blank=True)
    comment = Text(required=False, allow_blank=True)


def comment_of(act: str, values: dict[str, Any]) -> str:
    """What the customer says; nothing where he acknowledges. Raises Invalid."""
    said = str(values.get("comment", "")).strip() if act == "comment" else ""
    if act == "comment" and not said:
        raise Invalid.field("comment", _("Write what you want to tell us about the report."))
    return said


def words_of(values: dict[str, Any]) -> tuple[dict[str, str], str]:
    """The words that are named, and the language."""
    return {name: values[name] for name in services.PAPER_WORDS if name in values}, values.get("language", "")


def answers(shape: type[EditionAnswer]) -> dict[int, Any]:
    """Making takes a worker some seconds: 202 says that it has been asked for."""
    return {200: shape, 202: OpenApiResponse(shape, description="It is being made: read it again in a second.")}
