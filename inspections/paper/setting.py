"""Sets a paper as a PDF in a process of its own, with limits of time and memory. Holds nothing heavy itself.

The process gets the words through a pipe and the pictures in a directory that holds nothing else; it gives the PDF back
through another pipe.
"""

import json
import re
import struct
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from inspections.paper.document import Paper

PROCESS = Path(__file__).with_name("process.py")
SECONDS = 60
UNSHOWN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
LARGEST = 40 * 1024 * 1024


class PaperError(Exception):
    """The paper could not be set: it took too long, needed too much, or its process ended."""


def set_pdf(paper: Paper) -> bytes:
    """The bytes of a PDF/A-2b, of a plain PDF where a letter is in no font. Raises PaperError."""
    return _run(paper, "pdf")


def set_pages(paper: Paper) -> list[bytes]:
    """Every page as a PNG, for people who look at papers before they are sent."""
    data, pages, place = _run(paper, "png"), [], 0
    while place < len(data):
        (length,) = struct.unpack_from(">Q", data, place)
        pages.append(data[place + 8 : place + 8 + length])
        place += 8 + length
    return pages


def _run(paper: Paper, form: str) -> bytes:
    words = json.dumps(_clean(paper.document), ensure_ascii=False).encode()
    command = [sys.executable, "-I", str(PROCESS), form]
    try:
        with TemporaryDirectory() as alone:
            for name, data in paper.pictures.items():
                Path(alone, Path(name).name).write_bytes(data)
            done = subprocess.run(  # noqa: S603  our own program, no argument from outside
                command, input=words, capture_output=True, timeout=SECONDS, cwd=alone, env={}, check=False
            )
    except (OSError, subprocess.SubprocessError) as error:
        raise PaperError(str(error)) from error
    if done.returncode != 0 or not done.stdout:
        raise PaperError(done.stderr.decode(errors="replace")[-2000:] or f"ended with {done.returncode}")
    if len(done.stdout) > LARGEST:
        raise PaperError("the paper is too large")
    return done.stdout


def _clean(value: Any) -> Any:
    """Without what no paper can show: control characters, halves of letters, and marks that turn text around."""
    if isinstance(value, str):
        return UNSHOWN.sub("", value.replace("\t", " "))
    if isinstance(value, dict):
        return {name: _clean(one) for name, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value
