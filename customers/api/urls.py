"""REST routes of organisations, sites and equipment."""

from django.urls import path

from customers.api import views

urlpatterns = [
    path("organisations/", views.Organisations.as_view(), name="api-organisations"),
    path("organisations/<slug:code>/", views.OneOrganisation.as_view(), name="api-organisation"),
    path("sites/", views.Sites.as_view(), name="api-sites"),
    path("sites/<slug:code>/", views.OneSite.as_view(), name="api-site"),
    path("equipment/", views.Units.as_view(), name="api-equipment"),
    path("equipment/<str:serial_number>/", views.OneUnit.as_view(), name="api-unit"),
    path("contracts/", views.Contracts.as_view(), name="api-contracts"),
    path("contracts/<str:number>/", views.OneContract.as_view(), name="api-contract"),
    path("memberships/", views.Memberships.as_view(), name="api-memberships"),
    path("memberships/<pk:pk>/", views.OneMembership.as_view(), name="api-membership"),
]
