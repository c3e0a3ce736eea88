"""The program refuses to start unsafe: break a setting, and the message names it."""

import os
import subprocess
import sys

import pytest

from servicedesk import checks
from servicedesk.celery import app

SAFE_KEY = "k" * 64


def texts(messages):
    return " ".join(message.msg for message in messages)


@pytest.fixture
def production(settings):
    """A configuration that all checks accept."""
    settings.DEBUG, settings.SECRET_KEY, settings.BIND = False, SAFE_KEY, "10.0.0.5"
    settings.ALLOWED_HOSTS, settings.BASE_URL = ["desk.example.com"], "https://desk.example.com"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.SECURE_PROXY_SSL_HEADER, settings.TRUSTED_PROXIES = ("HTTP_X_FORWARDED_PROTO", "https"), 1
    return settings


ALL = [
    checks.secret_key,
    checks.debug,
    checks.allowed_hosts,
    checks.base_url,
    checks.trusted_proxies,
    checks.mail_backend,
    checks.media_root,
    checks.celery_content,
]


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.__name__)
def test_safe_configuration_passes(production, check):
    assert check() == []


@pytest.mark.parametrize("key", ["", "short", "django-insecure-" + SAFE_KEY])
def test_secret_key_must_be_long_and_own(production, key):
    production.SECRET_KEY = key
    assert "SECRET_KEY" in texts(checks.secret_key())


@pytest.mark.parametrize("bind", ["0.0.0.0", "10.0.0.5", "::"])
def test_debug_is_for_this_machine_only(production, bind):
    production.DEBUG, production.BIND = True, bind
    assert "DEBUG" in texts(checks.debug())


def test_proxies_that_nobody_counted_are_warned_of(production):
    production.TRUSTED_PROXIES = 0
    assert "TRUSTED_PROXIES" in texts(checks.trusted_proxies())


@pytest.mark.parametrize("bind", ["127.0.0.1", "::1", "localhost"])
def test_debug_on_this_machine_is_fine(production, bind):
    production.DEBUG, production.BIND = True, bind
    assert checks.debug() == []


@pytest.mark.parametrize("hosts", [[], ["*"], ["desk.example.com", "*"]])
def test_hosts_must_be_named(production, hosts):
    production.ALLOWED_HOSTS = hosts
    assert "ALLOWED_HOSTS" in texts(checks.allowed_hosts())


def test_plain_http_is_warned_of(production):
    production.BASE_URL = "http://desk.example.com"
    (message,) = checks.base_url()
    assert "BASE_URL" in message.msg
    assert not message.is_serious()


def test_mail_that_goes_nowhere_is_warned_of(production):
    production.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    (message,) = checks.mail_backend()
    assert "EMAIL_BACKEND" in message.msg
    assert not message.is_serious()


@pytest.mark.parametrize("below", ["", "uploads"])
def test_uploads_must_not_lie_below_the_static_files(production, tmp_path, below):
    production.STATIC_ROOT, production.MEDIA_ROOT = tmp_path, tmp_path / below
    assert "MEDIA_ROOT" in texts(checks.media_root())


def test_celery_must_not_take_pickle(production):
    app.conf.accept_content = ["json", "pickle"]
    try:
        assert "pickle" in texts(checks.celery_content())
    finally:
        app.conf.accept_content = ["json"]


@pytest.mark.slow
def test_program_stops_and_names_the_setting():
    environment = {**os.environ, "DEBUG": "0", "SECRET_KEY": "short", "DJANGO_SETTINGS_MODULE": "servicedesk.settings"}
    command = [sys.executable, "-m", "django", "check"]
    outcome = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert outcome.returncode != 0
    assert "SECRET_KEY" in outcome.stderr
