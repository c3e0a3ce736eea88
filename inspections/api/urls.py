"""REST routes of inspections."""

from django.urls import path

from inspections.api import checklists, pictures, plans

urlpatterns = [
    path("checklists/", checklists.Checklists.as_view(), name="api-checklists"),
    path("checklists/<slug:code>/", checklists.ChecklistDetail.as_view(), name="api-checklist"),
    path("checklists/<slug:code>/draft/", checklists.Draft.as_view(), name="api-checklist-draft"),
    path("checklists/<slug:code>/publish/", checklists.Publish.as_view(), name="api-checklist-publish"),
    path("checklist-pictures/", pictures.Pictures.as_view(), name="api-checklist-pictures"),
    path("checklist-pictures/<slug:key>/", pictures.PictureContent.as_view(), name="api-checklist-picture"),
    path("inspection-plans/", plans.Plans.as_view(), name="api-inspection-plans"),
    path("inspection-plans/<pk:pk>/", plans.OnePlan.as_view(), name="api-inspection-plan"),
]
