"""Published schemes as the engine reads them, compiled once per process: a published version never changes.

Also answers what `tickets` asks of a scheme. Publishes nothing; `services.schemes` does.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from django.db.models.functions import Now

from sla import words
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import SchemeVersion
from sla.querysets import SchemeQuerySet
from tickets.promises import Pair, Promise, UnknownPromise


class BrokenScheme(Exception):
    """The document of a published version cannot be read; tickets on it are set aside, never refused."""


@lru_cache(maxsize=512)
def _compiled(code: str, version: int) -> Scheme:
    document = SchemeVersion.objects.values_list("document", flat=True).get(code=code, version=version)
    try:
        return Scheme.from_document(_with_years(code, document))
    except Exception as error:  # whatever is wrong in there, it must not refuse a report
        raise BrokenScheme(f"{code} v{version}: {error}") from error


def _with_years(code: str, document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A version from before schemes could say what they promise a year promises what the shipped one does."""
    shipped = shipped_documents().get(code, {})
    return document if "a_year" in document or "a_year" not in shipped else {**document, "a_year": shipped["a_year"]}


def scheme(code: str, version: int) -> Scheme:
    """Raises UnknownPromise when there is no such version, BrokenScheme when it cannot be read."""
    try:
        return _compiled(code, version)
    except SchemeVersion.DoesNotExist:
        raise UnknownPromise(code) from None


def promised(code: str, version: int) -> Scheme:
    """What counts for a ticket: its version, or where nobody can read that one, the first version that mends it."""
    try:
        return scheme(code, version)
    except BrokenScheme:
        mended = _first_readable(code, after=version)
        if mended is None:
            raise
        return mended


def _first_readable(code: str, after: int) -> Scheme | None:
    later = SchemeVersion.objects.filter(code=code, version__gt=after, effective_at__lte=Now()).order_by("version")
    for number in later.values_list("version", flat=True):
        with suppress(BrokenScheme):
            return _compiled(code, number)
    return None


def version_in_force(code: str) -> int:
    """The latest version in force at the database's time. Raises UnknownPromise."""
    versions = SchemeVersion.objects.filter(code=code, effective_at__lte=Now()).order_by("-version")
    row = versions.values_list("pk", "version").first()
    if row is None:
        raise UnknownPromise(code)
    return row[1]


def in_force() -> SchemeQuerySet[SchemeVersion]:
    """The version in force of each scheme, by code."""
    return SchemeVersion.objects.filter(effective_at__lte=Now()).order_by("code", "-version").distinct("code")


def promised_by(targets: Collection[str]) -> dict[str, list[str]]:
    """The names of the schemes in force that have each of these targets."""
    found: dict[str, list[str]] = {target: [] for target in targets}
    for code, name, terms in in_force().values_list("code", "name", "document__targets"):
        for target in found.keys() & {one["code"] for one in terms or ()}:
            found[target].append(words.say(code, name))
    return found


def promise(code: str, version: int | None) -> Promise:
    """What tickets asks of a scheme; one that cannot be read is still a promise, only a broken one. Names are in the
    language that is active.
    """
    number = version if version is not None else version_in_force(code)
    try:
        found = promised(code, number)
    except BrokenScheme:
        return Promise(code=code, version=number, is_broken=True)
    return Promise(
        code=code,
        version=number,
        levels={level.code: level.severity for level in found.levels},
        level_names={level.code: words.say(code, level.name) for level in found.levels},
        default_level=found.default_level.code,
        asks_consent=found.asks_consent,
        name=words.say(code, found.name),
    )


def a_year(pairs: Collection[Pair]) -> dict[Pair, Mapping[str, int]]:
    """What schemes promise a year, by code and version (None: the one in force); nothing where none can be read. One
    statement, and one for each version that this process has not read yet.
    """
    latest = dict(in_force().values_list("code", "version"))
    found: dict[Pair, Mapping[str, int]] = {}
    for code, version in set(pairs):
        number = version if version is not None else latest.get(code)
        found[code, version] = {}
        if number is not None:
            with suppress(BrokenScheme, UnknownPromise):
                found[code, version] = promised(code, number).a_year
    return found


def forget() -> None:
    """Drops what is kept of schemes; for tests and for a database that was replaced under a running process."""
    _compiled.cache_clear()
    words.forget()
