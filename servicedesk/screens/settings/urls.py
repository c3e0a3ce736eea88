"""Addresses below /settings/, and the set-up of an empty desk."""

from django.urls import URLPattern, URLResolver, path

from accounts.urls import settings_urlpatterns
from customers import urls as customers
from servicedesk.screens.settings import duties, overview, person, setup

urlpatterns: list[URLPattern | URLResolver] = [
    path("setup/", setup.setup, name="setup"),
    path("settings/", overview.overview, name="settings"),
    path("settings/steps/", overview.steps, name="first_steps"),
    path("settings/people/new/", person.new, name="person_new"),
    path("settings/people/<pk:pk>/", person.person, name="person"),
    path("settings/people/<pk:pk>/act/", person.act, name="person_act"),
    path("settings/people/<pk:pk>/hand-over/", person.hand_over, name="person_hand_over"),
    path("settings/duties/", duties.duties, name="duties"),
    path("settings/duties/new/", duties.new, name="duty_new"),
    path("settings/duties/<pk:pk>/", duties.duty, name="duty"),
    path("settings/duties/<pk:pk>/end/", duties.end, name="duty_end"),
    *[
        path(f"settings/{entry.pattern}", entry.callback, name=entry.name)
        for entry in (*settings_urlpatterns, *customers.settings_urlpatterns)
    ],
]
