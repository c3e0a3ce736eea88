"""A report that a worker makes appears on its page by itself, and on paper it is all there and nothing else."""

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.actors import Actor
from inspections import services
from servicedesk.papers import make_asked, report_paper
from tests.inspections import papers
from tests.inspections.conftest import DOCUMENT, NOW
from tickets import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOWN = """() => [...document.querySelectorAll("body *")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.height && !one.children.length && one.innerText?.trim() && !one.closest(".paper");
}).map(one => one.innerText)"""


@pytest.fixture
def visit(report, acme, lead, engineer):
    row = services.import_document(document=DOCUMENT, by=Actor(lead), now=NOW)
    version = services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)
    return papers.years_of(report, acme.unit, version, engineer, NOW, ["22", "23", "25", "26"]).last


@pytest.fixture
def as_engineer(page, live_server, client, engineer):
    client.force_login(engineer)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    return page


def test_it_appears_without_a_press(as_engineer, live_server, visit):
    page = as_engineer
    page.goto(f"{live_server.url}/inspections/visits/{visit.ticket.reference}/report/")
    page.get_by_role("button", name="Begin the report").click()
    page.get_by_role("button", name="Make the report").click()
    page.get_by_text("The report is being made").wait_for()
    assert make_asked(now=timezone.now())
    page.get_by_role("button", name="Send the report").wait_for()
    assert page.get_by_text("The report is being made").count() == 0
    assert page.get_by_text("Amber since noon.").count() == 1


def test_printed_the_page_is_the_paper(page, live_server, visit, engineer):
    """By a guest's link, as whoever got the mail prints it."""
    row = services.begin_report(inspection=visit, by=Actor(engineer))
    document = report_paper(row, reader=engineer, now=NOW).document
    made = services.Made(b"%PDF-1.7 made", document, services.words_of(row))
    row = services.keep_report(report=row, made=made, by=Actor(engineer), now=NOW)
    services.send_report(report=row, by=Actor(engineer), now=NOW)
    page.goto(f"{live_server.url}/portal/follow/{follow.token(visit.ticket_id)}/report/")
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN) == []
    assert page.locator(".paper").get_by_text("Everything that was checked").is_visible()
