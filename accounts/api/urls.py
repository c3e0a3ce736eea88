"""REST routes of one's own account, of people and of teams."""

from django.urls import path, register_converter

from accounts.api import me, people, saved_views, teams, views


class KeyNumber:
    """A primary key that fits the column."""

    regex = "[0-9]{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(KeyNumber, "pk")

urlpatterns = [
    path("me/", me.Me.as_view(), name="api-me"),
    path("people/", people.People.as_view(), name="api-people"),
    path("people/<pk:pk>/", people.OnePerson.as_view(), name="api-person"),
    path("people/<pk:pk>/invitation/", people.Invitation.as_view(), name="api-invitation"),
    path("teams/", teams.Teams.as_view(), name="api-teams"),
    path("teams/<slug:code>/", teams.OneTeam.as_view(), name="api-team"),
    path("keys/", views.Keys.as_view(), name="api-keys"),
    path("keys/<pk:pk>/", views.Key.as_view(), name="api-key"),
    path("views/", saved_views.SavedViews.as_view(), name="api-saved-views"),
    path("views/<pk:pk>/", saved_views.OneSavedView.as_view(), name="api-saved-view"),
]
