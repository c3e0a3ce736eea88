"""What `up` does between the servers and the first process: schema, static files, demo world.

The one module of the launcher that uses Django, and only through its commands.
"""

import hashlib
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from servicedesk.launch.problems import LaunchError
from servicedesk.launch.state import ANOTHER, PROJECT, State

STAMP = "static.stamp"


def prepare(state: State, *, is_demo: bool, say: Callable[[str], None]) -> None:
    try:
        call_command("check", tags=["security"], stdout=StringIO())
        migrate(say)
        collect_static(state, say)
        if is_demo:
            fill_demo(say)
    except CommandError as error:
        raise LaunchError(str(error)) from error
    except OperationalError as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise LaunchError(f"The database cannot be used ({reason}): look at DATABASE_URL.") from error
    finally:
        connection.close()


def migrate(say: Callable[[str], None]) -> None:
    """A database of a newer version is refused: its columns are not ours to guess at."""
    executor = MigrationExecutor(connection)
    unknown = set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations)
    newer = sorted(f"{app}.{name}" for app, name in unknown if app in own_apps())
    if newer:
        raise LaunchError(
            f"The database was made by another version of Service Desk (it has {newer[0]}, which this one does not "
            f"know): start that version, or {ANOTHER}."
        )
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        say(f"bringing the database up to date ({steps} steps)")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)


def own_apps() -> set[str]:
    return {config.label for config in apps.get_app_configs() if Path(config.path).parent == PROJECT}


def collect_static(state: State, say: Callable[[str], None]) -> None:
    """Skipped while no file has changed; it takes most of a second start otherwise."""
    stamp = state.root / STAMP
    seen = static_fingerprint()
    if stamp.exists() and stamp.read_text() == seen and Path(settings.STATIC_ROOT).is_dir():
        return
    say("collecting static files")
    call_command("collectstatic", interactive=False, verbosity=0, clear=True, stdout=StringIO())
    stamp.write_text(seen)


def static_fingerprint() -> str:
    seen = hashlib.sha256(f"{settings.STATIC_ROOT} {settings.STORAGES['staticfiles']}".encode())
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            seen.update(f"{storage.path(path)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def fill_demo(say: Callable[[str], None]) -> None:
    """Its lines (`address  password`) go out as they are, for people and programs to read."""
    say("filling the demo world, if it is not there yet")
    call_command("demo", stdout=sys.stdout, say=say)
    sys.stdout.flush()
