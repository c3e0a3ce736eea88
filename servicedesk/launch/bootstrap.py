"""From any Python 3.11+ with pip to an environment that holds the pinned packages, then on in it.

Standard library only: it runs before anything is installed. It never installs into the Python it was started with.
"""

import fcntl
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from servicedesk.launch.problems import LaunchError

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv"
RUNTIME = PROJECT / "requirements.txt"
DEVELOPMENT = PROJECT / "requirements-dev.txt"
MARKER = "servicedesk-requirements.json"
ROOM_NEEDED = 900_000_000
USAGE = """Service Desk

  python3 manage.py up [--demo] [--port 8000] [--bind 127.0.0.1]    set everything up and run it
  python3 manage.py test [pytest arguments]                         set everything up and run the tests
  python3 manage.py help                                            all commands, once it is set up
"""
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)")
PIP_REASONS = {
    "No space left on device": "The disk is full: make room and start again.",
    "NewConnectionError": "The package index could not be reached: check the network and pip's settings.",
    "Read timed out": "The package index did not answer in time: start again.",
    "No matching distribution": "pip found no file for a package: check the network and pip's settings, and use "
    "Python 3.11, 3.12 or 3.13 on Linux.",
    "Permission denied": "The environment cannot be written: start as the account that owns the project.",
    "No module named pip": "This Python has no pip: install it (Debian: apt install python3-pip).",
}


def enter(arguments: Sequence[str]) -> None:
    """Come back only in an environment that has what the command needs; ends the process for help without one."""
    files = needed_files(arguments)
    if satisfied_here(files):
        return
    wants_help = not arguments or arguments[0] in ("help", "-h", "--help")
    if wants_help and not python_of(ENVIRONMENT).exists():
        print(USAGE, end="")
        sys.exit(0)
    os.chdir(PROJECT)
    with one_at_a_time():
        ensure(files)
    sys.stdout.flush()
    python = str(python_of(ENVIRONMENT))
    os.execv(python, [python, str(PROJECT / "manage.py"), *arguments])  # noqa: S606


def needed_files(arguments: Sequence[str]) -> list[Path]:
    return [RUNTIME, DEVELOPMENT] if arguments[:1] == ["test"] else [RUNTIME]


def python_of(environment: Path) -> Path:
    return environment / "bin" / "python"


def satisfied_here(files: Sequence[Path]) -> bool:
    """Whether the Python that runs now has every pin, in whatever kind of environment."""
    if Path(sys.prefix) == ENVIRONMENT and is_marked(files):
        return True
    return all(installed(name) == version for name, version in pins(files))


def pins(files: Sequence[Path]) -> Iterator[tuple[str, str]]:
    for path in files:
        for line in path.read_text().splitlines():
            if found := PIN.match(line):
                yield found[1], found[2]


def installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def is_marked(files: Sequence[Path]) -> bool:
    """Whether these very files were installed into the environment; saves asking each package."""
    try:
        marked = json.loads((ENVIRONMENT / MARKER).read_text())
    except (OSError, ValueError):
        return False
    return all(marked.get(path.name) == digest(path) for path in files)


def mark(files: Sequence[Path]) -> None:
    (ENVIRONMENT / MARKER).write_text(json.dumps({path.name: digest(path) for path in files}))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two first starts at once would install over each other; the second one waits."""
    descriptor = os.open(PROJECT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is installing the packages; waiting for it.")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def ensure(files: Sequence[Path]) -> None:
    """Make or mend `.venv`, so that it holds the pins of `files`."""
    if works(python_of(ENVIRONMENT)):
        if is_marked(files):
            return
        if has_pins(python_of(ENVIRONMENT), files):
            mark(files)
            return
    refuse_full_disk()
    began = time.monotonic()
    if not works(python_of(ENVIRONMENT)):
        say(f"First start: making {ENVIRONMENT} and installing the pinned packages (about a minute).")
        make_environment()
    else:
        say("The pinned packages have changed: installing the new ones.")
    install(files)
    mark(files)
    say(f"Packages installed in {time.monotonic() - began:.0f} s.")


def works(python: Path) -> bool:
    """Not so for an environment whose base Python was removed or is too old, or one that was never finished."""
    if not python.exists():
        return False
    code = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0


def has_pins(python: Path, files: Sequence[Path]) -> bool:
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1)); from pathlib import Path; "
        "from servicedesk.launch import bootstrap; "
        "sys.exit(not bootstrap.satisfied_here([Path(path) for path in sys.argv[1:]]))"
    )
    return subprocess.run([python, "-c", code, str(PROJECT), *map(str, files)], check=False).returncode == 0


def refuse_full_disk() -> None:
    free = shutil.disk_usage(PROJECT).free
    if free < ROOM_NEEDED:
        raise LaunchError(
            f"The disk of {PROJECT} has {free // 1_000_000} MB left, and the packages with a first database need "
            f"{ROOM_NEEDED // 1_000_000} MB: make room and start again."
        )


def make_environment() -> None:
    """`venv` where it works; Debian's Python without python3-venv needs the package virtualenv, which pip can fetch."""
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True, check=False)
    if done.returncode == 0 and works(python_of(ENVIRONMENT)):
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if "Permission denied" in done.stdout + done.stderr:
        raise LaunchError(PIP_REASONS["Permission denied"])
    with tempfile.TemporaryDirectory(prefix="servicedesk-") as directory:
        pip(Path(sys.executable), ["--target", directory, "virtualenv"])
        command = [sys.executable, "-m", "virtualenv", "--quiet", str(ENVIRONMENT)]
        done = subprocess.run(
            command, env=os.environ | {"PYTHONPATH": directory}, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise LaunchError(f"{ENVIRONMENT} could not be made: {' '.join(done.stderr.split())[-300:]}")


def install(files: Sequence[Path]) -> None:
    arguments = ["--only-binary", ":all:"]
    for path in files:
        arguments += ["-r", str(path)]
    pip(python_of(ENVIRONMENT), arguments, progress=Progress(sum(1 for _ in pins(files))).line)


class Progress:
    """One line that changes on a terminal; a line now and then in a log file."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.seen = 0
        self.began = self.told = time.monotonic()

    def line(self, said: str) -> None:
        if said.startswith("Collecting "):
            self.seen += 1
            self.tell(f"{self.seen} packages found (at least {self.expected})")
        elif said.startswith("Installing collected"):
            self.told = 0.0
            self.tell(f"unpacking {self.seen} packages")

    def tell(self, what: str) -> None:
        now = time.monotonic()
        text = f"  {now - self.began:3.0f} s: {what}"
        if sys.stderr.isatty():
            print(f"\r{text:<60}", end="" if "unpacking" not in what else "\n", file=sys.stderr, flush=True)
        elif now - self.told > 5:
            self.told = now
            say(text)


def pip(python: Path, arguments: Sequence[str], progress: Callable[[str], None] = lambda said: None) -> None:
    """Run pip; what it prints is kept back unless it fails."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    environment = {key: value for key, value in os.environ.items() if key not in ("PIP_USER", "PIP_TARGET")}
    said = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line)
            progress(line.strip())
    if process.returncode:
        raise LaunchError(pip_problem("".join(said)))


def pip_problem(said: str) -> str:
    for sign, sentence in PIP_REASONS.items():
        if sign in said:
            return f"{sentence}\nThe last lines of pip:\n{last_lines(said)}"
    return f"The packages could not be installed. The last lines of pip:\n{last_lines(said)}"


def last_lines(said: str) -> str:
    return "\n".join(f"  {line}" for line in said.strip().splitlines()[-4:])


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
