"""Toasts, pills, chips, steps and pages: the short lines around the content."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

register = template.Library()
UNDO = "undo:"
KEPT, SAID = "kept:", "said:"


@register.inclusion_tag("components/toast.html", takes_context=True)
def toast(context: Any, text: str, undo_url: str = "") -> dict[str, Any]:
    return {"text": text, "undo_url": undo_url, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("components/newpill.html")
def new_pill(text: str, address: str = "") -> dict[str, Any]:
    return {"text": text, "address": address}


@register.inclusion_tag("components/chip.html")
def filter_chip(name: str, value: str, remove_address: str) -> dict[str, Any]:
    return {"name": name, "value": value, "remove_address": remove_address}


@register.inclusion_tag("components/journey.html")
def journey(steps: Iterable[Any], vertical: bool = False) -> dict[str, Any]:
    """`steps`: label, detail, state ("done", "now" or "")."""
    return {"steps": steps, "vertical": vertical}


@register.inclusion_tag("components/steps.html")
def steps(number: int, of: int, words: str = "") -> dict[str, Any]:
    return {"marks": range(1, of + 1), "number": number, "of": of, "words": words}


@register.inclusion_tag("components/pagination.html")
def pagination(page: Any, query: str = "") -> dict[str, Any]:
    """`page`: a paginator's page, or anything with previous_address and next_address; `query` keeps the filters."""
    return {"page": page, "query": query}


@register.filter
def toast_messages(messages: Iterable[Message] | None) -> list[Message]:
    return [message for message in messages or [] if message.level < constants.WARNING]


@register.filter
def banner_messages(messages: Iterable[Message] | None) -> list[Message]:
    return [message for message in messages or [] if message.level >= constants.WARNING]


@register.filter
def undo_address(extra_tags: str | None) -> str:
    """`messages.success(request, text, extra_tags="undo:/address/")` gives the toast its button."""
    tags = extra_tags or ""
    return tags.removeprefix(UNDO) if tags.startswith(UNDO) else ""


@register.filter
def kept_name(extra_tags: str | None) -> str:
    """`extra_tags="kept:SD-1"`: what the browser keeps of it can go, the server has it. "said:" says so too."""
    tags = extra_tags or ""
    return next((tags.removeprefix(mark) for mark in (KEPT, SAID) if tags.startswith(mark)), "")


@register.filter
def is_said_in_place(extra_tags: str | None) -> bool:
    """`extra_tags="said:SD-1"`: the page itself says it, where its form was; a toast would repeat it."""
    return (extra_tags or "").startswith(SAID)
