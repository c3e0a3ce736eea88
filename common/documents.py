"""Reading a document (TOML or JSON) entry by entry, so that every refusal names the place. Knows no subject."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Self

# What no text has, and what PostgreSQL refuses in it: control characters but tab and new line, halves of characters.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class DocumentError(ValueError):
    """A document that cannot be used; `path` is the wrong place, such as `targets[2].within`."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path
        self.message = message


class Reader:
    """One table of a document. Each entry is asked for once; `finish` refuses those nobody asked for (misspellings)."""

    error: ClassVar[type[DocumentError]] = DocumentError

    def __init__(self, data: object, path: str = "") -> None:
        if not isinstance(data, Mapping):
            raise self.error(path, "a table is expected here")
        self.data: Mapping[str, Any] = data
        self.path = path
        self.asked: set[str] = set()

    def at(self, name: str) -> str:
        """The place of an entry."""
        return f"{self.path}.{name}" if self.path else name

    def wrong(self, name: str, message: str) -> DocumentError:
        """An error at an entry, to be raised."""
        return self.error(self.at(name), message)

    def has(self, name: str) -> bool:
        """Whether the entry is there."""
        return self.raw(name) is not None

    def raw(self, name: str) -> Any:
        """The entry as it is, None if missing."""
        self.asked.add(name)
        return self.data.get(name)

    def text(self, name: str, default: str | None = None, longest: int | None = None) -> str:
        """A non-empty text, at most `longest` characters; without a default it is required."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise self.wrong(name, "is missing")
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, "a text is expected")
        if UNWRITABLE.search(value):
            raise self.wrong(name, "a text without control characters is expected")
        if longest is not None and len(value.strip()) > longest:
            raise self.wrong(name, f"at most {longest} characters are expected")
        return value.strip()

    def choice(self, name: str, options: Sequence[str], default: str | None = None) -> str:
        """One of a few words."""
        value = self.text(name, default)
        if value not in options:
            raise self.wrong(name, f"one of {', '.join(options)} is expected, not {value!r}")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """True or false."""
        value = self.raw(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.wrong(name, "true or false is expected")
        return value

    def integer(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number in a range."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise self.wrong(name, "is missing")
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.wrong(name, f"a whole number from {low} to {high} is expected")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or a list of texts; empty if missing."""
        value = self.raw(name)
        if value is None:
            return ()
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list | tuple) or not all(isinstance(v, str) and v.strip() for v in values):
            raise self.wrong(name, "a text or a list of texts is expected")
        return tuple(v.strip() for v in values)

    def names(self, name: str, known: frozenset[str], required: bool = False) -> frozenset[str]:
        """One or several words out of a known set."""
        found = self.texts(name)
        if required and not found:
            raise self.wrong(name, "is missing")
        for word in found:
            if word not in known:
                raise self.wrong(name, f"{word!r} is not known here")
        return frozenset(found)

    def table(self, name: str) -> Self:
        """A table within; empty if missing."""
        value = self.raw(name)
        return type(self)({} if value is None else value, self.at(name))

    def tables(self, name: str) -> list[Self]:
        """A list of tables; empty if missing."""
        value = self.raw(name)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise self.wrong(name, "a list of tables is expected")
        return [type(self)(entry, f"{self.at(name)}[{i}]") for i, entry in enumerate(value)]

    def finish(self) -> None:
        """Refuses entries that nobody asked for."""
        for name in self.data:
            if name not in self.asked:
                raise self.wrong(str(name), "is not an entry that is known here")
