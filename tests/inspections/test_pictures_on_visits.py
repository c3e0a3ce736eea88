"""How it should look, at the visit: in the card of the check, and for the customer once he has signed."""

import copy
import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from accounts.actors import Actor
from inspections import services
from inspections.models import SignOff
from tests.inspections.conftest import DOCUMENT, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(lead):
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "green").save(out, "PNG")
    return services.keep_picture(source=ContentFile(out.getvalue()), size=500, by=Actor(lead), now=NOW).sha256


@pytest.fixture
def version(lead, picture):
    document = copy.deepcopy(DOCUMENT)
    document["sections"][1]["items"][1] |= {"picture": picture, "picture_text": "All lights are green"}
    row = services.import_document(document=document, by=Actor(lead), now=NOW)
    return services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)


def sign(visit, engineer):
    SignOff.objects.create(
        inspection=visit, manner="typed", signer="Li Wei", signed_at=NOW, by=engineer, shown={}, digest="0" * 64
    )


def test_engineer_sees_it_in_the_card_of_its_check(client, engineer, case, visit, picture):
    client.force_login(engineer)
    page = client.get(f"/inspections/visits/{case.reference}/").content.decode()
    assert f'src="/inspections/pictures/{picture}/" width="320" height="240" alt="All lights are green"' in page
    assert page.count('class="lookslike"') == 2  # its card, and the blank one for a further unit


def test_customer_sees_it_when_his_visit_is_signed_and_no_other_customer_ever(
    client, engineer, alice, carol, visit, picture
):
    client.force_login(alice)
    assert client.get(f"/inspections/pictures/{picture}/").status_code == 404
    sign(visit, engineer)
    assert client.get(f"/inspections/pictures/{picture}/").status_code == 200
    client.force_login(carol)
    assert client.get(f"/inspections/pictures/{picture}/").status_code == 404
