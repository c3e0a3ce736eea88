"""REST routes of inspections."""

from django.urls import path

from inspections.api import checklists, plans

urlpatterns = [
    path("checklists/", checklists.Checklists.as_view(), name="api-checklists"),
    path("checklists/<slug:code>/", checklists.ChecklistDetail.as_view(), name="api-checklist"),
    path("checklists/<slug:code>/draft/", checklists.Draft.as_view(), name="api-checklist-draft"),
    path("checklists/<slug:code>/publish/", checklists.Publish.as_view(), name="api-checklist-publish"),
    path("inspection-plans/", plans.Plans.as_view(), name="api-inspection-plans"),
    path("inspection-plans/<pk:pk>/", plans.OnePlan.as_view(), name="api-inspection-plan"),
]
