"""A list as lines of a CSV file. A cell that a spreadsheet would take for a formula is made text."""

import csv
from collections.abc import Iterator
from datetime import datetime, tzinfo

from django.utils.text import slugify
from django.utils.translation import gettext as _

from servicedesk.screens.dashboard import listing
from servicedesk.screens.dashboard.listing import Narrowed
from servicedesk.service_levels.period import Period
from sla.models import Clock
from sla.words import target_label
from tickets.models import Ticket

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
CHUNK = 500
Value = str | int | datetime | None


class _Echo:
    """What csv writes to: gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def safe(value: object) -> str:
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip(" ").startswith(DANGEROUS) or text.startswith(DANGEROUS) else text


def file_name(period: Period) -> str:
    return slugify(f"service-levels-{period.first}-{period.last}")


def lines(narrowed: Narrowed, now: datetime) -> Iterator[str]:
    """A byte order mark first: without it spreadsheets read Chinese and Thai in the wrong encoding."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + str(writer.writerow([safe(name) for name in heading(narrowed)]))
    for row in rows(narrowed, now):
        yield str(writer.writerow([safe(_text(value, narrowed.period.zone)) for value in row]))


def heading(narrowed: Narrowed) -> list[str]:
    if narrowed.is_of_clocks:
        return [
            _("Ticket"), _("Title"), _("Organisation"), _("Contract"), _("Scheme"), _("Level"), _("Clock"), _("Round"),
            _("Started"), _("Due"), _("Stopped"), _("Kept"), _("Cause"), _("Owner"),
        ]  # fmt: skip
    return [
        _("Ticket"), _("Title"), _("Organisation"), _("Contract"), _("Scheme"), _("Level"), _("Kind"), _("Status"),
        _("Reported"), _("Next due"), _("Cause"), _("Owner"),
    ]  # fmt: skip


def rows(narrowed: Narrowed, now: datetime) -> Iterator[list[Value]]:
    if narrowed.is_of_clocks:
        found = listing.clocks(narrowed, now)
        return (_of_clock(clock) for clock in found.iterator(chunk_size=CHUNK))
    of_tickets = listing.tickets(narrowed, now).select_related("organisation", "contract", "assignee")
    return (_of_ticket(ticket) for ticket in of_tickets.iterator(chunk_size=CHUNK))


def _of_clock(clock: Clock) -> list[Value]:
    return [
        *_of_case(clock.ticket, clock.level),
        target_label(clock.target, clock.ticket.scheme_code),
        clock.run,
        clock.started_at,
        clock.due_at,
        clock.stopped_at,
        _("yes") if clock.state == "met" else _("no"),
        *_end(clock.ticket),
    ]


def _of_ticket(ticket: Ticket) -> list[Value]:
    return [
        *_of_case(ticket, ticket.level),
        ticket.get_kind_display(),
        ticket.get_state_display(),
        ticket.received_at,
        ticket.next_due_at,
        *_end(ticket),
    ]


def _of_case(ticket: Ticket, level: str) -> list[Value]:
    contract = ticket.contract.number if ticket.contract else ""
    return [ticket.reference, ticket.title, str(ticket.organisation or ""), contract, ticket.scheme_code, level]


def _end(ticket: Ticket) -> list[Value]:
    return [ticket.cause, str(ticket.assignee or "")]


def _text(value: Value, zone: tzinfo) -> object:
    if isinstance(value, datetime):
        return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")
    return value
