"""What `manage.py` does once the packages are there: run pytest, or a Django command with its servers.

`up` looks after its servers itself; commands that need no database get the addresses, but nothing is started for them.
"""

import os
import sys
from collections.abc import Sequence

from django.core.management import execute_from_command_line

from servicedesk.launch import options, servers
from servicedesk.launch.state import PROJECT, State, open_state, secret_key

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
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments[1:]])  # noqa: S606
    state = open_state()
    if name == "up":
        provide_address(arguments[1:])
    provide_settings(state)
    if name in WITHOUT_SERVERS or {"-h", "--help"} & set(arguments):
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


def provide_settings(state: State) -> None:
    """Fill in what the environment does not say. DEBUG is on only for a database of our own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["SERVICEDESK_STATE"] = str(state.root)
    if not os.environ.get("DATABASE_URL"):
        os.environ.setdefault("DEBUG", "1")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(state.root)
    os.environ.update(servers.addresses(state))
