"""The marks that stand on every row, drawn once for each look and language: fifty rows have a handful of looks.

Same partials as everywhere; only the drawing is remembered.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.translation import get_language

from servicedesk.screens.levels import Badge
from servicedesk.templatetags.desk import marks

LOOKS = 4096


def level(badge: Badge) -> str:
    return _level(badge, get_language())


def owner(name: str, *, is_me: bool) -> str:
    """An empty name: nobody's."""
    return _owner(name, is_me, get_language())


@lru_cache(maxsize=LOOKS)
def _level(badge: Badge, language: str | None) -> str:
    return render_to_string("components/lvl.html", marks.lvl(badge))


@lru_cache(maxsize=LOOKS)
def _owner(name: str, is_me: bool, language: str | None) -> str:
    return render_to_string("components/avatar.html", marks.avatar(name, me=is_me))
