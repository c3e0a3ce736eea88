"""Addresses of writing and taking back."""

from django.urls import URLPattern, path

from servicedesk.screens.writing import drafts, messages, saved, session, undo, visits

urlpatterns: list[URLPattern] = [
    path("tickets/<str:reference>/messages/", messages.message, name="ticket_message"),
    path("tickets/<str:reference>/messages/<uuid:token>/", messages.waiting, name="waiting_reply"),
    path("tickets/<str:reference>/messages/<uuid:token>/undo/", messages.undo_send, name="undo_send"),
    path("tickets/<str:reference>/draft/", drafts.save, name="ticket_draft"),
    path("tickets/<str:reference>/saved-replies/", saved.menu, name="saved_reply_menu"),
    path("tickets/<str:reference>/visit-words/", visits.words, name="visit_words"),
    path("saved-replies/", saved.saved_replies, name="saved_replies"),
    path("saved-replies/<int:pk>/", saved.saved_replies, name="saved_reply"),
    path("saved-replies/<int:pk>/remove/", saved.drop, name="saved_reply_drop"),
    path("session/", session.session, name="session"),
    path("recent/", undo.recent, name="recent_actions"),
    path("recent/<uuid:action>/undo/", undo.take_back, name="take_back"),
]
