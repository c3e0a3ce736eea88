"""Versions as ETags: one number, quoted. Compared strongly, so a weakened tag never matches (RFC 9110, 13.1.1)."""

import re

from rest_framework.request import Request

from common.whole_numbers import COUNT_DIGITS, whole_number

_TAG = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*')


def of_version(version: int) -> str:
    return f'"{version}"'


def is_satisfied(request: Request, version: int) -> bool:
    """Whether If-Match allows a write to that version; without the header everything does, `*` fits whatever exists."""
    given = request.headers.get("If-Match")
    if given is None or given.strip() == "*":
        return True
    return of_version(version) in {f'"{tag}"' for weak, tag in _TAG.findall(given) if not weak}


def has_condition(request: Request) -> bool:
    """Whether the write depends on a version that must not move before it is done."""
    given = request.headers.get("If-Match")
    return given is not None and given.strip() != "*"


def latest_known(request: Request, current: int) -> int | None:
    """The latest version of ours the client says it knows, None if none of the tags can be one."""
    given = request.headers.get("If-Match", "")
    known = (whole_number(tag, digits=COUNT_DIGITS) for _weak, tag in _TAG.findall(given))
    return max((version for version in known if version is not None and version <= current), default=None)
