"""The texts of the demo world, read from the files beside it: what is reported, and what people write to each other."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent / "stories"


@dataclass(frozen=True)
class Story:
    """One fault as somebody tells it; {place} and {serial} are filled in for the unit it strikes."""

    title: str
    description: str
    level: str
    category: str
    product: str
    reply: str
    note: str
    fix: str
    language: str = "en"
    kind: str = "fault"
    cause: str = ""
    tags: tuple[str, ...] = ()

    def about(self, text: str, place: str, serial: str) -> str:
        return text.replace("{place}", place).replace("{serial}", serial)


@cache
def of_scheme(code: str) -> tuple[Story, ...]:
    return tuple(Story(**entry) for entry in _read(code)["stories"])


@cache
def phrases() -> dict[str, dict[str, Any]]:
    """Language -> kind of sentence -> sentence, or several to choose from."""
    return _read("phrases")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
