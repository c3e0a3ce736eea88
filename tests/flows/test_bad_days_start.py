"""What somebody reads who starts the product while something it needs is missing: one sentence, and an exit code."""

import os
import subprocess
import sys

import pytest

from servicedesk.launch.state import PROJECT

pytestmark = pytest.mark.slow


def test_database_that_does_not_answer_is_said_in_one_sentence(tmp_path):
    given = {"DATABASE_URL": "postgresql://desk@127.0.0.1:1/desk", "REDIS_URL": "redis://127.0.0.1:1/0"}
    ended = subprocess.run(
        [sys.executable, "manage.py", "up", "--port", "0"],
        cwd=PROJECT, env=os.environ | given | {"SERVICEDESK_STATE": str(tmp_path)}, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    assert ended.returncode == 1
    assert "look at DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr
