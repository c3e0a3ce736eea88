"""Organisations, sites, units and contracts are looked after in the pages, by administrators only."""

import pytest

from customers.models import Contract, Equipment, Membership, Organisation, Product, Site

pytestmark = pytest.mark.django_db
SITE = {
    "name": "Head office",
    "code": "nova-hq",
    "address": "",
    "zone": "Asia/Hong_Kong",
    "country": "hk",
    "travel_minutes": "45",
}
CONTRACT = {
    "number": "N-1",
    "name": "",
    "scheme_code": "infrastructure",
    "scheme_version": "",
    "starts_on": "2026-01-01",
    "ends_on": "",
    "equipment": "",
}
UNIT = {
    "serial_number": "SN-9",
    "product": "",
    "new_product": "Router 7",
    "place": "",
    "delivered_on": "",
    "accepted_on": "2026-01-01",
    "warranty_from": "acceptance",
    "warranty_months": "24",
}


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_an_organisation_grows_from_nothing(admin):
    admin.post("/customers/new/", {"name": "Nova", "code": "nova", "language": "en"})
    assert admin.post("/customers/nova/sites/new/", SITE).status_code == 302
    site = Site.objects.get(code="nova-hq")
    assert (site.country, site.organisation.code) == ("HK", "nova")
    assert admin.post("/customers/nova/units/new/", {**UNIT, "site": site.pk}).status_code == 302
    assert Equipment.objects.get(serial_number="SN-9").product.name == "Router 7"
    assert admin.post("/customers/nova/contracts/new/", CONTRACT).status_code == 302
    page = admin.get("/customers/nova/?serial=SN-9").content.decode()
    assert "Contract N-1, open end." in page
    assert "N-1" in page
    assert "Router 7" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Mars/Base"),
        ("zone", ""),
        ("country", "1x"),
        ("travel_minutes", "-1"),
        ("travel_minutes", "9" * 30),
        ("name", ""),
        ("name", "\0"),
        ("code", "a b"),
        ("code", "acme-hq"),
    ],
)
def test_a_bad_site_is_an_error_beside_its_field(admin, acme, field, value):
    answer = admin.post("/customers/acme/sites/new/", {**SITE, field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_on", "x"),
        ("starts_on", "0001-01-01"),
        ("ends_on", "2025-12-31"),
        ("scheme_code", "no-such"),
        ("scheme_version", "99"),
        ("scheme_version", "9" * 30),
        ("equipment", "SN-2234"),
        ("sites", "999999"),
        ("categories", "no-such"),
        ("number", "C-acme-infrastructure"),
    ],
)
def test_a_bad_contract_is_an_error_beside_its_field(admin, acme, borealis, field, value):
    answer = admin.post("/customers/acme/contracts/new/", {**CONTRACT, field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("serial_number", "SN-1234"),
        ("serial_number", ""),
        ("warranty_months", "70000"),
        ("accepted_on", "9999-12-31"),
        ("new_product", ""),
    ],
)
def test_a_bad_unit_is_an_error_beside_its_field(admin, acme, field, value):
    answer = admin.post("/customers/acme/units/new/", {**UNIT, "site": acme.hq.pk, field: value})
    assert answer.status_code == 400
    assert not Equipment.objects.filter(serial_number="SN-9").exists()


def test_a_contract_is_edited_in_its_scope(admin, acme):
    form = admin.get(f"/customers/contracts/{acme.contract.pk}/").context["form"]
    given = {**CONTRACT, "number": acme.contract.number, "seen": form["seen"].value(), "starts_on": "2024-01-01"}
    given |= {"equipment": "SN-1234\nSN-1235", "sites": [acme.hq.pk], "categories": ["hardware"]}
    assert admin.post(f"/customers/contracts/{acme.contract.pk}/", given).status_code == 302
    contract = Contract.objects.get(pk=acme.contract.pk)
    assert sorted(unit.serial_number for unit in contract.equipment.all()) == ["SN-1234", "SN-1235"]
    assert (list(contract.sites.all()), contract.categories) == ([acme.hq], ["hardware"])


