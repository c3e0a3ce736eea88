"""Products are looked after in the settings: listed, added, changed, and deleted while no unit names them."""

import pytest

from customers.models import Product

pytestmark = pytest.mark.django_db
NEW = {"name": "Router 7", "code": "router-7", "family": "Network", "maker": "Acme"}


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def test_a_product_is_added_found_and_offered_for_units(admin, acme):
    admin.post("/settings/products/new/", NEW)
    assert "Router 7" in admin.get("/settings/products/?q=network").content.decode()
    assert "No product fits" in admin.get("/settings/products/?q=pump").content.decode()
    assert "Router 7" in admin.get("/customers/acme/units/new/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("code", "a b"), ("code", ""), ("name", "\0"), ("name", "x" * 151)]
)
def test_a_bad_product_is_an_error_beside_its_field(admin, field, value):
    answer = admin.post("/settings/products/new/", {**NEW, field: value})
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def test_a_change_stands_in_the_history(admin, acme):
    product = acme.unit.product
    form = admin.get(f"/settings/products/{product.pk}/").context["form"]
    values = {name: form[name].value() or "" for name in ("name", "code", "family", "maker", "seen")}
    admin.post(f"/settings/products/{product.pk}/", {**values, "family": "Servers"})
    page = admin.get(f"/settings/products/{product.pk}/").content.decode()
    assert Product.objects.get(pk=product.pk).family == "Servers"
    assert "<ins>Servers</ins>" in page


def test_only_an_unused_product_is_deleted(admin, acme):
    used, unused = acme.unit.product, Product.objects.create(name="Old", code="old")
    page = admin.post(f"/customers/product/{used.pk}/delete/", follow=True).content.decode()
    assert "so it stays" in page
    admin.post(f"/customers/product/{unused.pk}/delete/")
    assert list(Product.objects.all()) == [used]


def test_a_manager_does_not_look_after_products(client, manager):
    client.force_login(manager)
    assert client.get("/settings/products/").status_code == 403
