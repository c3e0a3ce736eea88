"""Where the bytes of attachments lie: under random keys below MEDIA_ROOT, never under a static root.

A file appears under its final name only when it is whole and on the disk. Knows no ticket and no database; what may be
stored is decided by `services.files`.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

PREVIEW = ".preview"
UNFINISHED = ".part"


class StoreDown(Exception):
    """The store cannot take the file: the disk is full, read-only or gone."""


class TooLarge(Exception):
    """More bytes came than are allowed."""


@dataclass(frozen=True)
class Stored:
    """A file that lies whole in the store."""

    key: uuid.UUID
    size: int
    sha256: str


def path_of(key: uuid.UUID) -> Path:
    name = key.hex
    return Path(settings.MEDIA_ROOT) / "attachments" / name[:2] / name


def preview_path_of(key: uuid.UUID) -> Path:
    path = path_of(key)
    return path.with_name(path.name + PREVIEW)


def store(chunks: Iterable[bytes], *, limit: int) -> Stored:
    """Raises TooLarge or StoreDown; then nothing is left behind."""
    key = uuid.uuid4()
    digest, size = hashlib.sha256(), 0
    try:
        with Whole(path_of(key)) as out:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge
                digest.update(chunk)
                out.write(chunk)
    except OSError as error:
        raise StoreDown(str(error)) from error
    return Stored(key, size, digest.hexdigest())


def store_preview(key: uuid.UUID, data: bytes) -> None:
    try:
        with Whole(preview_path_of(key)) as out:
            out.write(data)
    except OSError as error:
        raise StoreDown(str(error)) from error


def remove(key: uuid.UUID) -> None:
    for path in (path_of(key), preview_path_of(key)):
        with suppress(OSError):
            path.unlink()


def keys_older_than(age: timedelta, now: datetime) -> Iterator[uuid.UUID]:
    """Keys of files that have lain there for longer; rests of broken-off writes are removed on the way."""
    for path in (Path(settings.MEDIA_ROOT) / "attachments").glob("??/*"):
        with suppress(OSError, ValueError):
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) < age:
                continue
            if path.name.endswith(UNFINISHED):
                path.unlink()
            elif not path.name.endswith(PREVIEW):
                yield uuid.UUID(path.name)


class Whole:
    """Writes beside the final name, on the same file system; renames only what the disk has confirmed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + UNFINISHED)

    def __enter__(self) -> BinaryIO:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._out = open(self._part, "xb")
        return self._out

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        try:
            with self._out:
                if kind is None:
                    self._out.flush()
                    os.fsync(self._out.fileno())
            if kind is None:
                os.replace(self._part, self._path)
                _sync_directory(self._path.parent)
        finally:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)


def _sync_directory(directory: Path) -> None:
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
