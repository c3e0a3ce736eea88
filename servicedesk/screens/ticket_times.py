"""The times of a ticket before and after a change that is not saved yet: reply, arrival, restore always, then others.

Each cell is a due time or a word. Pure: both plans are given.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from servicedesk.screens import clock_rows
from servicedesk.screens.clock_rows import ClockRow
from sla.reports import Standing


@dataclass(frozen=True)
class Cell:
    """`at` is due, or with `words` when it ended; neither: there is nothing to say but the words."""

    at: datetime | None
    words: str = ""


@dataclass(frozen=True)
class Line:
    """One clock. `is_same`: the change leaves it as it is; `is_over`: it has ended, and no change moves it."""

    label: str
    old: Cell
    new: Cell
    is_over: bool = False

    @property
    def is_same(self) -> bool:
        return self.old == self.new


def compare(now: Standing, then: Standing, at: datetime) -> list[Line]:
    """The three main clocks, then each other one that is open before or after."""
    count = len(clock_rows.MAIN)
    before, after = clock_rows.rows(now, at), clock_rows.rows(then, at)
    lines = [_line(*pair) for pair in zip(before[:count], after[:count], strict=True)]
    old, new = ({row.target: row for row in rows[count:]} for rows in (before, after))
    others = [(old.get(code), new.get(code)) for code in dict.fromkeys([*old, *new])]
    return lines + [_line(*pair) for pair in others if any(_is_open(row) for row in pair)]


def _is_open(row: ClockRow | None) -> bool:
    return row is not None and row.view is not None and row.view.is_open


def _line(old: ClockRow | None, new: ClockRow | None) -> Line:
    label = (new or old).label  # type: ignore[union-attr]  # a pair has at least one
    is_over = old is not None and old.view is not None and not old.view.is_open and not _is_open(new)
    return Line(label, _cell(old), _cell(new), is_over)


def _cell(row: ClockRow | None) -> Cell:
    if row is None or row.view is None:
        return Cell(None, (row.missing if row else "") or _("not promised"))
    view, words = row.view, {"met": _("met"), "missed_stopped": _("closed late")}
    if view.is_open:
        return Cell(view.due_at, "" if view.due_at else _("paused"))
    if view.state in words:
        return Cell(view.stopped_at, words[view.state])
    return Cell(None, _("not promised") if view.state == "replaced" else _("ended"))
