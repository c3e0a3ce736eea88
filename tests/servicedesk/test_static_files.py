"""What browsers load: our own scripts and sheets arrive small and whole, under names that change with them."""

import json
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from servicedesk.static_files import COMMENT


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "servicedesk.static_files.Storage"}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_scripts_are_served_small_and_whole(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    scripts = {name: served for name, served in names.items() if name.startswith("js/")}
    assert scripts
    for name, served in scripts.items():
        written, sent = Path(finders.find(name)).read_text(), (collected / served).read_text()
        assert len(sent) < len(written)
        assert sent.rstrip().endswith("})();")
        assert "/* Service Desk" not in sent


def test_sheets_are_served_small_and_whole(collected):
    names = json.loads((collected / "staticfiles.json").read_text())["paths"]
    sheets = {
        name: served for name, served in names.items() if name.startswith(("css/", "design/")) and name[-3:] == "css"
    }
    assert sheets
    for name, served in sheets.items():
        written, sent = Path(finders.find(name)).read_text(), (collected / served).read_text()
        assert "/*" not in sent
        assert [sent.count(mark) for mark in "{}"] == [COMMENT.sub("", written).count(mark) for mark in "{}"]
