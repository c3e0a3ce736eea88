"""A real Chromium for tests marked `browser`; they are skipped, with the reason, where the machine has none."""

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import get_ident
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from accounts.models import User
from inspections.models import Inspection
from tests.browser import phones
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


@pytest.fixture
def visit(report: Any, acme: Any, lead: User, engineer: User) -> Inspection:
    """Begun by the engineer, of a list with a check of every kind."""
    begins = phones.now() - timedelta(hours=1)
    case = report(kind="inspection", title="Yearly check", equipment=acme.unit, at=begins)
    return phones.begun(case, lead, engineer)


@pytest.fixture
def phone(chromium: Any, product: Any, visit: Inspection) -> Iterator[Callable[[User], Any]]:
    """`phone(user)`: the visit's page on a phone of its own."""
    opened = []

    def take(user: User) -> Any:
        context = chromium.new_context(**phones.PHONE)
        product.sign_in(context, user)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(phones.address(product, visit))
        phones.ready(page)
        opened.append(page)
        return page

    yield take
    for page in opened:
        assert page.problems == []
        page.context.close()
