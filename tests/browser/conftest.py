"""A real Chromium for tests marked `browser`; they are skipped, with the reason, where the machine has none."""

import os
from collections.abc import Iterator
from threading import get_ident
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from tests.flows.workers import eventually
from tools import chromium as chromium_of

# Requests that the server of the test is answering; the last word of a page is a beacon.
answering: set[int] = set()


@receiver(request_started, weak=False)
def begin(**kwargs: Any) -> None:
    answering.add(get_ident())


@receiver(request_finished, weak=False)
def end(**kwargs: Any) -> None:
    answering.discard(get_ident())


PATIENCE = 20_000  # milliseconds, for what a page shows by itself: a busy machine is no fault of the page


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (requirements-dev.txt)")
    program = chromium_of.program()
    if program is None:
        pytest.skip("no Chromium on this machine")
    # The driver runs an event loop in this thread, which Django would otherwise take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with api.sync_playwright() as playwright:
        api.expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=chromium_of.ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh person at a desk; a script error on the page fails the test."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    yield page
    context.close()
    eventually(lambda: not answering, seconds=30)  # what a closing page still sends meets the emptying of the tables
    assert errors == []
