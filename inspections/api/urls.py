"""REST routes of inspections."""

from django.urls import path

from inspections.api import checklists

urlpatterns = [
    path("checklists/", checklists.Checklists.as_view(), name="api-checklists"),
    path("checklists/<slug:code>/", checklists.ChecklistDetail.as_view(), name="api-checklist"),
    path("checklists/<slug:code>/draft/", checklists.Draft.as_view(), name="api-checklist-draft"),
    path("checklists/<slug:code>/publish/", checklists.Publish.as_view(), name="api-checklist-publish"),
]
