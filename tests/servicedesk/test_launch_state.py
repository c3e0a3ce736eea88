import json
import stat
import tempfile
from pathlib import Path

import pytest

from servicedesk.launch import state
from servicedesk.launch.problems import LaunchError


@pytest.fixture
def place():
    """Open to the account of PostgreSQL, unlike tmp_path when root runs the tests."""
    with tempfile.TemporaryDirectory(prefix="sd-", dir="/tmp") as name:
        directory = Path(name)
        directory.chmod(0o711)
        yield directory


def test_state_of_another_layout_is_refused_with_the_way_out(place):
    (place / state.MARKER).write_text(json.dumps({"layout": 99}))
    with pytest.raises(LaunchError, match=r"another version .*layout 99.* SERVICEDESK_STATE"):
        state.open_state(place)


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json"])
def test_unreadable_mark_is_a_sentence(place, text):
    (place / state.MARKER).write_text(text)
    with pytest.raises(LaunchError, match="SERVICEDESK_STATE"):
        state.open_state(place)


def test_database_of_unknown_origin_is_not_taken_over(place):
    (place / "postgres").mkdir()
    with pytest.raises(LaunchError, match="does not say of which version"):
        state.open_state(place)


def test_opening_twice_is_the_same_directory(place):
    assert state.open_state(place) == state.open_state(place)


def test_noted_place_of_the_cluster_is_kept(place):
    (place / state.MARKER).write_text(json.dumps({"layout": state.LAYOUT, "cluster": "/somewhere/else"}))
    assert state.open_state(place).cluster == Path("/somewhere/else")


def test_sockets_of_a_long_path_fit_the_kernel(place):
    deep = place / ("d" * 100)
    opened = state.open_state(deep)
    assert len(str(opened.postgres_socket_dir / ".s.PGSQL.5432")) <= state.SOCKET_PATH_LIMIT
    opened.sockets.rmdir()


def test_socket_directory_of_somebody_else_is_refused(place):
    place.chmod(0o777)
    with pytest.raises(LaunchError, match="somebody else"):
        state.refuse_foreign(place)


def test_secret_key_is_made_once_and_private(place):
    key = state.secret_key(place)
    assert len(key) >= 64
    assert state.secret_key(place) == key
    assert stat.S_IMODE((place / "secret-key").stat().st_mode) == 0o600


def test_file_in_the_place_of_the_directory_is_a_sentence(place):
    (place / "file").write_text("")
    with pytest.raises(LaunchError, match="SERVICEDESK_STATE"):
        state.open_state(place / "file" / "below")
