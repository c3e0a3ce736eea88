"""REST routes of inspections."""

from django.urls import path

from inspections.api import checklists, findings, inspections, pictures, plans, visits

urlpatterns = [
    path("checklists/", checklists.Checklists.as_view(), name="api-checklists"),
    path("checklists/<slug:code>/", checklists.ChecklistDetail.as_view(), name="api-checklist"),
    path("checklists/<slug:code>/draft/", checklists.Draft.as_view(), name="api-checklist-draft"),
    path("checklists/<slug:code>/publish/", checklists.Publish.as_view(), name="api-checklist-publish"),
    path("checklist-pictures/", pictures.Pictures.as_view(), name="api-checklist-pictures"),
    path("checklist-pictures/<slug:key>/", pictures.PictureContent.as_view(), name="api-checklist-picture"),
    path("inspections/", inspections.Inspections.as_view(), name="api-inspections"),
    path("inspections/<str:reference>/", inspections.OneInspection.as_view(), name="api-inspection"),
    path("inspections/<str:reference>/begin/", inspections.Begin.as_view(), name="api-inspection-begin"),
    path("inspections/<str:reference>/take-back/", inspections.TakeBack.as_view(), name="api-inspection-take-back"),
    path("inspections/<str:reference>/sign/", inspections.Sign.as_view(), name="api-inspection-sign"),
    path("inspections/<str:reference>/state/", visits.State.as_view(), name="api-inspection-state"),
    path("inspections/<str:reference>/entries/", visits.Entries.as_view(), name="api-inspection-entries"),
    path("inspections/<str:reference>/sheets/", visits.Sheets.as_view(), name="api-inspection-sheets"),
    path("inspections/<str:reference>/words/", visits.Words.as_view(), name="api-inspection-words"),
    path("inspections/<str:reference>/photos/", visits.Photos.as_view(), name="api-inspection-photos"),
    path("inspections/<str:reference>/photos/<uuid:photo>/", visits.OnePhoto.as_view(), name="api-inspection-photo"),
    path("findings/", findings.Findings.as_view(), name="api-findings"),
    path("inspection-plans/", plans.Plans.as_view(), name="api-inspection-plans"),
    path("inspection-plans/<pk:pk>/", plans.OnePlan.as_view(), name="api-inspection-plan"),
]
