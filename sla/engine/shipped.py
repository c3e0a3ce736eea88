"""The schemes the product ships with, as documents. The only file reading of the engine, for first start and tests."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "schemes"


def shipped_documents() -> dict[str, dict[str, Any]]:
    """Scheme code -> document, one for each file."""
    documents = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))
    return {str(document["code"]): document for document in documents}
