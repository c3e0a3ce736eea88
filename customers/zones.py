"""Checks for time zone names and country codes, so that a site can never carry one the calendars cannot read."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def validate_zone(value: str) -> None:
    if value not in available_timezones():
        raise ValidationError(_("Enter a time zone of the IANA list, such as Asia/Shanghai."))


def validate_country(value: str) -> None:
    if len(value) != 2 or not (value.isascii() and value.isalpha() and value.isupper()):
        raise ValidationError(_("Enter the two-letter country code in capitals, such as CN."))
