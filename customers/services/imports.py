"""Units from a table (CSV): read and checked line by line first, written all or none. Reading writes nothing."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from accounts.services import records
from common.errors import Invalid
from common.whole_numbers import whole_number
from customers.models import Equipment, Organisation, Product, Site
from customers.policies import TABLE
from customers.services.places import LONGEST_WARRANTY, make_product

MOST_LINES = 2000
COLUMNS = (
    "serial_number", "product", "site", "place", "delivered_on", "accepted_on", "warranty_from", "warranty_months",
    "importance",
)  # fmt: skip
NEEDED = ("serial_number", "product", "site")


@dataclass
class Line:
    """One unit of the file. `errors`: why it cannot be taken; `new_product`: its name, where we do not know it yet."""

    number: int
    given: Mapping[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    new_product: str = ""


def read_equipment(*, text: str, organisation: Organisation) -> list[Line]:
    """Every line with what is wrong with it. Raises Invalid when the table itself cannot be read."""
    lines = [Line(number, given) for number, given in _table(text)]
    sites = {key.lower(): site for site in organisation.sites.all() for key in (site.code, site.name)}
    products = {key.lower(): product for product in Product.objects.all() for key in (product.name, product.code)}
    serials = [line.given["serial_number"] for line in lines]
    known = set(Equipment.objects.filter(serial_number__in=serials).values_list("serial_number", flat=True))
    seen: set[str] = set()
    for line in lines:
        _check(line, sites, products)
        serial = line.given["serial_number"]
        if serial in known:
            line.errors.append(_("There is a unit with this serial number already."))
        elif serial and serial in seen:
            line.errors.append(_("This serial number stands twice in the file."))
        seen.add(serial)
    return lines


def _table(text: str) -> Iterable[tuple[int, dict[str, str]]]:
    text = text.lstrip("\ufeff")
    if not text.strip() or "\0" in text:
        raise Invalid.field("text", _("Give a table with a first line of column names."))
    first = text.splitlines()[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise Invalid.field("text", _("This is no table that can be read.")) from error
    names = [name.strip().lower().replace(" ", "_") for name in rows[0]]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise Invalid.field("text", _("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
    if len(rows) - 1 > MOST_LINES:
        raise Invalid.field("text", _("Give at most %(count)d lines at once.") % {"count": MOST_LINES})
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            given = dict(zip(names, (cell.strip() for cell in row), strict=False))
            yield number, {name: given.get(name, "") for name in COLUMNS}


def _check(line: Line, sites: Mapping[str, Site], products: Mapping[str, Product]) -> None:
    given, errors, values = line.given, line.errors, line.values
    for name, longest in (("serial_number", 80), ("product", 150), ("place", 150)):
        if len(given[name]) > longest:
            errors.append(_("Too long: %(name)s.") % {"name": name})
    values |= {"serial_number": given["serial_number"], "place": given["place"]}
    if not given["serial_number"]:
        errors.append(_("The serial number is missing."))
    values["site"] = sites.get(given["site"].lower())
    if values["site"] is None:
        errors.append(_("There is no site “%(name)s” of this customer.") % {"name": given["site"]})
    values["product"] = products.get(given["product"].lower())
    if not given["product"]:
        errors.append(_("The product is missing."))
    elif values["product"] is None:
        line.new_product = given["product"]
    for name in ("delivered_on", "accepted_on"):
        values[name] = _day(line, name)
    _warranty(line)
    _importance(line)


def _day(line: Line, name: str) -> date | None:
    text = line.given[name]
    try:
        day = date.fromisoformat(text) if text else None
    except ValueError:
        day = date.min
    if day is not None and not 1950 <= day.year < 2100:
        line.errors.append(_("%(name)s: enter a day such as 2026-11-27.") % {"name": name})
        return None
    return day


def _warranty(line: Line) -> None:
    start, months = line.given["warranty_from"].lower() or "acceptance", line.given["warranty_months"]
    if start not in Equipment.WarrantyStart.values:
        line.errors.append(_("warranty_from: enter acceptance or delivery."))
    line.values["warranty_from"] = start
    number = whole_number(months)
    is_possible = number is not None and number <= LONGEST_WARRANTY
    if months and not is_possible:
        line.errors.append(_("warranty_months: enter a number up to 600."))
    line.values["warranty_months"] = number if is_possible else None


def _importance(line: Line) -> None:
    """By its name for programs or as the page says it; empty is ordinary."""
    names = {name.lower(): code for code, label in Equipment.Importance.choices for name in (code, str(label))}
    text = line.given["importance"].lower() or Equipment.Importance.ORDINARY
    if text not in names:
        line.errors.append(_("importance: enter vital, important or ordinary."))
    line.values["importance"] = names.get(text, Equipment.Importance.ORDINARY)


@transaction.atomic
def import_equipment(*, lines: list[Line], by: Actor) -> int:
    """All of them or none. Raises Invalid when a line has an error, or was taken by somebody else meanwhile."""
    require(by, "customer.manage_equipment", TABLE)
    if not lines or any(line.errors for line in lines):
        raise Invalid.field("text", _("Mend the lines with errors first."))
    made: dict[str, Product] = {}
    for line in lines:
        if line.new_product:
            name = line.new_product.lower()
            made[name] = made.get(name) or make_product(name=line.new_product, by=by)
            line.values["product"] = made[name]
    try:
        with transaction.atomic():
            units = Equipment.objects.bulk_create(Equipment(**line.values) for line in lines)
    except IntegrityError as error:
        raise Invalid.field("text", _("One of these serial numbers was taken meanwhile. Check again.")) from error
    records.note_many(rows=units, by=by, what="imported")
    return len(units)
