"""The ten lists the product ships with, as documents. The only file reading here, for first start and tests."""

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "lists"


def shipped_documents() -> dict[str, dict[str, Any]]:
    """Code -> document, one for each file."""
    documents = (tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml")))
    return {str(document["code"]): document for document in documents}
