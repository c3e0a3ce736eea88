"""Pages of tickets."""

from django.urls import URLPattern, path

from tickets import views

urlpatterns: list[URLPattern] = [path("attachments/<uuid:key>/", views.attachment, name="attachment")]
