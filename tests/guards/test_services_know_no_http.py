"""Services, models and pure code know no request: nothing below the interfaces imports Django's HTTP side."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "customers", "tickets", "sla", "inspections", "jobs", "spares", "notifications")
EDGES = {"urls", "views", "api", "admin", "adapter", "tasks", "forms", "serializers", "management", "migrations"}
HTTP = ("django.http", "django.shortcuts", "django.contrib.messages", "rest_framework", "celery")


def inner_files():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = {part.removesuffix(".py") for part in path.relative_to(ROOT / app).parts}
            if not parts & EDGES:
                yield path


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", list(inner_files()), ids=lambda path: str(path.relative_to(ROOT)))
def test_inner_module_imports_nothing_of_http(path):
    assert [name for name in imports(path) if name.startswith(HTTP)] == []
