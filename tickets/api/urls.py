"""REST routes below a ticket. The ticket itself is composed of several apps and routed in `servicedesk.rest`."""

from django.urls import path

from tickets.api import attachments, conversation, events, relations

urlpatterns = [
    path("events/", events.Events.as_view(), name="api-ticket-events"),
    path("replies/", conversation.Replies.as_view(), name="api-ticket-replies"),
    path("notes/", conversation.Notes.as_view(), name="api-ticket-notes"),
    path("attachments/", attachments.Attachments.as_view(), name="api-ticket-attachments"),
    path("attachments/<uuid:key>/", attachments.AttachmentContent.as_view(), name="api-ticket-attachment"),
    path("links/", relations.Links.as_view(), name="api-ticket-links"),
    path("links/<slug:kind>/<ticket:target>/", relations.OneLink.as_view(), name="api-ticket-link"),
    path("merge/", relations.Merge.as_view(), name="api-ticket-merge"),
    path("watchers/", relations.Watchers.as_view(), name="api-ticket-watchers"),
    path("watchers/<str:email>/", relations.Watcher.as_view(), name="api-ticket-watcher"),
]
