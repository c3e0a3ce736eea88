import shutil
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from servicedesk.launch import accounts, postgres
from servicedesk.launch.postgres import Installation
from servicedesk.launch.problems import LaunchError

PATH_15 = Installation(Path("/on/path"), 15)
WHEEL_18 = Installation(Path("/wheel"), 18)
DATA = Path("/state/postgres")


def test_new_database_takes_the_first_binaries_found():
    assert postgres.choose([PATH_15, WHEEL_18], wanted=None, data=DATA) is PATH_15


def test_existing_database_takes_binaries_of_its_version():
    assert postgres.choose([PATH_15, WHEEL_18], wanted=18, data=DATA) is WHEEL_18


def test_database_of_another_version_names_both_and_the_way_out():
    with pytest.raises(LaunchError, match=r"PostgreSQL 13, and this machine has 15, 18: .*SERVICEDESK_STATE"):
        postgres.choose([PATH_15, WHEEL_18], wanted=13, data=DATA)


def test_machine_without_postgresql_is_told_of_the_variable():
    with pytest.raises(LaunchError, match="DATABASE_URL"):
        postgres.choose([], wanted=None, data=DATA)


def test_plain_c_locale_is_never_used():
    for major in (14, 16, 17, 18):
        assert "--locale=C" not in postgres.locale_arguments(major)


def test_number_of_another_program_does_not_stop_a_start(tmp_path):
    (tmp_path / "postmaster.pid").write_text("1\n/somewhere\n")
    postgres.remove_stale_pid(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_private_directory_is_out_of_reach_for_the_servers_account(tmp_path):
    tmp_path.chmod(0o700)
    assert not accounts.is_reachable_by_others(tmp_path / "not" / "there" / "yet")
    assert accounts.is_reachable_by_others(Path("/usr/bin"))


@pytest.mark.slow
def test_a_refused_row_leaves_no_personal_data_in_the_log():
    directory = Path(tempfile.mkdtemp(prefix="sd-log-", dir="/tmp"))
    directory.chmod(0o711)
    cluster = postgres.cluster_at(directory / "postgres", directory / "sockets")
    postgres.create(cluster)
    with (directory / "log").open("ab") as log:
        server = postgres.start(cluster, log=log.fileno())
        try:
            postgres.wait_ready(cluster, server)
            refuse_rows(cluster.sockets, "kanarienvogel")
        finally:
            postgres.stop(server)
    said = (directory / "log").read_text()
    shutil.rmtree(directory)
    assert said.count("violates") == 2
    assert "kanarienvogel" not in said


def refuse_rows(sockets: Path, text: str) -> None:
    """The statement, and the DETAIL that quotes the row."""
    connection = psycopg2.connect(host=str(sockets), user=postgres.NAME, dbname=postgres.NAME)
    connection.autocommit = True
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE person (name text UNIQUE, phone text NOT NULL)")
        cursor.execute("INSERT INTO person VALUES (%s, '1')", [text])
        for phone in ("1", None):
            with pytest.raises(psycopg2.IntegrityError):
                cursor.execute("INSERT INTO person VALUES (%s, %s)", [text, phone])
