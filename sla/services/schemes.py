"""Publishing schemes: the seven shipped ones as version 1 when the database is made. A version is never edited.

Its translations may be: they stand beside it, by its own texts, and promise nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sla import words
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import SchemeText, SchemeVersion


def load_shipped(*, now: datetime) -> int:
    """Publishes as version 1 each shipped scheme that no version exists of. Returns how many were new."""
    known = set(SchemeVersion.objects.values_list("code", flat=True))
    fresh = [document for code, document in shipped_documents().items() if code not in known]
    for document in fresh:
        publish(document=document, effective_at=now, now=now)
    return len(fresh)


@transaction.atomic
def publish(*, document: Mapping[str, Any], effective_at: datetime, now: datetime) -> SchemeVersion:
    """The next version of the document's scheme. Raises SchemeError, with the place, for one that cannot be used."""
    scheme = Scheme.from_document(document)
    versions = SchemeVersion.objects.select_for_update().filter(code=scheme.code).order_by("-version")
    latest = versions.first()
    return SchemeVersion.objects.create(
        code=scheme.code,
        version=latest.version + 1 if latest else 1,
        name=scheme.name,
        document=dict(document),
        effective_at=effective_at,
        published_at=now,
    )


def translate(*, code: str, language: str, source: str, text: str) -> SchemeText | None:
    """Says a text of a scheme in another language; an empty one takes it back to what is shipped, or to the source."""
    words.check(code, language, source)
    row = None
    if text.strip():
        row, _is_new = SchemeText.objects.update_or_create(
            code=code, language=language, source=source, defaults={"text": text.strip()}
        )
    else:
        SchemeText.objects.filter(code=code, language=language, source=source).delete()
    transaction.on_commit(words.forget)
    return row
