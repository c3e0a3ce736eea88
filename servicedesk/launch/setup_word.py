"""The one-time word with which the first administrator of an empty desk is made: a file only our own account reads.

`up` prints it, the set-up page compares it. Who can read the state directory runs the desk anyway.
"""

import hmac
import secrets
from contextlib import suppress
from pathlib import Path

from servicedesk.launch.state import make_once

NAME = "setup-word"
LONGEST = 200


def make(root: Path) -> str:
    """The same one until it is used: an earlier line on the terminal stays good."""
    path = root / NAME
    if not path.exists():
        make_once(path, secrets.token_urlsafe(24) + "\n", mode=0o600)
    return path.read_text().strip()


def is_right(root: Path, given: str) -> bool:
    try:
        word = (root / NAME).read_text().strip()
    except OSError:
        return False
    return bool(word) and hmac.compare_digest(word.encode(), given.strip()[:LONGEST].encode())


def forget(root: Path) -> None:
    with suppress(OSError):
        (root / NAME).unlink()
