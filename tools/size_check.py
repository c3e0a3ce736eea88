"""Refuses functions over 40 lines and modules over 400 (migrations apart): the tail is what makes code hard to read.

Run as `python tools/size_check.py [directory]`; prints one line for each that is too long and ends with 1.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

FUNCTION_LINES = 40
MODULE_LINES = 400
LEFT_OUT = {".venv", "var", "migrations", "node_modules", "__pycache__", ".git"}


def modules(top: Path) -> Iterator[Path]:
    for path in sorted(top.rglob("*.py")):
        if not LEFT_OUT & set(path.relative_to(top).parts):
            yield path


def too_long(path: Path) -> Iterator[str]:
    text = path.read_text()
    lines = len(text.splitlines())
    if lines > MODULE_LINES:
        yield f"{path}: {lines} lines, at most {MODULE_LINES}; make it a folder of the same name"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield f"{path}:{node.lineno}: {node.name} has {length} lines, at most {FUNCTION_LINES}"


def main(top: Path) -> int:
    found = [line for path in modules(top) for line in too_long(path)]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path()))
