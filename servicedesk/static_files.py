"""Static files as they are served: our own scripts without comments and indents, all compressed, names with a hash.

What developers read and tests serve stays as it is written; only `collectstatic` makes it smaller.
"""

from typing import Any

import rjsmin
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_SCRIPTS = "js/"


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # the package brings no types
    def _save(self, name: str, content: Any) -> str:
        if name.replace("\\", "/").startswith(OWN_SCRIPTS) and name.endswith(".js"):
            content.seek(0)
            content = ContentFile(rjsmin.jsmin(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
