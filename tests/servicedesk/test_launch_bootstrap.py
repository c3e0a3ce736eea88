import json
import shutil
import sys
from collections import namedtuple

import pytest

from servicedesk.launch import bootstrap
from servicedesk.launch.problems import LaunchError

# A Python whose `venv` fails as Debian's does without python3-venv, and which logs what is asked of it.
WITHOUT_VENV = """#!/bin/sh
echo "$*" >> "{log}"
case "$2" in
  venv) echo "ensurepip is not available" >&2; exit 1 ;;
  virtualenv) mkdir -p "{home}/bin"; ln -s /bin/true "{home}/bin/python" ;;
esac
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "ENVIRONMENT", tmp_path / "env")
    return tmp_path / "env"


@pytest.fixture
def requirements(tmp_path):
    path = tmp_path / "requirements.txt"
    path.write_text("# comment\npytest==9.2.0\nsome_thing[extra]==1.0  # why\n-r other.txt\n")
    return path


def test_pins_are_read_from_the_requirement_files(requirements):
    assert list(bootstrap.pins([requirements])) == [("pytest", "9.2.0"), ("some_thing", "1.0")]


def test_environment_without_a_pin_is_not_enough(requirements):
    assert not bootstrap.satisfied_here([requirements])


def test_environment_with_every_pin_is_used_as_it_is():
    assert bootstrap.satisfied_here([bootstrap.RUNTIME])


def test_changed_requirements_are_noticed(home, requirements):
    home.mkdir()
    bootstrap.mark([requirements])
    assert bootstrap.is_marked([requirements])
    requirements.write_text("pytest==10.0.0\n")
    assert not bootstrap.is_marked([requirements])


def test_mark_for_running_is_not_a_mark_for_testing(home, requirements, tmp_path):
    other = tmp_path / "requirements-dev.txt"
    other.write_text("ruff==1\n")
    home.mkdir()
    bootstrap.mark([requirements])
    assert not bootstrap.is_marked([requirements, other])
    assert list(json.loads((home / bootstrap.MARKER).read_text())) == ["requirements.txt"]


def test_python_without_venv_gets_its_environment_from_virtualenv(home, tmp_path, monkeypatch):
    log, python = tmp_path / "log", tmp_path / "python3"
    python.write_text(WITHOUT_VENV.format(log=log, home=home))
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    bootstrap.make_environment()
    asked = [line.split()[1] for line in log.read_text().splitlines()]
    assert asked == ["venv", "pip", "virtualenv"]
    assert bootstrap.works(home / "bin" / "python")


def test_environment_of_a_removed_python_does_not_work(home):
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python").symlink_to("/no/such/python3")
    assert not bootstrap.works(home / "bin" / "python")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("NewConnectionError: refused\nNo matching distribution found for x", "index could not be reached"),
        ("ERROR: No matching distribution found for x==1", "Python 3.11, 3.12 or 3.13"),
        ("/usr/bin/python3: No module named pip", "python3-pip"),
        ("anything else", "could not be installed"),
    ],
)
def test_failed_installation_says_what_to_do(said, sentence):
    assert sentence in bootstrap.pip_problem(said).splitlines()[0]


def test_full_disk_is_told_before_anything_is_installed(monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 1_000_000))
    with pytest.raises(LaunchError, match="1 MB left"):
        bootstrap.refuse_full_disk()
