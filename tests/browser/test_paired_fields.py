"""Fields beside each other: their labels stand in one line and so do their controls, whatever one has between them."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Tops of labels and of controls of the fields of each row, as the page draws them.
ROWS = """(pairs) => [...document.querySelectorAll(pairs)].map((pair) => {
  const fields = [...pair.querySelectorAll(":scope > .field")].filter((field) => field.getClientRects().length);
  const top = (field, part) => Math.round(field.querySelector(part).getBoundingClientRect().top);
  return [fields.map((field) => top(field, "label")), fields.map((field) => top(field, ".input"))];
})"""


@pytest.fixture
def see(page, live_server, administrator):
    client = Client()
    client.force_login(administrator)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])

    def rows(address, pairs, *presses):
        page.goto(live_server.url + address)
        for press in presses:
            with page.expect_navigation():
                page.click(press)
        return page.evaluate(ROWS, pairs)

    return rows


def level(tops):
    """The border of a control with an error is a pixel thicker above and below."""
    return all(max(one) - min(one) <= 2 for pair in tops for one in pair) and tops


def test_where_one_has_a_hint(see, ticket):
    assert level(see(f"{ticket.get_absolute_url()}?act=link", ".act__pair"))


def test_where_one_has_a_hint_and_the_chosen_time_in_words(see, acme):
    assert level(see("/tickets/new/", ".act__pair"))


def test_where_one_has_an_error(see, ticket, acme):
    assert level(see(f"{ticket.get_absolute_url()}?act=link", ".act__pair", "#act [data-send]"))
    address = f"/customers/{acme.organisation.code}/"
    assert level(see(address, "form[action$='/people/add/']", "text=Add person"))
