"""The base of everything that is read from a body or from parameters: a name it does not know is an error."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError


class Strict(serializers.Serializer[Any]):
    """Reports unknown names together with what else is wrong, so that one round is enough to mend a request."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = self._unknown(data)
        try:
            value = super().to_internal_value(data)
        except ValidationError as error:
            found = error.detail if isinstance(error.detail, dict) else {"": error.detail}
            raise ValidationError({**found, **unknown}) from error
        if unknown:
            raise ValidationError(unknown)
        return value

    def _unknown(self, data: Any) -> dict[str, list[str]]:
        if not isinstance(data, Mapping):
            return {}
        known = {name for name, field in self.fields.items() if not field.read_only}
        return {str(name): [_("There is no such field.")] for name in data if name not in known}


def read(serializer: type[Strict], data: Any, **context: Any) -> dict[str, Any]:
    """The validated values of a body; raises ValidationError with the field named."""
    reader = serializer(data=data, context=context)
    reader.is_valid(raise_exception=True)
    values: dict[str, Any] = reader.validated_data
    return values
