"""Zone and country as input: where a calendar is asked for. Without them the house's own place counts."""

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework.exceptions import ValidationError

from common.rest.fields import Text
from customers.zones import validate_country, validate_zone
from sla.facts import DEFAULT_COUNTRY, DEFAULT_ZONE


class Zone(Text):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"required": False, "default": DEFAULT_ZONE, "max_length": 60, **options})  # type: ignore[arg-type]

    def to_internal_value(self, data: object) -> str:
        return _checked(super().to_internal_value(data), validate_zone)


class Country(Text):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"required": False, "default": DEFAULT_COUNTRY, "max_length": 2, **options})  # type: ignore[arg-type]

    def to_internal_value(self, data: object) -> str:
        return _checked(super().to_internal_value(data), validate_country)


def _checked(value: str, check: object) -> str:
    try:
        check(value)  # type: ignore[operator]
    except DjangoValidationError as error:
        raise ValidationError(error.messages) from error
    return value
