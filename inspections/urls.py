"""Pages of inspections."""

from django.urls import URLPattern, path

from inspections.api import inspections as wire_signing
from inspections.api import visits as wire
from inspections.views import checklists, editor, offline, pictures, plans, signing, visit, visits, words

VISIT = "visits/<str:reference>/"
LIST = "checklists/<slug:code>/"
PART = f"{LIST}edit/sections/<slug:section>/"
urlpatterns: list[URLPattern] = [
    path("", visits.inspections, name="inspections"),
    path("visits/", visits.mine, name="my_visits"),
    path("visits/worker.js", offline.worker, name="visit_worker"),
    path(VISIT, visit.visit, name="visit"),
    path(f"{VISIT}begin/", visit.begin, name="visit_begin"),
    path(f"{VISIT}begun/", wire_signing.Begin.as_view(is_page=True, schema=None), name="visit_begun"),
    path(f"{VISIT}parts/<slug:part>/", visit.save_part, name="visit_part"),
    path(f"{VISIT}words/", visit.save_words, name="visit_words"),
    path(f"{VISIT}sheets/", visit.add_sheet, name="visit_sheets"),
    path(f"{VISIT}sign/", signing.sign, name="visit_sign"),
    path(f"{VISIT}sign/kept/", signing.kept, name="visit_sign_kept"),
    path(f"{VISIT}signature/", wire_signing.Sign.as_view(is_page=True, schema=None), name="visit_signature"),
    path(f"{VISIT}take-back/", visit.take_back, name="visit_take_back"),
    path(f"{VISIT}clashes/", visit.settle, name="visit_settle"),
    path(f"{VISIT}state/", wire.State.as_view(is_page=True, schema=None), name="visit_state"),
    path(f"{VISIT}entries/", wire.Entries.as_view(is_page=True, schema=None), name="visit_entries"),
    path(f"{VISIT}units/", wire.Sheets.as_view(is_page=True, schema=None), name="visit_units"),
    path(f"{VISIT}closing/", wire.Words.as_view(is_page=True, schema=None), name="visit_closing"),
    path(f"{VISIT}photos/", wire.Photos.as_view(is_page=True, schema=None), name="visit_photos"),
    path(f"{VISIT}photos/<uuid:photo>/", wire.OnePhoto.as_view(is_page=True, schema=None), name="visit_photo"),
    path("plans/", plans.plans, name="plans"),
    path("plans/contracts/<pk:pk>/", plans.contract_year, name="contract_year"),
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
