"""Addresses below /customers/ of one organisation's records."""

from django.urls import path

from customers.views import imports, memberships, products, records

urlpatterns = [
    path("new/", records.new_organisation, name="customer_new"),
    path("sites/<pk:pk>/", records.site, name="site"),
    path("units/<pk:pk>/", records.unit, name="unit"),
    path("memberships/<pk:pk>/remove/", memberships.remove_person, name="membership_remove"),
    path("memberships/of/<pk:pk>/add/", memberships.add_place, name="membership_add_place"),
    path("<slug:kind>/<pk:pk>/serve/", records.serve, name="record_serve"),
    path("<slug:kind>/<pk:pk>/delete/", records.delete, name="record_delete"),
    path("<slug:code>/edit/", records.organisation, name="customer_edit"),
    path("<slug:code>/sites/new/", records.new_site, name="site_new"),
    path("<slug:code>/units/new/", records.new_unit, name="unit_new"),
    path("<slug:code>/units/import/", imports.import_units, name="units_import"),
]

# Below /settings/.
settings_urlpatterns = [
    path("products/", products.products, name="products"),
    path("products/new/", products.new, name="product_new"),
    path("products/<pk:pk>/", products.product, name="product"),
]
