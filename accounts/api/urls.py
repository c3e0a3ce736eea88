"""REST routes of one's own account."""

from django.urls import path, register_converter

from accounts.api import saved_views, views


class KeyNumber:
    """A primary key that fits the column."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(KeyNumber, "pk")

urlpatterns = [
    path("keys/", views.Keys.as_view(), name="api-keys"),
    path("keys/<pk:pk>/", views.Key.as_view(), name="api-key"),
    path("views/", saved_views.SavedViews.as_view(), name="api-saved-views"),
    path("views/<pk:pk>/", saved_views.OneSavedView.as_view(), name="api-saved-view"),
]
