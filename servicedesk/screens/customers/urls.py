"""Addresses below /customers/."""

from django.urls import URLPattern, URLResolver, include, path

from servicedesk.screens.customers import contract, detail, index, people

urlpatterns: list[URLPattern | URLResolver] = [
    path("", index.customers, name="customers"),
    path("contracts/<pk:pk>/", contract.contract, name="contract"),
    path("", include("customers.urls")),
    path("<slug:code>/people/add/", people.add, name="membership_add"),
    path("<slug:code>/contracts/new/", contract.new, name="contract_new"),
    path("<slug:code>/", detail.customer, name="customer"),
]
