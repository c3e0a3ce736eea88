"""Every page that links lead to, light at a desk and dark on a phone: accessible, and never too wide. In the other
colours of each, where everybody goes, the contrast.

Found as people find them: from the first page along the links, one page of each kind for each person.
"""

import re
from datetime import UTC, datetime
from itertools import chain, cycle
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
ROLES = ["lead", "manager", "engineer", "storekeeper"]
LOOKS = [
    {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
]


@pytest.fixture
def demo(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world.fill(now=datetime.now(UTC), count=40)


def walk(client, start, *, is_deep=True):
    """The pages that links lead to, each route once; a filter or an order of a list is no page of its own.

    Not deep: the first page and those it links to.
    """
    ahead, kinds, count = list(start), set(), 0
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
        yield address
        count += 1
        if count > 1 and not is_deep:
            continue
        links = (urlsplit(urljoin(address, link)) for link in LINK.findall(answer.content.decode()))
        ahead += [link.path for link in links if not link.netloc and not link.scheme]


def visits(chromium, url, look, people, language="en", *, is_deep=True):
    for person in people:
        client, context = Client(), chromium.new_context(**look)
        start = ["/"] if person else ["/report/", "/account/sign-in/"]
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": url}])
        if person:
            client.force_login(User.objects.get(email=f"{person}@demo.test"))
            key = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": url}])
        page = context.new_page()
        for address in walk(client, start, is_deep=is_deep):
            if person != "admin" or address.startswith(("/settings/", "/customers/", "/status/")):
                page.goto(url + address)
                yield f"{person or 'guest'} {address}", page
        context.close()


def check(pages, at_least, language="en", *, in_both_colours=False):
    checked = {}
    for visit, page in pages:
        checked[visit] = findings(page, in_both_colours=in_both_colours)
        if (spoken := page.get_attribute("html", "lang").lower()) != language:
            checked[visit].append(f"speaks {spoken}")
    assert {visit: faults for visit, faults in checked.items() if faults} == {}
    assert len(checked) > at_least


@pytest.mark.parametrize("look", LOOKS, ids=["light-desk", "dark-phone"])
def test_every_page_is_accessible_and_fits(chromium, live_server, demo, look):
    pages = visits(chromium, live_server.url, look, ["", "alice", "agent", "admin"])
    check(pages, at_least=40, in_both_colours=True)


def test_every_role_of_the_staff_sees_pages_in_order(chromium, live_server, demo):
    """What lies deeper is the same for all of them, and walked by the agent and the administrator above."""
    walks = [
        visits(chromium, live_server.url, look, [person], is_deep=False)
        for person, look in zip(ROLES, cycle(LOOKS), strict=False)
    ]
    check(chain(*walks), at_least=40)


@pytest.mark.parametrize(("language", "look"), [("th", LOOKS[1]), ("zh-hant", LOOKS[0])], ids=["th", "zh-hant"])
def test_customers_pages_are_in_order_in_their_language(chromium, live_server, demo, language, look):
    pages = visits(chromium, live_server.url, look, ["", "alice"], language)
    check(pages, at_least=12, language=language)
