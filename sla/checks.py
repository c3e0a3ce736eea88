"""`manage.py check` says which texts of schemes customers would read in a language they did not choose. Reads only.

Warnings: a scheme without a translation works, its reader sees the text of the document.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError

from sla import words
from sla.engine import Scheme, SchemeError
from sla.engine.shipped import shipped_documents
from sla.models import SchemeVersion


@register(Tags.translation)
def shipped_words(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    schemes = {code: Scheme.from_document(document) for code, document in shipped_documents().items()}
    languages = dict(settings.LANGUAGES)
    unknown = sorted(path.name for path in words.FOLDER.glob("*.toml") if path.stem not in languages)
    found = [_warning(1, f"sla/schemes/words/{name}: {name[:-5]} is no language of the pages") for name in unknown]
    for language in languages:
        if language != words.SOURCE_LANGUAGE:
            for scheme in schemes.values():
                found += _missing(scheme, language, words.untranslated(scheme, language, shipped_only=True))
            found += _needless(schemes, language)
    return found


@register(Tags.database)
def published_words(
    app_configs: Sequence[Any] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Those of an administrator's own schemes, with `check --database default`."""
    try:
        return _published() if databases else []
    except DatabaseError:  # the tables are not made yet
        return []


def _published() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for row in SchemeVersion.objects.order_by("code", "-version").distinct("code"):
        with suppress(SchemeError):
            scheme = Scheme.from_document(row.document)
            for language, _name in settings.LANGUAGES:
                if language != words.SOURCE_LANGUAGE:
                    found += _missing(scheme, language, words.untranslated(scheme, language))
    return found


def _missing(scheme: Scheme, language: str, texts: Sequence[str]) -> list[CheckMessage]:
    if not texts:
        return []
    return [_warning(2, f"Scheme {scheme.code}: {len(texts)} texts have no words in {language}, such as “{texts[0]}”")]


def _needless(schemes: dict[str, Scheme], language: str) -> list[CheckMessage]:
    """A text that was changed in its scheme and not here."""
    said = {code: set(words.texts(scheme)) for code, scheme in schemes.items()}
    said[words.EVERY_SCHEME] = set().union(*said.values())
    place = f"sla/schemes/words/{language}.toml"
    return [
        _warning(3, f"{place}: [{code}] translates a text that no scheme says: “{text}”")
        for code, table in words.shipped(language).items()
        for text in table
        if text not in said.get(code, set())
    ]


def _warning(number: int, text: str) -> CheckMessage:
    return Warning(text, id=f"sla.W{number:03}")
