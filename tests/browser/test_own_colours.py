"""Where a reader's own colours replace ours (Windows contrast themes): what is chosen still looks chosen."""

import pytest

from tests.browser.test_customer_story import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_chosen_unit_differs_from_the_others(page, live_server, alice, acme):
    page.emulate_media(forced_colors="active")
    sign_in(page, live_server, alice)
    circle = page.locator(".choice input").first
    before = circle.screenshot()
    page.locator("label.choice").first.click()
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    assert circle.is_checked()
    assert circle.screenshot() != before
