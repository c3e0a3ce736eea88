"""The state directory: where it is, which version made it, and where its sockets are.

Everything that must survive a restart lies below it (database, broker file, uploads, logs, secret key).
It never repairs a directory of another version: it says so and stops.
"""

import contextlib
import hashlib
import json
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from servicedesk.launch.accounts import is_reachable_by_others
from servicedesk.launch.problems import LaunchError

PROJECT = Path(__file__).resolve().parents[2]
LAYOUT = 1
MARKER = "VERSION"
SOCKET_PATH_LIMIT = 107  # sun_path of the kernel, less its closing zero
LONGEST_SOCKET_NAME = "postgres/.s.PGSQL.5432"
ANOTHER = "name another directory with SERVICEDESK_STATE"


@dataclass(frozen=True)
class State:
    """Paths below one state directory. `cluster` may lie elsewhere, see `make_marker`."""

    root: Path
    cluster: Path
    sockets: Path

    @property
    def valkey(self) -> Path:
        return self.root / "valkey"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def locks(self) -> Path:
        return self.root / "run"

    @property
    def postgres_socket_dir(self) -> Path:
        return self.sockets / "postgres"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def state_root() -> Path:
    return Path(os.environ.get("SERVICEDESK_STATE") or PROJECT / "var").expanduser().absolute()


def open_state(root: Path | None = None) -> State:
    """The state directory, made on first use; refuses one that another version made."""
    root = root or state_root()
    make_directory(root)
    marker = read_marker(root) or make_marker(root)
    cluster = Path(marker.get("cluster", root / "postgres"))
    state = State(root=root, cluster=cluster, sockets=socket_directory(root))
    for directory in (state.valkey, state.logs, state.locks):
        make_directory(directory, private=True)
    return state


def make_directory(path: Path, *, private: bool = False) -> None:
    """As root, others may pass through (PostgreSQL runs as one of them) but not look around."""
    mode = 0o711 if os.geteuid() == 0 and not private else 0o700
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise LaunchError(f"The directory {path} cannot be made ({error.strerror}): {ANOTHER}.") from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise LaunchError(f"The directory {path} is not writable for this account: {ANOTHER}.")


def read_marker(root: Path) -> dict[str, Any]:
    """Empty for a new directory."""
    try:
        marker: dict[str, Any] = json.loads((root / MARKER).read_text())
        layout = marker["layout"]
    except FileNotFoundError:
        if (root / "postgres").exists():
            raise LaunchError(f"{root} holds a database but does not say of which version: {ANOTHER}.") from None
        return {}
    except (ValueError, KeyError, TypeError):
        raise LaunchError(f"{root / MARKER} cannot be read as a version mark: {ANOTHER}.") from None
    if layout != LAYOUT:
        raise LaunchError(
            f"The state directory {root} was made by another version of Service Desk (layout {layout}, this one "
            f"reads layout {LAYOUT}): start that version, or {ANOTHER}."
        )
    return marker


def make_marker(root: Path) -> dict[str, Any]:
    """Whoever is first makes it; where it lies elsewhere, the cluster's place is new, and noted here."""
    marker: dict[str, Any] = {"layout": LAYOUT}
    if os.geteuid() == 0 and not is_reachable_by_others(root):
        marker["cluster"] = f"/var/lib/servicedesk-{fingerprint(root)}-{secrets.token_hex(4)}/postgres"
    make_once(root / MARKER, json.dumps(marker) + "\n", mode=0o644)
    return read_marker(root)


def make_once(path: Path, text: str, *, mode: int) -> None:
    """By link: the file is there with its whole text or not at all, and never replaces one that is there."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)
    fresh.unlink()


def fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def socket_directory(root: Path) -> Path:
    """In the state directory, unless its path is too long for a socket or closed to PostgreSQL's account."""
    chosen = root / "sockets"
    fits = len(os.fsencode(chosen / LONGEST_SOCKET_NAME)) <= SOCKET_PATH_LIMIT
    if not fits or (os.geteuid() == 0 and not is_reachable_by_others(root)):
        chosen = Path(f"/tmp/servicedesk-{os.geteuid()}-{fingerprint(root)}")  # noqa: S108 - ownership is checked next
    make_directory(chosen)
    refuse_foreign(chosen)
    return chosen


def refuse_foreign(directory: Path) -> None:
    """A name in /tmp can be taken by somebody else first; our sockets must not lie in his directory."""
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise LaunchError(f"{directory} belongs to somebody else: remove it, or {ANOTHER}.")


def secret_key(root: Path) -> str:
    """Made once; sessions and signed links stay good over restarts."""
    path = root / "secret-key"
    if not path.exists():
        make_once(path, secrets.token_urlsafe(64) + "\n", mode=0o600)
    return path.read_text().strip()
