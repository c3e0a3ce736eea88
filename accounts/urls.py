"""Sign-in, sign-out and password, by allauth under our own addresses; the person's own account page.

allauth's pages about e-mail addresses stay out: an address is the key to an account, and only administrators change it.
"""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.api import urls as _converters  # noqa: F401 - registers the converter `pk`
from accounts.views import people
from accounts.views.own import account, end_other_sessions, end_session, revoke_key

urlpatterns = [
    path("", account, name="account"),
    path("keys/<int:pk>/revoke/", revoke_key, name="account_revoke_key"),
    path("sessions/end/", end_other_sessions, name="account_end_others"),
    path("sessions/<pk:pk>/end/", end_session, name="account_end_session"),
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # Names that allauth reverses. Nobody signs up; who has no password yet gets one by mail like everybody else.
    path("sign-up/", RedirectView.as_view(pattern_name="account_login"), name="account_signup"),
    path("password/set/", RedirectView.as_view(pattern_name="account_reset_password"), name="account_set_password"),
]

# Below /settings/, for those who look after the desk.
settings_urlpatterns = [
    path("people/", people.people, name="people"),
    path("teams/", people.teams, name="teams"),
    path("teams/new/", people.new_team, name="team_new"),
    path("teams/<pk:pk>/", people.team, name="team"),
]
