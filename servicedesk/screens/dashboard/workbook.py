"""A list, and all numbers of the page, as a workbook. Texts stay texts: neither formulas nor links are made of them.

XlsxWriter is read in by the first workbook: 4 MiB that a process without one never needs.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from servicedesk.screens.dashboard import cards, export
from servicedesk.screens.dashboard.listing import GROUPS, Narrowed
from servicedesk.service_levels import open_now, peaks
from servicedesk.service_levels.figures import Figures
from servicedesk.service_levels.selection import SEVERITIES
from sla.attainment import NOTHING, Share, goal

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SPOOLED = 4 * 1024 * 1024
LAST_ROW = 1_048_575
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}
Table = Iterable[Sequence[Any]]
Names = Mapping[str, str]  # of a target: what it is called here


def write(narrowed: Narrowed, figures: Figures | None, now: datetime) -> IO[bytes]:
    """Spooled: a large one goes to disk."""
    import xlsxwriter  # noqa: PLC0415  see above

    file = tempfile.SpooledTemporaryFile(max_size=SPOOLED)  # noqa: SIM115  the answer closes it
    book = xlsxwriter.Workbook(file, OPTIONS)
    bold = book.add_format({"bold": True})
    for name, table in sheets(figures) if figures else ():
        _fill(book.add_worksheet(name), table, bold)
    _fill(book.add_worksheet(str(narrowed.words)[:31].translate(FORBIDDEN)), _rows(narrowed, now), bold)
    book.close()
    file.seek(0)
    return file


FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def _fill(sheet: "Worksheet", table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 20, 16)
    for number, row in enumerate(table):
        if number > LAST_ROW:
            break
        for column, value in enumerate(row):
            sheet.write(number, column, value, *([bold] if number == 0 else []))


def _rows(narrowed: Narrowed, now: datetime) -> Table:
    zone = narrowed.period.zone
    yield export.heading(narrowed)
    for row in export.rows(narrowed, now):
        yield [value.astimezone(zone) if isinstance(value, datetime) else value for value in row]


def sheets(figures: Figures) -> Iterator[tuple[str, Table]]:
    """The page's tables, in its order; shares as kept and decided, so that they can be added up."""
    names = cards.labels(figures.shares)  # as on the page, in every sheet
    yield _("Promises"), _promises(figures, names)
    yield _("Weeks"), _weeks(figures, names)
    yield _("Levels"), _levels(figures, names)
    yield _("Contracts"), _contracts(figures, names)
    yield _("Hours"), _hours(figures)
    yield _("Open now"), _open(figures)


def _promises(figures: Figures, names: Names) -> Table:
    yield [_("Promise"), _("Kept"), _("Decided"), _("Percent"), _("Target"), _("Percent before")]
    for code, share in figures.shares.items():
        before = figures.before.get(code, NOTHING).percent
        yield [names[code], *_share(share), goal(code), before]


def _weeks(figures: Figures, names: Names) -> Table:
    yield [_("Week from"), _("Promise"), _("Kept"), _("Decided"), _("Percent")]
    for week in figures.weeks:
        yield from ([week.monday.isoformat(), *line] for line in _by_target(week.shares, names))


def _levels(figures: Figures, names: Names) -> Table:
    yield [_("Level"), _("Tickets"), _("Promise"), _("Kept"), _("Decided"), _("Percent")]
    rows = {row.key: row for row in figures.severities}
    for severity in sorted({*rows, *figures.tickets}):
        name, number = str(SEVERITIES.get(severity, _("Without level"))), figures.tickets.get(severity, 0)
        shares = rows[severity].shares if severity in rows else {}
        yield from ([name, number, *line] for line in _by_target(shares, names) or [[]])


def _contracts(figures: Figures, names: Names) -> Table:
    yield [_("Organisation"), _("Contract"), _("Name"), _("Promise"), _("Kept"), _("Decided"), _("Percent")]
    for row in figures.contracts():
        contract = [row.name, row.number, row.detail]
        yield [*contract, _("All promises"), *_share(row.total)]
        yield from ([*contract, *line] for line in _by_target(row.shares, names))


def _hours(figures: Figures) -> Table:
    yield [_("Weekday"), *(f"{hour:02}" for hour in peaks.HOURS)]
    for weekday in peaks.WEEKDAYS:
        yield [weekday, *(figures.peaks.at(weekday, hour) for hour in peaks.HOURS)]


def _open(figures: Figures) -> Table:
    yield [_("Owner"), *map(str, GROUPS.values()), _("Total")]
    for holder in figures.holders:
        counts = (holder.counts[code] for code in open_now.ORDER)
        yield [holder.name or _("Unassigned"), *counts, holder.total]


def _by_target(shares: Mapping[str, Share], names: Names) -> list[list[Any]]:
    return [[names[code], *_share(share)] for code, share in shares.items() if share.total]


def _share(share: Share) -> list[Any]:
    return [share.met, share.total, share.percent]
