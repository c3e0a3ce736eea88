"""What a page makes a browser load stays light: sheets under 20 KB and our own script under 15 KB, as they are sent.

Browsers ask for Brotli wherever the desk is served as it should be, by https.
"""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders

from servicedesk.static_files import smaller

pytestmark = pytest.mark.django_db
SHEETS, SCRIPTS = re.compile(r'href="/static/([^"]+\.css)"'), re.compile(r'src="/static/(js/[^"]+\.js)"')
KB = 1024


def weight(names):
    texts = (smaller(name, Path(finders.find(name)).read_text()) for name in names)
    return sum(len(brotli.compress(text.encode())) for text in texts)


@pytest.fixture
def people(agent, alice, administrator):
    return {"agent": agent, "alice": alice, "admin": administrator}


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("agent", "/tickets/"),
        ("agent", "{ticket}"),
        ("agent", "/dashboard/"),
        ("agent", "/schemes/infrastructure/"),
        ("admin", "/account/"),
        ("alice", "/report/"),
        ("alice", "/portal/"),
    ],
)
def test_page_is_light(client, people, ticket, name, address):
    client.force_login(people[name])
    html = client.get(address.format(ticket=ticket.get_absolute_url())).content.decode()
    sheets, scripts = SHEETS.findall(html), SCRIPTS.findall(html)
    assert sheets
    assert weight(sheets) < 20 * KB
    assert weight(scripts) < 15 * KB
