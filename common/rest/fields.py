"""Fields that take exactly their own type: text is text, a number is a number. Instants and durations as ISO 8601."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from common import durations
from common.instants import format_instant, parse_instant

LARGEST = 2**31 - 1


class Text(serializers.CharField):
    """A JSON string; a number is not taken for one."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON number without fraction that fits the database."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": LARGEST, **options})

    def to_internal_value(self, data: Any) -> int:
        if not isinstance(data, int) or isinstance(data, bool):
            self.fail("invalid")
        return super().to_internal_value(data)


class Truth(serializers.BooleanField):
    """true or false; neither 1 nor "yes"."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field(OpenApiTypes.DATETIME)
class Instant(serializers.Field[datetime, str, str, Any]):
    """ISO 8601 with an offset in, UTC with Z out."""

    default_error_messages = {"invalid": _("Enter a date and time with an offset, such as 2026-11-20T17:50:00+08:00.")}

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return parse_instant(data)
        except ValueError:
            self.fail("invalid")

    def to_representation(self, value: datetime) -> str:
        return format_instant(value)


class UtcDay(serializers.DateField):
    """A day in the filter of a list: the moment at which it begins in UTC, whoever asks and wherever he is."""

    def to_internal_value(self, value: Any) -> Any:
        return datetime.combine(super().to_internal_value(value), time(), UTC)


@extend_schema_field(OpenApiTypes.DURATION)
class Duration(serializers.Field[timedelta, str, str, Any]):
    """Hours, minutes and seconds, such as PT4H; days are refused because they may mean two things."""

    default_error_messages = {
        "invalid": _('Enter a duration in hours and minutes, such as PT4H or PT48H, or say "working_days".')
    }

    def to_internal_value(self, data: Any) -> timedelta:
        if not isinstance(data, str):
            self.fail("invalid")
        try:
            return durations.parse_iso(data)
        except (ValueError, OverflowError):
            self.fail("invalid")

    def to_representation(self, value: timedelta) -> str:
        return durations.format_iso(value)


def instant(value: datetime | None) -> str | None:
    """For answers that are put together by hand."""
    return None if value is None else format_instant(value)
