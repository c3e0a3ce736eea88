"""Every page that links lead to, light at a desk and dark on a phone: accessible, and never too wide. At the desk the
contrast in dark too; pages of a phone in light show nothing that neither of these shows.

Found as people find them: from the first page along the links, one page of each kind for each person.
"""

import re
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from accounts.models import User
from servicedesk.demo import world
from tests.browser.checks import findings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.django_db(transaction=True),
]
LINK = re.compile(r'<a\b[^>]*?\bhref="([^"#]+)')
OTHER = re.compile(r"^/(api|admin|static|events|files|jsi18n)/|sign-out|/export|/files/|\.(csv|xlsx)$")
PEOPLE = ["", "alice", "agent", "admin", "lead", "manager", "engineer", "storekeeper"]
LOOKS = [
    {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
]


@pytest.fixture
def demo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world.fill(now=datetime.now(UTC), count=40)


def walk(client, start, seen):
    """The pages that links lead to, each route once; a filter or an order of a list is no page of its own.

    Of routes that somebody has `seen` only the first page of all, which differs for each person.
    """
    ahead, kinds, is_first = list(start), set(), True
    while ahead:
        address = ahead.pop(0)
        if OTHER.search(address) or (kind := resolve(address).route) in kinds:
            continue
        kinds.add(kind)
        answer = client.get(address)
        if answer.status_code == 302:
            ahead.insert(0, urlsplit(urljoin(address, answer["Location"])).path)
            continue
        assert answer.status_code == 200, f"{address} answers {answer.status_code}"
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            continue
        if is_first or kind not in seen:
            yield address
        is_first = False
        links = (urlsplit(urljoin(address, link)) for link in LINK.findall(answer.content.decode()))
        ahead += [link.path for link in links if not link.netloc and not link.scheme]


def visits(chromium, url, look, people, language="en"):
    """Who sees which page in which language, and the page; what one of them has seen is no news for the next."""
    seen = set()
    for person in people:
        client, context = Client(), chromium.new_context(**look)
        start = ["/"] if person else ["/report/", "/account/sign-in/"]
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])
        if person:
            client.force_login(User.objects.get(email=f"{person}@demo.test"))
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])
        page = context.new_page()
        for address in walk(client, start, frozenset(seen)):
            page.goto(url + address)
            yield f"{person or 'guest'} {address}", page
            if person not in {"", "alice"}:  # customers see other sides of the same addresses
                seen.add(resolve(address).route)
        context.close()


def check(pages, at_least, language="en", *, in_both_colours=False):
    checked = {}
    for visit, page in pages:
        checked[visit] = findings(page, in_both_colours=in_both_colours)
        if (spoken := page.get_attribute("html", "lang").lower()) != language:
            checked[visit].append(f"speaks {spoken}")
    assert {visit: faults for visit, faults in checked.items() if faults} == {}
    assert len(checked) > at_least


@pytest.mark.parametrize(
    ("look", "language"), [(LOOKS[0], "zh-hant"), (LOOKS[1], "th")], ids=["light-desk", "dark-phone"]
)
def test_every_page_is_accessible_and_fits(chromium, live_server, demo, look, language):
    """In one world, which takes long to make: everybody's pages, and the customers' in another language too."""
    pages = visits(chromium, live_server.url, look, PEOPLE)
    check(pages, at_least=80, in_both_colours=look is LOOKS[0])
    pages = visits(chromium, live_server.url, look, ["", "alice"], language)
    check(pages, at_least=12, language=language)
