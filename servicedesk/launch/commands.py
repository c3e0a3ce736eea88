"""What `manage.py` does once the packages are there: run pytest, or a Django command with its servers.

`up` looks after its servers itself; commands that need no database get the addresses, but nothing is started for them.
"""

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line
from environ import Env

from servicedesk.launch import options, ports, servers
from servicedesk.launch.problems import LaunchError
from servicedesk.launch.state import MARKER, PROJECT, State, open_state, secret_key, state_root

SETTINGS = "servicedesk.settings"
WITHOUT_SERVERS = frozenset(
    {"", "help", "version", "check", "makemessages", "compilemessages", "collectstatic", "findstatic", "diffsettings"}
    | {"spectacular", "startapp", "startproject", "sendtestemail", "up"}
)


def run(arguments: Sequence[str]) -> int:
    name = arguments[0] if arguments and not arguments[0].startswith("-") else ""
    if name == "test":
        os.chdir(PROJECT)
        sys.stdout.flush()
        # All of them: one process per core; one that has no more work takes half of what another still has.
        chosen = arguments[1:] or ["-n", "auto", "--dist", "worksteal"]
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *chosen])  # noqa: S606
    wants_help = bool({"-h", "--help"} & set(arguments))
    if name == "up":
        provide_address(arguments[1:])
        if not wants_help:
            refuse_early(arguments[1:])
    state = open_state()
    provide_settings(state)
    if name in WITHOUT_SERVERS or wants_help:
        execute_from_command_line(["manage.py", *arguments])
        return 0
    with servers.lease(state):
        execute_from_command_line(["manage.py", *arguments])
    return 0


def provide_address(arguments: Sequence[str]) -> None:
    """What the options of `up` say about settings. Reachable from outside, DEBUG stays off unless asked for."""
    chosen = options.parse(arguments)
    os.environ["BIND"] = chosen.bind
    os.environ.setdefault("BASE_URL", options.public_address(chosen.bind, chosen.port))
    os.environ.setdefault("ALLOWED_HOSTS", options.allowed_hosts(chosen.bind))
    if not options.is_loopback(chosen.bind):
        os.environ.setdefault("DEBUG", "0")
    if chosen.demo:
        os.environ.setdefault("HELP_PHONE", "+852 5555 0100")


def refuse_early(arguments: Sequence[str]) -> None:
    """What is bound to fail is said before anything is made. A directory that is there is asked first, by `up`."""
    chosen = options.parse(arguments)
    if chosen.demo and not will_debug():
        raise LaunchError(
            "The demo world has well-known passwords: it is made only on this machine, in a database of its own. "
            f"Leave --demo out, or {what_forbids_it(chosen.bind)}."
        )
    if not (state_root() / MARKER).exists():
        ports.listen(chosen.bind, chosen.port).close()


def will_debug() -> bool:
    """What the settings will make of the environment."""
    return bool(Env().bool("DEBUG", default=not os.environ.get("DATABASE_URL")))


def what_forbids_it(bind: str) -> str:
    if not options.is_loopback(bind):
        return f"--bind {bind}"
    return "DATABASE_URL" if os.environ.get("DATABASE_URL") else "DEBUG"


def provide_settings(state: State) -> None:
    """Fill in what the environment does not say. DEBUG is on only for a database of our own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["SERVICEDESK_STATE"] = str(state.root)
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEBUG", "1")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(state.root)
    os.environ.update(servers.addresses(state))