def test_a_moved_unit_keeps_its_tickets(admin, acme, report):
    ticket = report(equipment=acme.unit)
    form = admin.get(f"/customers/units/{acme.unit.pk}/").context["form"]
    given = {
        **UNIT,
        "new_product": "",
        "serial_number": "SN-1234",
        "product": acme.unit.product_id,
        "site": acme.plant.pk,
    }
    given |= {"accepted_on": "2025-06-01", "warranty_months": "36", "seen": form["seen"].value()}
    admin.post(f"/customers/units/{acme.unit.pk}/", given)
    ticket.refresh_from_db()
    assert (ticket.equipment.site, ticket.site) == (acme.plant, acme.hq)


def test_what_tickets_name_is_ended_and_not_deleted(admin, acme, ticket):
    page = admin.post(f"/customers/site/{acme.hq.pk}/delete/", follow=True).content.decode()
    assert "so it stays. End it instead" in page
    admin.post(f"/customers/site/{acme.hq.pk}/serve/", {"act": "end"})
    acme.hq.refresh_from_db()
    assert not acme.hq.is_active
    admin.post(f"/customers/site/{acme.hq.pk}/serve/", {"act": "reopen"})
    assert Site.objects.get(pk=acme.hq.pk).is_active


def test_what_nothing_names_is_deleted(admin, acme):
    empty = Site.objects.create(organisation=acme.organisation, code="empty", name="Empty")
    admin.post(f"/customers/site/{empty.pk}/delete/")
    assert not Site.objects.filter(code="empty").exists()


def test_an_ended_organisation_is_offered_for_nothing_new(admin, acme):
    Organisation.objects.update(is_active=False)
    assert "Acme" not in admin.get("/tickets/new/").content.decode()
    assert "Acme" in admin.get("/customers/?state=ended").content.decode()


def test_a_customer_is_let_in_and_out_by_address(admin, acme, carol):
    admin.post("/customers/acme/people/add/", {"email": "CAROL@demo.test", "site": str(acme.hq.pk)})
    membership = Membership.objects.get(user=carol, organisation=acme.organisation)
    assert membership.site == acme.hq
    admin.post(f"/customers/memberships/{membership.pk}/remove/")
    assert not Membership.objects.filter(pk=membership.pk).exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"email": "no@x.test"},
        {"email": "a\0b"},
        {"email": "agent@demo.test"},
        {"email": "carol@demo.test", "site": "9" * 30},
        {"email": "carol@demo.test", "site": "1"},
    ],
)
def test_who_is_no_customer_or_no_such_site_is_refused(admin, acme, agent, carol, given):
    before = Membership.objects.count()
    assert admin.post("/customers/acme/people/add/", given).status_code == 400
    assert Membership.objects.count() == before


def test_an_address_nobody_has_stays_in_its_field_and_leads_to_the_invitation(admin, acme):
    given = {"email": "nobody@nova.test", "site": str(acme.hq.pk)}
    answer = admin.post("/customers/acme/people/add/", given)
    page = answer.content.decode()
    assert 'id="member-email_error"' in page
    assert "Nobody has this address yet." in page
    assert 'value="nobody@nova.test"' in page
    asked = f"role=customer&amp;place=acme&amp;email=nobody%40nova.test&amp;site={acme.hq.pk}"
    assert f'<a href="/settings/people/new/?{asked}">Invite nobody@nova.test</a>' in page


def test_the_address_of_the_form_read_without_a_form_is_the_customer(admin, acme):
    assert admin.get("/customers/acme/people/add/")["Location"] == "/customers/acme/#people"


def test_a_code_that_is_no_country_is_refused_beside_its_field(admin, acme):
    page = admin.post("/customers/acme/sites/new/", {**SITE, "country": "ZZ"}).content.decode()
    assert 'id="id_country_error"' in page
    assert "this one is no country" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "acme"}, "Code: This code is taken. Choose another."),
        ({"code": "no spaces"}, "Code: Use only letters from A to Z, digits, hyphens and underscores."),
    ],
)
def test_what_is_wrong_with_a_code_is_said_in_plain_words(admin, acme, given, said):
    text = admin.post("/customers/new/", {"name": "Acme", "language": "en"} | given).content.decode()
    assert said in text


