"""Where a file of the page is fetched: the address depends on who looks, not on the file."""

from collections.abc import Mapping
from uuid import UUID

from django import template

register = template.Library()


@register.filter
def address_of(addresses: Mapping[UUID, str], key: UUID) -> str:
    return addresses[key]
