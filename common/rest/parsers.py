"""JSON bodies read strictly: UTF-8, no NaN, no half characters, no towers of brackets, no more than the settings allow.

Everything that PostgreSQL or Python would choke on later is refused here, as bad input.
"""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from common.rest.problems import Problem

MAX_DEPTH = 32


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        raw = _read(stream)
        try:
            data = json.loads(raw.decode("utf-8"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("The body is not valid JSON in UTF-8.")) from error
        if raw.count(b"[") + raw.count(b"{") > MAX_DEPTH:
            _check_depth(data)
        if b"\\ud" in raw.lower():
            _check_characters(data)
        return data


def _read(stream: IO[Any]) -> bytes:
    limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    raw: bytes = stream.read(limit + 1)
    if len(raw) > limit:
        raise Problem(413, _("The request is too big."))
    return raw


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_depth(data: Any) -> None:
    layer, depth = [data], 0
    while layer:
        depth += 1
        if depth > MAX_DEPTH:
            raise ParseError(_("The body is nested too deeply."))
        layer = [inner for entry in layer for inner in _inside(entry)]


def _inside(entry: Any) -> list[Any]:
    values = entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ()
    return [value for value in values if isinstance(value, dict | list)]


def _check_characters(data: Any) -> None:
    """Half of a surrogate pair is not a character; no text that contains one can be stored or sent."""
    try:
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ParseError(_("The body contains half a character (a lone surrogate).")) from error
