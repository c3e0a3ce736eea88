"""Clocks as lines of a CSV file. A cell that a spreadsheet would take for a formula is made text."""

import csv
from collections.abc import Iterator
from datetime import datetime, tzinfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from sla.models import Clock
from sla.wording import target_label

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK = 500


class _Echo:
    """What csv writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def safe(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip(" ").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def lines(clocks: QuerySet[Clock], now: datetime, zone: tzinfo) -> Iterator[str]:
    """A byte order mark first: without it spreadsheets read Chinese and Thai in the wrong encoding."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([safe(name) for name in _heading()]))
    found = clocks.select_related("ticket__organisation", "ticket__contract", "ticket__assignee")
    for clock in found.iterator(chunk_size=CHUNK):
        yield str(writer.writerow([safe(value) for value in _values(clock, zone)]))


def _heading() -> list[str]:
    return [
        _("Ticket"), _("Title"), _("Organisation"), _("Contract"), _("Scheme"), _("Level"), _("Clock"), _("Round"),
        _("Started"), _("Due"), _("Stopped"), _("Kept"), _("Cause"), _("Owner"),
    ]  # fmt: skip


def _values(clock: Clock, zone: tzinfo) -> list[object]:
    ticket = clock.ticket
    return [
        ticket.reference,
        ticket.title,
        ticket.organisation,
        ticket.contract,
        ticket.scheme_code,
        clock.level,
        target_label(clock.target),
        clock.run,
        _instant(clock.started_at, zone),
        _instant(clock.due_at, zone),
        _instant(clock.stopped_at, zone),
        _("yes") if clock.state == "met" else _("no"),
        ticket.cause,
        ticket.assignee,
    ]


def _instant(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else at.astimezone(zone).isoformat(sep=" ", timespec="seconds")
