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
    """Paths below one state directory. `cluster` may lie elsewhere, see `home_of_cluster`."""

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
    marker = read_marker(root)
    cluster = Path(marker["cluster"]) if "cluster" in marker else home_of_cluster(root) / "postgres"
    state = State(root=root, cluster=cluster, sockets=socket_directory(root))
    for directory in (state.valkey, state.logs, state.locks):
        make_directory(directory, private=True)
    if not marker:
        write_marker(
            root, {"layout": LAYOUT, "cluster": str(cluster)} if cluster.parent != root else {"layout": LAYOUT}
        )
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


def write_marker(root: Path, marker: dict[str, Any]) -> None:
    """By rename: a crash leaves the old mark or the new one, never half of one."""
    fresh = root / f".{MARKER}.{os.getpid()}"
    fresh.write_text(json.dumps(marker) + "\n")
    fresh.replace(root / MARKER)


def home_of_cluster(root: Path) -> Path:
    """Where the cluster lies: in the state directory, unless PostgreSQL's account could not get there."""
    if os.geteuid() != 0 or is_reachable_by_others(root):
        return root
    return outside_home(root)


def outside_home(path: Path) -> Path:
    """A directory outside 0700 homes, the same for the same path."""
    home = Path(f"/var/lib/servicedesk-{fingerprint(path)}")
    make_directory(home)
    return home


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
    """Made once; sessions and signed links stay good over restarts. A link cannot be made over another one's file."""
    path = root / "secret-key"
    if not path.exists():
        fresh = root / f".secret-key.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
        with contextlib.suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()
