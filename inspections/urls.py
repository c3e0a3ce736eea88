"""Pages of inspections."""

from django.urls import URLPattern, path

from inspections.views import checklists, editor, pictures, plans, visits, words

LIST = "checklists/<slug:code>/"
PART = f"{LIST}edit/sections/<slug:section>/"
urlpatterns: list[URLPattern] = [
    path("", visits.inspections, name="inspections"),
    path("plans/", plans.plans, name="plans"),
    path("plans/new/", plans.new, name="plan_new"),
    path("plans/of/<pk:pk>/new/", plans.new_of, name="plan_new_of"),
    path("plans/<pk:pk>/", plans.plan, name="plan"),
    path("plans/<pk:pk>/use/", plans.use, name="plan_use"),
    path("pictures/<slug:key>/", pictures.picture, name="reference_picture"),
    path("checklists/", checklists.checklists, name="checklists"),
    path("new-checklist/", editor.new, name="checklist_new"),
    path("import-checklist/", editor.import_file, name="checklist_import"),
    path(LIST, checklists.checklist, name="checklist"),
    path(f"{LIST}export/", checklists.export, name="checklist_export"),
    path(f"{LIST}edit/", editor.edit, name="checklist_edit"),
    path(f"{LIST}edit/move/", editor.move, name="checklist_move"),
    path(f"{LIST}edit/words/", words.edit, name="checklist_words"),
    path(f"{LIST}edit/finish/", editor.finish, name="checklist_finish"),
    path(f"{LIST}edit/new-section/", editor.section, name="checklist_section_new"),
    path(PART, editor.section, name="checklist_section"),
    path(f"{PART}new-check/", editor.item, name="checklist_item_new"),
    path(f"{PART}checks/<slug:item>/", editor.item, name="checklist_item"),
]
