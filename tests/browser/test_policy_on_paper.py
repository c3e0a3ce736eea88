"""A policy on paper: each scheme on two pages at most, in the language with the longest texts too; nothing cut."""

import re

import pytest
from django.conf import settings

from sla.engine.shipped import shipped_documents
from tests import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
A4 = {"width": 688, "height": 972}  # CSS pixels inside the margins
CUT = """() => [...document.querySelectorAll(".policy__read, .policy__read *")].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 80))"""


@pytest.fixture
def paper(page, live_server, client):
    def of(person, language):
        person.language = language
        person.save()
        client.force_login(person)
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        return page

    return of


@pytest.mark.parametrize("language", ["en", "zh-hans", "th"])
def test_every_scheme_is_two_pages_with_nothing_cut(paper, live_server, agent, language):
    look_at(paper(agent, language), live_server, sorted(shipped_documents()))


@pytest.mark.parametrize("language", ["en", "th"])
def test_customers_paper_is_no_longer(paper, live_server, alice, acme, language):
    """A customer's page has another shell; he reads the schemes of his contracts, here all."""
    codes = sorted(shipped_documents())
    for code in codes:
        if code != acme.contract.scheme_code:
            places.contract(acme.organisation, code)
    look_at(paper(alice, language), live_server, codes)


def look_at(paper, live_server, codes):
    for code in codes:
        assert paper.goto(f"{live_server.url}/schemes/{code}/").status == 200
        printed = paper.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) in (1, 2), code
        paper.emulate_media(media="print")
        paper.set_viewport_size(A4)
        assert paper.evaluate(CUT) == [], code
        paper.emulate_media(media="null")
        paper.set_viewport_size({"width": 1440, "height": 900})
