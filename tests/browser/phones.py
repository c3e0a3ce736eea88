"""The page of a visit on a phone, for stories without signal: ways to its parts, and what a story waits for."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.actors import Actor
from accounts.models import User
from inspections import services
from inspections.models import Inspection
from tests.inspections.conftest import DOCUMENT
from tickets.models import Ticket

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "locale": "en-GB"}


def now() -> datetime:
    return datetime.now(UTC)


def begun(case: Ticket, lead: User, engineer: User) -> Inspection:
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=now())
    version = services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=now())
    return services.begin(ticket=case, version=version, by=Actor(engineer), now=now() - timedelta(minutes=1))


def address(product: Any, visit: Inspection) -> str:
    return f"{product.url}/inspections/visits/{visit.ticket.reference}/"


def expect(found: Any) -> Any:
    return pytest.importorskip("playwright.sync_api").expect(found)


def ready(page: Any) -> None:
    expect(page.locator("html")).to_have_attribute("data-visit-script", "on")


def kept(page: Any) -> None:
    expect(page.locator("html")).to_have_attribute("data-kept", "true")


def card(page: Any, item: str) -> Any:
    return page.locator(f"[data-item={item}]")


def press(page: Any, item: str, word: str) -> None:
    card(page, item).locator(".pf").get_by_text(word, exact=True).click()
