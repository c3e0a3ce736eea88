"""What hangs on a unit: vital, important or ordinary; set on its page, by table and over REST, seen where it helps."""

import pytest

from customers.models import Equipment

pytestmark = pytest.mark.django_db
TABLE = "serial_number,product,site,importance\n"


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def typed(unit, **values):
    given = {
        "serial_number": unit.serial_number, "product": unit.product_id, "site": unit.site_id, "place": "",
        "delivered_on": "", "accepted_on": "2025-06-01", "warranty_from": "acceptance", "warranty_months": "36",
    }  # fmt: skip
    return {**given, **values}


def save(admin, unit, **values):
    seen = admin.get(f"/customers/units/{unit.pk}/").context["form"]["seen"].value()
    answer = admin.post(f"/customers/units/{unit.pk}/", typed(unit, seen=seen, **values))
    unit.refresh_from_db()
    return answer


def test_unit_is_ordinary_until_somebody_says_otherwise(admin, acme):
    assert acme.unit.importance == "ordinary"
    assert save(admin, acme.unit, importance="vital").status_code == 302
    assert acme.unit.importance == "vital"
    assert "Vital" in admin.get("/customers/acme/").content.decode()


def test_form_that_does_not_say_it_leaves_it(admin, acme):
    Equipment.objects.filter(pk=acme.unit.pk).update(importance="important")
    assert save(admin, acme.unit, place="hall B").status_code == 302
    assert (acme.unit.place, acme.unit.importance) == ("hall B", "important")


def test_importance_that_is_none_is_refused_beside_its_field(admin, acme):
    answer = save(admin, acme.unit, importance="huge")
    assert (answer.status_code, acme.unit.importance) == (400, "ordinary")
    assert "importance" in answer.context["form"].errors


def test_table_says_it_by_code_or_word_and_need_not(admin, acme):
    lines = "N-1,Server 1,acme-hq,vital\nN-2,Server 1,acme-hq,Important\nN-3,Server 1,acme-hq,\n"
    assert admin.post("/customers/acme/units/import/", {"text": TABLE + lines, "confirm": "1"}).status_code == 302
    found = Equipment.objects.filter(serial_number__startswith="N-").order_by("serial_number")
    assert [unit.importance for unit in found] == ["vital", "important", "ordinary"]


def test_wrong_word_in_a_table_is_said_at_its_line(admin, acme):
    answer = admin.post("/customers/acme/units/import/", {"text": TABLE + "N-1,Server 1,acme-hq,huge\n"})
    assert answer.status_code == 400
    assert "importance: enter vital, important or ordinary." in answer.content.decode()


def test_ticket_says_what_hangs_on_its_unit(client, agent, report, acme):
    ticket = report(equipment=acme.unit)
    client.force_login(agent)
    assert "Importance</dt>" not in client.get(ticket.get_absolute_url()).content.decode()
    Equipment.objects.filter(pk=acme.unit.pk).update(importance="vital")
    assert "Importance</dt><dd><span" in client.get(ticket.get_absolute_url()).content.decode()
