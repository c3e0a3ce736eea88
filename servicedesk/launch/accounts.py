"""The account that runs PostgreSQL when we are root, which it refuses to be, and what that account can reach.

No account is ever created and no directory of somebody else is ever opened up for it.
"""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OTHERS_ENTER = 0o001


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int

    def owns(self, path: Path) -> None:
        os.chown(path, self.uid, self.gid)


def server_account(existing: Path | None = None) -> Account | None:
    """None unless root; the owner of an existing cluster, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return None
    if existing is not None and existing.exists() and existing.stat().st_uid != 0:
        owner = existing.stat()
        return Account(name=str(owner.st_uid), uid=owner.st_uid, gid=owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    return Account(name="65534", uid=65534, gid=65534)


def popen_arguments(account: Account | None) -> dict[str, Any]:
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def is_reachable_by_others(path: Path) -> bool:
    """Whether an account without special rights gets as far as `path` (which need not exist yet)."""
    resolved = path.resolve()
    return all(parent.stat().st_mode & OTHERS_ENTER for parent in (resolved, *resolved.parents) if parent.exists())
