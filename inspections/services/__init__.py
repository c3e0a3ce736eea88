"""What can be done with checklists and plans, by verb."""

from inspections.services.appointments import differing, fill_missing, keep_appointments, rewrite
from inspections.services.asked import ask
from inspections.services.checklists import (
    check_document,
    discard_draft,
    import_bundle,
    import_document,
    load_shipped,
    make_checklist,
    publish,
    save_draft,
    set_retired,
)
from inspections.services.plans import generate, save_plan, set_active
from inspections.services.reference_pictures import bundle, keep_picture, sweep_pictures

__all__ = [
    "ask", "bundle", "check_document", "differing", "discard_draft", "fill_missing", "generate", "import_bundle",
    "import_document", "keep_appointments", "keep_picture", "load_shipped", "make_checklist", "publish", "rewrite",
    "save_draft", "save_plan", "set_active", "set_retired", "sweep_pictures",
]  # fmt: skip
