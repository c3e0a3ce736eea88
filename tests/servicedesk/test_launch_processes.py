import io
import sys

import pytest

from servicedesk.launch.logs import CappedFile, Console, Tail
from servicedesk.launch.processes import Backoff, meaning
from servicedesk.launch.supervisor import Child


def test_pauses_grow_to_half_a_minute():
    backoff = Backoff()
    assert [backoff.failed(started_at=0, now=1) for _ in range(8)] == [0, 1, 2, 4, 8, 16, 30, 30]
    assert backoff.retry_at == 31


def test_calm_minute_forgives_old_failures():
    backoff = Backoff(failures=9)
    assert backoff.failed(started_at=0, now=61) == 0


@pytest.mark.parametrize(("given", "found"), [({}, "1"), ({"MALLOC_ARENA_MAX": "4"}, "4")])
def test_threads_of_a_child_share_one_heap_unless_the_environment_says_otherwise(tmp_path, monkeypatch, given, found):
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    command = [sys.executable, "-c", "import os; print(os.environ['MALLOC_ARENA_MAX'])"]
    child = Child("web", command, (), CappedFile(tmp_path / "web.log", cap=100))
    child.start()
    assert child.process is not None
    child.process.wait(60)
    assert child.read() == [found]


def test_log_file_keeps_to_twice_its_cap(tmp_path):
    log = CappedFile(tmp_path / "web.log", cap=100)
    for number in range(100):
        log.write(b"%09d\n" % number)
    kept = (tmp_path / "web.log.1").read_bytes() + (tmp_path / "web.log").read_bytes()
    assert len(kept) <= 220
    assert kept.endswith(b"000000099\n")


def test_tail_gives_whole_new_lines_and_survives_a_cut(tmp_path):
    path = tmp_path / "log"
    path.write_text("old\n")
    tail = Tail(path)
    with path.open("a") as file:
        file.write("one\ntw")
    assert tail.lines() == ["one"]
    with path.open("a") as file:
        file.write("o\n")
    assert tail.lines() == ["two"]
    path.write_text("new\n")
    assert tail.lines() == ["new"]


def test_lines_are_plain_outside_a_terminal():
    stream = io.StringIO()
    Console(stream).line("web", "hello")
    assert stream.getvalue() == "web       | hello\n"


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_colour_is_for_terminals_that_want_it(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Console(Terminal()).is_coloured
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Console(Terminal()).is_coloured


def test_end_of_a_process_is_told_in_words():
    assert meaning(-9) == "by signal SIGKILL"
    assert meaning(3) == "exit code 3"
