"""Names and types of files from outside, made safe to show and to send. Pure; the name is never used on a disk."""

import re
import unicodedata
from pathlib import PurePosixPath

MAX_LENGTH = 120
NAMELESS = "file"
# Directions that make "exe.jpg" of "gpj.exe", and what breaks a header or a line.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
CONTENT_TYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,40}/[a-z0-9][a-z0-9.+-]{0,50}")
UNKNOWN_TYPE = "application/octet-stream"


def safe_name(name: str) -> str:
    """The last part of the path, without control and direction characters, at most MAX_LENGTH long, suffix kept."""
    base = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(letter for letter in base if unicodedata.category(letter) not in INVISIBLE)
    plain = re.sub(r"\s+", " ", visible).strip(" .") or NAMELESS
    if len(plain) <= MAX_LENGTH:
        return plain
    suffix = PurePosixPath(plain).suffix[:12]
    return plain[: MAX_LENGTH - len(suffix)].rstrip(" .") + suffix


def safe_type(content_type: str | None) -> str:
    """What the sender claims, if it is a type at all; it is never trusted for showing a file."""
    claimed = (content_type or "").split(";")[0].strip().lower()
    return claimed if CONTENT_TYPE.fullmatch(claimed) else UNKNOWN_TYPE
