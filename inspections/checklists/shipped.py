"""The ten lists the product ships with, as documents, with their words in other languages. The only file reading."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from inspections.checklists import words

FOLDER = Path(__file__).resolve().parent.parent / "lists"
FOR_ALL = "all"
Known = Mapping[str, Mapping[str, str]]


def shipped_documents() -> dict[str, dict[str, Any]]:
    """Code -> document with its words, one for each file."""
    documents = (_read(path) for path in sorted(FOLDER.glob("*.toml")))
    return {str(one["code"]): words.filled(one, known_words(str(one["code"]))) for one in documents}


def known_words(code: str) -> Known:
    """Language -> English text -> its words, for the list of that code; for any other list, those that hold for all."""
    return {language: {**tables[FOR_ALL], **tables.get(code, {})} for language, tables in _words().items()}


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Language -> code of a list or "all" -> text -> its words."""
    return {path.stem: _read(path) for path in sorted((FOLDER / "words").glob("*.toml"))}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
