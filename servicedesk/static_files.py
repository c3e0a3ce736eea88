"""Static files as they are served: our own scripts and sheets without comments and indents, all compressed, names with
a hash.

What developers read and tests serve stays as it is written; only `collectstatic` makes it smaller.
"""

import re
from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS, OWN_SHEETS = "js/", ("css/", "design/")
COMMENT, INDENT = re.compile(r"/\*.*?\*/", re.DOTALL), re.compile(r"\n\s*")


def smaller(name: str, text: str) -> str:
    """A script or a sheet of ours, to the same effect; anything else as it is."""
    if name.startswith(OWN_SCRIPTS) and name.endswith(".js"):
        return str(rjsmin.jsmin(text))
    if name.startswith(OWN_SHEETS) and name.endswith(".css"):
        return INDENT.sub("\n", COMMENT.sub("", text))
    return text


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package brings no types
    def _save(self, name: str, content: Any) -> str:
        path = name.replace("\\", "/")
        if path.startswith((OWN_SCRIPTS, *OWN_SHEETS)) and path.endswith((".js", ".css")):
            content.seek(0)
            content = ContentFile(smaller(path, content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
