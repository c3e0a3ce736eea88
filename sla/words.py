"""What a scheme says, in the reader's language: translations beside the document, keyed by its own text. Reads only.

A target has one name on every page: the house's word, and where the house has none, what its scheme calls it.

The engine reads no texts, so a translation changes no promise and a published version stays what it is. A text that
nobody has translated is shown as it stands in the document.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.errors import Invalid
from sla.engine import Scheme, SchemeError
from sla.engine.terms import PolicyText, Target
from sla.models import SchemeText, SchemeVersion
from sla.wording import TARGETS

FOLDER = Path(__file__).resolve().parent / "schemes" / "words"
EVERY_SCHEME = "all"
SOURCE_LANGUAGE = settings.LANGUAGE_CODE
# Another process learns of an administrator's translation within so many seconds.
KEPT_SECONDS = 60
OWN_TARGETS = "scheme-targets"
Table = Mapping[str, Mapping[str, str]]  # code of a scheme, or EVERY_SCHEME -> text -> translation


def say(code: str, text: str) -> str:
    """A text of that scheme in the language that is active."""
    language = get_language() or SOURCE_LANGUAGE
    if language == SOURCE_LANGUAGE or not text:
        return text
    return _find(code, text, _tables(language)) or text


def target_label(target: str, scheme_code: str = "") -> str:
    """A target's name on every page. Two schemes may call one of their own by different names: the last to say so
    counts where no scheme is given.
    """
    if target in TARGETS:
        return str(TARGETS[target])
    own = _own_targets()
    code, name = own.get((scheme_code, target)) or own.get(("", target)) or ("", target.replace("_", " ").capitalize())
    return say(code, name)


def translated(scheme: Scheme) -> Scheme:
    """The same scheme to be read by people; what calls people by their duty needs the original."""
    code = scheme.code
    scheme = replace(scheme, targets=tuple(replace(one, name=_label(code, one)) for one in scheme.targets))
    if (get_language() or SOURCE_LANGUAGE) == SOURCE_LANGUAGE:
        return scheme
    levels = tuple(
        replace(level, name=say(code, level.name), description=say(code, level.description)) for level in scheme.levels
    )
    return replace(
        scheme,
        name=say(code, scheme.name),
        levels=levels,
        default_level=next(level for level in levels if level.code == scheme.default_level.code),
        targets=tuple(replace(one, description=say(code, one.description)) for one in scheme.targets),
        consequences=tuple(replace(one, description=say(code, one.description)) for one in scheme.consequences),
        ladder=tuple(replace(step, calls=_said(code, step.calls)) for step in scheme.ladder),
        warranty=replace(scheme.warranty, description=say(code, scheme.warranty.description)),
        text=PolicyText(
            summary=say(code, scheme.text.summary),
            description=say(code, scheme.text.description),
            flow=_said(code, scheme.text.flow),
            promises=_said(code, scheme.text.promises),
            exclusions=_said(code, scheme.text.exclusions),
        ),
    )


def texts(scheme: Scheme) -> Iterator[str]:
    """Everything of a scheme that people read in its own words, in the order of the page; a text may come twice."""
    text = scheme.text
    yield from filter(None, (scheme.name, text.summary, text.description, *text.flow, *text.promises, *text.exclusions))
    for level in scheme.levels:
        yield from filter(None, (level.name, level.description))
    for target in scheme.targets:
        yield from filter(None, ("" if target.code in TARGETS else target.name, target.description))
    yield from filter(None, (*(one.description for one in scheme.consequences), scheme.warranty.description))
    for step in scheme.ladder:
        yield from step.calls


def untranslated(scheme: Scheme, language: str, *, shipped_only: bool = False) -> Sequence[str]:
    """Its texts that a reader of that language would see in the language of the document."""
    tables = [shipped(language)] if shipped_only else _tables(language)
    return [text for text in dict.fromkeys(texts(scheme)) if not _find(scheme.code, text, tables)]


def check(code: str, language: str, source: str) -> None:
    """Raises Invalid for a translation that nobody could ever read."""
    wrong: dict[str, list[str]] = {}
    if language not in dict(settings.LANGUAGES) or language == SOURCE_LANGUAGE:
        wrong["language"] = [_("Choose one of the languages of the pages.")]
    if source not in _said_by(code):
        wrong["source"] = [_("No version of this scheme says this text.")]
    if wrong:
        raise Invalid(wrong)


def _said_by(code: str) -> frozenset[str]:
    """What any version of the scheme says; one that cannot be read says nothing."""
    found: set[str] = set()
    for document in SchemeVersion.objects.filter(code=code).values_list("document", flat=True):
        with suppress(SchemeError):
            found.update(texts(Scheme.from_document(document)))
    return frozenset(found)


def forget() -> None:
    """After a change in this process."""
    caches["local"].delete_many([OWN_TARGETS, *(_key(language) for language, _name in settings.LANGUAGES)])


def _label(code: str, target: Target) -> str:
    """From the document itself: a version may be read before other processes know of it."""
    return target_label(target.code) if target.code in TARGETS else say(code, target.name)


def _said(code: str, many: Sequence[str]) -> tuple[str, ...]:
    return tuple(say(code, text) for text in many)


def _find(code: str, text: str, tables: Sequence[Table]) -> str:
    """The scheme's own word before what holds for all."""
    for table in tables:
        for group in (code, EVERY_SCHEME):
            if found := table.get(group, {}).get(text):
                return found
    return ""


def _tables(language: str) -> Sequence[Table]:
    """An administrator's words before the product's."""
    return (_written(language), shipped(language))


@lru_cache
def shipped(language: str) -> Table:
    path = FOLDER / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _written(language: str) -> Table:
    found: dict[str, dict[str, str]] | None = caches["local"].get(_key(language))
    if found is None:
        found = {}
        rows: Any = SchemeText.objects.filter(language=language).values_list("code", "source", "text")
        for code, source, text in rows:
            found.setdefault(code, {})[source] = text
        caches["local"].set(_key(language), found, KEPT_SECONDS)
    return found


def _own_targets() -> Mapping[tuple[str, str], tuple[str, str]]:
    """(scheme, target) -> (scheme, name) of the targets the house has no word for; ("", target) of any scheme."""
    found: dict[tuple[str, str], tuple[str, str]] | None = caches["local"].get(OWN_TARGETS)
    if found is None:
        found = {}
        rows: Any = SchemeVersion.objects.order_by("published_at", "pk").values_list("code", "document__targets")
        for code, targets in rows:
            for one in targets or ():
                if one["code"] not in TARGETS:
                    found[code, one["code"]] = found["", one["code"]] = (code, one["name"])
        caches["local"].set(OWN_TARGETS, found, KEPT_SECONDS)
    return found


def _key(language: str) -> str:
    return f"scheme-texts-{language}"
