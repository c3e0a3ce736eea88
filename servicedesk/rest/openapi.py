"""What the schema says beyond the views: keys as a way to sign in, problem documents, headers of writes."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

WRITES = ("post", "patch", "put", "delete")
PROBLEM = {
    "type": "object",
    "description": "RFC 9457. Every error has this form.",
    "required": ["type", "title", "status", "detail", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
}
ERROR = {
    "description": "An error",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Repeating a request with the same key gives the first answer again, for 24 hours.",
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of what this address names, as you know it; 412 when it has changed since.",
}
ETAG = {"schema": {"type": "string"}, "description": "The version of the ticket, for If-Match."}


class ApiKeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "accounts.api.authentication.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "An API key, as `manage.py api_key` prints it."}


def add_conventions(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """A hook of the generator."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            operation["responses"]["default"] = ERROR
            if method in WRITES:
                guarded = "/tickets/{number}/" in path or (method == "patch" and path.count("/") == 5)
                headers = [IDEMPOTENCY, IF_MATCH] if guarded else [IDEMPOTENCY]
                operation.setdefault("parameters", []).extend(headers)
    _add_etags(result["paths"])
    return result


def _add_etags(paths: dict[str, Any]) -> None:
    for path, method, status in (
        ("/api/v1/tickets/", "post", "201"),
        ("/api/v1/tickets/{number}/", "get", "200"),
        ("/api/v1/tickets/{number}/", "patch", "200"),
    ):
        paths[path][method]["responses"][status]["headers"] = {"ETag": ETAG}
