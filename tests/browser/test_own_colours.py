"""Where a reader's own colours replace ours (Windows contrast themes): what is chosen still looks chosen."""

from io import BytesIO

import pytest
from PIL import Image

from tests.browser.test_customer_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def middle_of(circle):
    picture = Image.open(BytesIO(circle.screenshot()))
    return picture.convert("L").getpixel((picture.width // 2, picture.height // 2))


def test_the_circle_of_a_chosen_unit_is_filled(page, live_server, alice, acme):
    page.emulate_media(forced_colors="active")
    sign_in(page, live_server, alice)
    circle = page.locator(".choice input").first
    empty = middle_of(circle)
    circle.check()
    assert abs(middle_of(circle) - empty) > 100
