"""The only writers of organisations, sites, memberships, products, equipment and contracts."""

from accounts.services import Saved
from customers.services.imports import Line, import_equipment, read_equipment
from customers.services.places import (
    LONGEST_NOTES,
    accept_equipment,
    add_membership,
    delete,
    end,
    make_product,
    plain_notes,
    remove_membership,
    reopen,
    save_contract,
    save_equipment,
    save_organisation,
    save_product,
    save_site,
    write_access_notes,
)

__all__ = [
    "LONGEST_NOTES", "Line", "Saved", "accept_equipment", "add_membership", "delete", "end", "import_equipment",
    "make_product", "plain_notes", "read_equipment", "remove_membership", "reopen", "save_contract", "save_equipment",
    "save_organisation", "save_product", "save_site", "write_access_notes",
]  # fmt: skip
