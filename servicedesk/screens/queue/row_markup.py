"""The markup of one row of the queue, drawn by Python: fifty rows through a template were two fifths of a page's time.

Everything that is written goes through `format_html`, which escapes it. Must not read the database.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString

from servicedesk.screens.queue import bulk_levels
from servicedesk.screens.queue.rows import Row
from servicedesk.templatetags.desk.marks import clock_chip
from servicedesk.templatetags.desk.words import ago, own_lang
from servicedesk.wording import gettext
from tickets.kinds import Kind

ROW = """<tr id="row-{reference}"{unread_row} data-preview="{address}preview/">
<td class="c-sel"><label class="cb"><input type="checkbox" data-scheme="{scheme}" \
name="ticket" value="{number}" form="bulk"{checked} \
aria-label="{select}"></label><input type="hidden" name="seen-{number}" value="{seen}" form="bulk"></td>
<td class="c-lvl">{level}</td>
<td class="c-due">{chip}<span class="due-at" title="{due_title}">{due}</span></td>
<th scope="row" class="c-tk"><span class="l1"><a href="{address}"{lang}>{unread}{title}</a></span>\
<span class="l2"><span class="mono">{reference}</span>{place}</span></th>
{cells}</tr>"""
NOTHING = SafeString()
UNREAD_ROW = SafeString(' class="unread"')
CHECKED = SafeString(" checked")


def draw(row: Row, now: datetime, columns: Collection[str], still_chosen: Collection[int] = ()) -> SafeString:
    """`columns`: codes of CELLS, in their order on the page; `still_chosen`: numbers whose box is ticked again."""
    ticket = row.ticket
    return format_html(
        ROW,
        reference=ticket.reference,
        address=ticket.get_absolute_url(),
        number=ticket.number,
        scheme=bulk_levels.key(bulk_levels.scheme_of(ticket)),
        seen=ticket.last_seq,
        unread_row=UNREAD_ROW if row.is_unread else NOTHING,
        unread=format_html('<span class="sr">{} </span>', gettext("Unread:")) if row.is_unread else NOTHING,
        checked=CHECKED if ticket.number in still_chosen else NOTHING,
        select=row.select_words,
        level=row.level_mark,
        chip=clock_chip(row.clock, now),
        due=row.due_words,
        due_title=row.due_title,
        lang=format_html(' lang="{}"', ticket.language) if ticket.language else NOTHING,
        title=ticket.title,
        place=format_html(" · {}", row.place) if row.place else NOTHING,
        cells=SafeString("".join(CELLS[name](row, now) for name in columns)),
    )


def _status(row: Row, now: datetime) -> SafeString:
    ticket, beside = row.ticket, ""
    if ticket.equipment:
        beside = ticket.equipment.product.name
    elif ticket.kind != Kind.FAULT:
        beside = ticket.get_kind_display()
    return format_html(
        '<td class="c-st"><span class="l1">{}</span><span class="l2">{}</span></td>\n', row.status, beside
    )


def _tags(row: Row, now: datetime) -> SafeString:
    tags = row.ticket.tags
    if not tags:
        return SafeString('<td class="c-tags"></td>\n')
    more = format_html('<span class="muted">+{}</span>', len(tags) - 1) if len(tags) > 1 else NOTHING
    shown = format_html('<span><span class="tag tag--line">{}</span>{}</span>', own_lang(tags[0]), more)
    return format_html('<td class="c-tags" title="{}">{}</td>\n', ", ".join(tags), shown)


def _team(row: Row, now: datetime) -> SafeString:
    return format_html('<td class="c-team"><span class="l1">{}</span></td>\n', row.ticket.team or "–")


def _owner(row: Row, now: datetime) -> SafeString:
    """The empty span is where the browser draws who has the ticket open."""
    return format_html(
        '<td class="c-who">{}<span class="presence" data-here="{}"></span></td>\n', row.owner_mark, row.ticket.number
    )


def _received(row: Row, now: datetime) -> SafeString:
    return format_html('<td class="c-upd num">{}</td>\n', ago(row.ticket.received_at, now))


def _changed(row: Row, now: datetime) -> SafeString:
    return format_html('<td class="c-upd num">{}</td>\n', ago(row.ticket.updated_at, now))


CELLS: Mapping[str, Callable[[Row, datetime], SafeString]] = {
    "status": _status,
    "tags": _tags,
    "team": _team,
    "owner": _owner,
    "received": _received,
    "changed": _changed,
}
