"""REST clients for the cast: `api(agent).post("tickets/", {...})`, by key, with the path below /api/v1/."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.actors import SYSTEM
from accounts.models import User

FAULT = {"kind": "fault", "title": "Server does not start"}


class Api:
    """One person's key. Headers as keywords: `if_match="..."`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.client = Client(raise_request_exception=False)

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self._at(path), headers=self._headers(headers))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(self._at(path), body, content_type="application/json", headers=self._headers(headers))

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.patch(self._at(path), body, content_type="application/json", headers=self._headers(headers))

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(self._at(path), headers=self._headers(headers))

    def upload(self, path: str, body: Any, **headers: str) -> Any:
        return self.client.post(self._at(path), body, headers=self._headers(headers))

    def raw(self, path: str, body: bytes, content_type: str = "application/json") -> Any:
        return self.client.post(self._at(path), body, content_type=content_type, headers=self._headers({}))

    def _at(self, path: str) -> str:
        return path if path.startswith(("http", "/")) else f"/api/v1/{path}"

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        return {"authorization": f"Bearer {self.text}", **{k.replace("_", "-"): v for k, v in headers.items()}}


@pytest.fixture
def api(db: None) -> Callable[..., Api]:
    def client(user: User, scopes: tuple[str, ...] = ("read", "write")) -> Api:
        _key, text = services.create_key(user=user, name="test", by=SYSTEM, now=timezone.now(), scopes=scopes)
        return Api(text)

    return client
