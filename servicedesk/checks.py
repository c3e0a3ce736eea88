"""The program refuses to start unsafe: system checks, run by `manage.py` commands and by the Celery worker.

An error stops the start and names the setting; a warning is for what only a person can judge.
"""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
NOT_FOR_PRODUCTION = ("console", "locmem", "dummy", "filebased")


def _error(number: int, text: str, hint: str) -> list[CheckMessage]:
    return [Error(text, hint=hint, id=f"servicedesk.E{number:03}")]


def _warning(number: int, text: str, hint: str) -> list[CheckMessage]:
    return [Warning(text, hint=hint, id=f"servicedesk.W{number:03}")]


@register(Tags.security)
def secret_key(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    try:
        key = settings.SECRET_KEY
    except ImproperlyConfigured:
        key = ""
    if settings.DEBUG or (len(key) >= SHORTEST_KEY and not key.startswith("django-insecure-")):
        return []
    return _error(
        1, "SECRET_KEY is missing or too short.", f"Set SECRET_KEY to {SHORTEST_KEY} or more random characters."
    )


@register(Tags.security)
def debug(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """With DEBUG on, error pages show the program's inside to whoever can reach it."""
    if not settings.DEBUG or is_loopback(settings.BIND):
        return []
    return _error(2, f"DEBUG is on while BIND is {settings.BIND}.", "Set DEBUG=0, or BIND to 127.0.0.1.")


@register(Tags.security)
def allowed_hosts(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG or (settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS):
        return []
    return _error(3, "ALLOWED_HOSTS is empty or contains '*'.", "Name the hosts people use, separated by commas.")


@register(Tags.security)
def base_url(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Passwords and the links in mails travel over it."""
    parts = urlsplit(settings.BASE_URL)
    if settings.DEBUG or parts.scheme == "https" or is_loopback(parts.hostname or ""):
        return []
    return _warning(1, f"BASE_URL is {settings.BASE_URL}, without https.", "Serve https and set BASE_URL to it.")


@register(Tags.security)
def trusted_proxies(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """All guests would share the proxy's address, and with it one limit."""
    if settings.SECURE_PROXY_SSL_HEADER is None or settings.TRUSTED_PROXIES > 0:
        return []
    return _warning(3, "BEHIND_PROXY is on while TRUSTED_PROXIES is 0.", "Set TRUSTED_PROXIES to their number.")


@register(Tags.security)
def mail_backend(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if settings.DEBUG or not any(name in settings.EMAIL_BACKEND for name in NOT_FOR_PRODUCTION):
        return []
    return _warning(2, f"EMAIL_BACKEND {settings.EMAIL_BACKEND} sends no mail.", "Set EMAIL_URL to your mail server.")


@register(Tags.security, Tags.files)
def media_root(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What customers upload would be served to anybody, without asking who he is."""
    media = Path(settings.MEDIA_ROOT).resolve()
    roots = [Path(settings.STATIC_ROOT), *map(Path, settings.STATICFILES_DIRS)]
    if not any(media.is_relative_to(root.resolve()) or root.resolve().is_relative_to(media) for root in roots):
        return []
    return _error(4, "MEDIA_ROOT and the static files share a directory.", "Give MEDIA_ROOT a directory of its own.")


@register(Tags.security)
def celery_content(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """With pickle, whoever can write to the broker runs code in the worker."""
    conf = import_module("servicedesk.celery").app.conf  # only here, so that web processes do not load Celery
    content = {*conf.accept_content, conf.task_serializer, conf.result_serializer}
    if not any("pickle" in name or "python-serialize" in name for name in content):
        return []
    return _error(5, "Celery accepts pickle.", "accept_content and task_serializer may only be json.")


def is_loopback(host: str) -> bool:
    return host in ("", "localhost", "::1", "[::1]") or host.startswith("127.")
