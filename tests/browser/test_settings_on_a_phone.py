"""Lists of the settings on a phone: nothing that is to be read or dialled lies beyond the edge."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
expect = pytest.importorskip("playwright.sync_api").expect


def test_the_phone_numbers_of_people_need_no_scroll_to_the_side(page, live_server, administrator, engineer):
    engineer.phone = "+852 5555 0142 4711"
    engineer.save()
    client = Client()
    client.force_login(administrator)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live_server.url}/settings/people/")
    number = page.get_by_role("cell", name="+852 5555 0142 4711")
    expect(number).to_be_visible()
    box = number.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    inside = "(one) => one.scrollWidth <= one.clientWidth"
    assert page.locator(".xscroll").evaluate(inside)
