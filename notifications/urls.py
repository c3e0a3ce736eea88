"""Pages of notifications."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("notifications/", views.notices, name="list"),
    path("settings/mail/", views.mail, name="mail"),
    path("settings/mail/test/", views.test_mail, name="mail_test"),
    path("settings/mail/<pk:pk>/again/", views.send_again, name="mail_again"),
    path("notifications/read/", views.read_all, name="read_all"),
    path("notifications/<int:pk>/read/", views.read, name="read"),
]