def test_a_travel_time_below_nothing_is_said_in_plain_words(admin, acme):
    text = admin.post("/customers/acme/sites/new/", SITE | {"travel_minutes": "-5"}).content.decode()
    assert "Travel time, minutes: Enter 0 or more." in text


def test_a_unit_is_not_accepted_before_it_was_delivered(admin, acme):
    given = {**UNIT, "site": acme.hq.pk, "delivered_on": "2026-01-02"}
    page = admin.post("/customers/acme/units/new/", given).content.decode()
    assert 'id="id_accepted_on_error"' in page
    assert "Enter the day of delivery or a later one." in page
    assert not Equipment.objects.filter(serial_number="SN-9").exists()


HEAD = "serial_number;product;site;warranty_months;accepted_on\n"


def test_a_table_is_shown_first_and_added_with_one_press(admin, acme):
    table = HEAD + "A-1;Server 1;acme-hq;36;2026-01-01\nA-2;New thing;acme-plant;;\n"
    page = admin.post("/customers/acme/units/import/", {"text": table})
    assert "Every line can be taken" in page.content.decode()
    assert not Equipment.objects.filter(serial_number="A-1").exists()
    admin.post("/customers/acme/units/import/", {"text": table, "confirm": "1"})
    assert Equipment.objects.filter(serial_number__startswith="A-").count() == 2
    assert Product.objects.filter(name="New thing").count() == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("SN-1234;Server 1;acme-hq;;", "There is a unit with this serial number already."),
        (";Server 1;acme-hq;;", "The serial number is missing."),
        ("A-1;Server 1;borealis-1;;", "There is no site"),
        ("A-1;;acme-hq;;", "The product is missing."),
        ("A-1;Server 1;acme-hq;x;", "enter a number up to 600"),
        ("A-1;Server 1;acme-hq;;01.02.2026", "enter a day such as"),
        ("A-1;Server 1;acme-hq;;\nA-1;Server 1;acme-hq;;", "stands twice in the file"),
    ],
)
def test_each_bad_line_says_why_and_nothing_is_added(admin, acme, line, said):
    answer = admin.post("/customers/acme/units/import/", {"text": HEAD + line, "confirm": "1"})
    assert answer.status_code == 400
    shown = admin.post("/customers/acme/units/import/", {"text": HEAD + line})
    assert said in shown.content.decode()
    assert not Equipment.objects.filter(serial_number="A-1").exists()


@pytest.mark.parametrize(
    "text", ["", "x", "\0", "a,b\n1,2", HEAD + "é" * 200_000, "serial_number,product,site\n" + "x\n" * 3000, '"']
)
def test_what_is_no_table_is_refused(admin, acme, text):
    assert admin.post("/customers/acme/units/import/", {"text": text}).status_code == 400


@pytest.mark.parametrize("role", ["agent", "lead", "manager", "alice"])
@pytest.mark.parametrize(
    "address", ["new/", "acme/edit/", "acme/sites/new/", "acme/contracts/new/", "acme/units/import/"]
)
def test_only_administrators_write(client, request, acme, role, address):
    client.force_login(request.getfixturevalue(role))
    assert client.get(f"/customers/{address}").status_code == 403


def test_agents_read_what_customers_do_not(client, agent, alice, acme):
    client.force_login(agent)
    assert client.get("/customers/").status_code == client.get("/customers/acme/").status_code == 200
    client.force_login(alice)
    assert client.get("/customers/").status_code == client.get("/customers/acme/").status_code == 403


@pytest.mark.parametrize("typed", ["sn1234", "SN 1234", "sn-12-34"])
def test_a_unit_is_found_without_the_hyphens_of_its_serial_number(admin, acme, typed):
    found = admin.get("/customers/acme/", {"q": typed}).content.decode()
    assert "SN-1234" in found
    assert "SN-1235" not in found
    covered = admin.get("/customers/acme/", {"serial": typed}).context["answer"]
    assert covered.unit == acme.unit
