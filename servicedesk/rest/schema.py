"""The OpenAPI schema as it is served: the same for everybody, so written once for each language and format.

To write it takes most of a second. A process keeps what it has written; a client that keeps it too asks with the ETag.
"""

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import translation
from django.utils.http import parse_etags
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

NAME = settings.SPECTACULAR_SETTINGS["TITLE"]
LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Written:
    body: bytes
    content_type: str
    format: str
    etag: str


_written: dict[tuple[str, str], Written] = {}
_one_at_a_time = Lock()


class Schema(SpectacularAPIView):
    """`?lang=` chooses the language, `Accept` the format; whatever else is sent changes nothing."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = request.GET.get("lang", "")
        language = wanted if wanted in LANGUAGES else translation.get_language() or settings.LANGUAGE_CODE
        found = self._find(request, language)
        headers = {
            "ETag": found.etag,
            "Cache-Control": "no-cache",  # kept, and asked for each time whether it is still the same
            "Content-Disposition": f'inline; filename="{NAME}.{found.format}"',
        }
        known = {tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))}
        if known & {found.etag, "*"}:
            return HttpResponseNotModified(headers=headers)
        return HttpResponse(found.body, content_type=found.content_type, headers=headers)

    def _find(self, request: Request, language: str) -> Written:
        renderer: Any = request.accepted_renderer
        key = language, renderer.media_type
        with _one_at_a_time:  # of many who ask a new process at once, the first one writes
            if key not in _written:
                with translation.override(language):
                    generator: Any = self.generator_class()
                    schema = generator.get_schema(request=None, public=True)
                    body: bytes = renderer.render(schema, renderer_context={})
                etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
                charset = f"; charset={renderer.charset}" if renderer.charset else ""  # JSON has one only
                _written[key] = Written(body, renderer.media_type + charset, renderer.format, etag)
        return _written[key]
