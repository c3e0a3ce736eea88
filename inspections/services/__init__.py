"""What can be done with checklists, by verb."""

from inspections.services.checklists import (
    check_document,
    discard_draft,
    import_document,
    load_shipped,
    make_checklist,
    publish,
    save_draft,
    set_retired,
)

__all__ = [
    "check_document", "discard_draft", "import_document", "load_shipped", "make_checklist", "publish", "save_draft",
    "set_retired",
]  # fmt: skip
