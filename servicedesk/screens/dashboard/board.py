"""The cards of the dashboard: each is read and drawn for itself, so that one that fails leaves the others standing."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from servicedesk.screens.dashboard import cards, chart, findings, heat, listing
from servicedesk.service_levels import peaks
from servicedesk.service_levels.figures import Figures
from sla import attainment

log = logging.getLogger(__name__)
SHOWN_MISSES = 7
BY = ("", *chart.MAIN)


@dataclass(frozen=True)
class Board:
    """What the cards are drawn from. `by` and `is_whole`: the target and the length of the table by contract."""

    figures: Figures
    by: str = ""
    is_whole: bool = False

    def query(self, **more: Any) -> str:
        view = {"by": self.by, "contracts": "all" if self.is_whole else ""}
        return self.figures.period.query(**(view | more))


@dataclass(frozen=True)
class Kind:
    """A card: its place in the grid, its name for when it cannot be drawn, what its template is given."""

    css: str
    name: str | LazyText
    read: Callable[[Board], Mapping[str, Any]]


def _kpis(board: Board) -> Mapping[str, Any]:
    figures = board.figures
    return {"kpis": cards.kpis(figures.shares, figures.before, figures.period), "open": figures.open}


def _trend(board: Board) -> Mapping[str, Any]:
    figures, period = board.figures, board.figures.period
    focus = findings.focus(figures.weeks, figures.shares, figures.before)
    return {
        "finding": findings.of_trend(figures.weeks, figures.shares, figures.before),
        "trend": chart.trend(figures.weeks, focus, period.first, period.last),
        "weeks": chart.table(figures.weeks, period),
        "main": chart.MAIN,
    }


def _levels(board: Board) -> Mapping[str, Any]:
    figures = board.figures
    lines = cards.severity_lines(figures.severities, figures.shares, figures.tickets, figures.period)
    goals = {code: attainment.goal(code) for code in chart.MAIN}
    return {"lines": lines, "finding": findings.of_severities(lines), "main": chart.MAIN, "goals": goals}


def _missed(board: Board) -> Mapping[str, Any]:
    figures = board.figures
    found = attainment.missed(figures.scope, figures.now)[:SHOWN_MISSES]
    return {
        "rows": listing.rows(found, figures.now),
        "finding": findings.of_missed(figures.shares, figures.causes),
        "count": figures.decided.missed,
    }


def _contracts(board: Board) -> Mapping[str, Any]:
    rows = board.figures.contracts(board.by)
    return {
        "table": cards.contracts(rows, board.by, board.figures.period, board.is_whole),
        "finding": findings.of_contracts(rows, board.by),
        "goal": attainment.goal(board.by),
        "choices": [(code, board.query(by=code), code == board.by) for code in BY],
        "all": board.query(contracts="all"),
    }


def _promises(board: Board) -> Mapping[str, Any]:
    figures = board.figures
    return {"promises": cards.promises(figures.shares, figures.before, figures.period)}


def _hours(board: Board) -> Mapping[str, Any]:
    found = board.figures.peaks
    days = heat.days(found, board.figures.period)
    return {"days": days, "finding": findings.of_peaks(found), "hours": peaks.HOURS, "total": found.total}


def _holders(board: Board) -> Mapping[str, Any]:
    figures = board.figures
    return {
        "holders": figures.holders,
        "finding": findings.of_holders(figures.holders),
        "open": figures.open,
        "widest": max((holder.total for holder in figures.holders), default=1),
        "groups": listing.GROUPS,
    }


CARDS: Mapping[str, Kind] = {
    "kpis": Kind("dash__kpis", _("Kept in time"), _kpis),
    "trend": Kind("card w7", _("Kept in time, week by week"), _trend),
    "levels": Kind("card w5", _("Met by level"), _levels),
    "missed": Kind("card w7", _("Missed clocks"), _missed),
    "contracts": Kind("card w5", _("Kept by contract"), _contracts),
    "hours": Kind("card w8", _("When faults are reported"), _hours),
    "holders": Kind("card w4", _("Who holds what"), _holders),
    "promises": Kind("card w12", _("Every promise"), _promises),
}


def draw(request: HttpRequest, name: str, board: Board) -> str:
    """One card; where it cannot be read, the card says so and offers to try again."""
    kind, context = CARDS[name], _frame(name, board)
    try:
        context |= kind.read(board)
        return render_to_string(f"screens/dashboard/cards/{name}.html", context, request)
    except Exception:  # whatever it is, the other cards stand; the log has the cause
        log.exception("the card %s of the dashboard cannot be drawn", name)
        return render_to_string("screens/dashboard/cards/failed.html", context, request)


def reported(figures: Figures) -> int | None:
    """For the page's head, which must stand when it cannot be read."""
    try:
        return sum(figures.tickets.values())
    except DatabaseError:
        log.exception("the tickets of the period cannot be counted")
        return None


def waiting(request: HttpRequest, name: str, board: Board) -> str:
    """Its place, which loads it."""
    return render_to_string("screens/dashboard/cards/waiting.html", _frame(name, board), request)


def _frame(name: str, board: Board) -> dict[str, Any]:
    kind, figures = CARDS[name], board.figures
    return {
        "card": name,
        "css": kind.css,
        "name": kind.name,
        "now": figures.now,
        "period": figures.period,
        "query": figures.period.query(),
        "address": board.query(),
        "list": cards.LIST,
    }


def names(wanted: str) -> Sequence[str]:
    """One card, or all."""
    return [wanted] if wanted in CARDS else list(CARDS)
