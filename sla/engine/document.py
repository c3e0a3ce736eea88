"""Reading the document of a scheme: a refusal is a `SchemeError` with the place."""

from typing import ClassVar

from common import documents
from sla.engine.errors import SchemeError


class Reader(documents.Reader):
    error: ClassVar[type[documents.DocumentError]] = SchemeError
