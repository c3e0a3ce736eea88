"""The analysis of a system over a period: inspections, faults and clocks together, and what we advise."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from inspections.models import Analysis, Answer
from inspections.paper import Block, Cards, Charts, Finding, Heading, Note, Paper, Table, Text
from inspections.reports import Line, Stage
from servicedesk import wording
from servicedesk.papers import figures, parts
from servicedesk.papers.figures import AnalysisFigures
from servicedesk.service_levels.selection import SEVERITIES
from sla import attainment, policy_text
from sla.words import target_label
from tickets.kinds import Cause

MOST_FINDINGS = 60
MOODS = {Answer.Outcomes.CURED.value: "good", Answer.Outcomes.WATCH.value: "watch"}


def analysis_paper(row: Analysis, *, reader: User, now: datetime) -> Paper:
    """`reader`: who makes it; of the readings it shows what he may see."""
    with translation.override(row.language):
        found = figures.read(row, reader, now)
        day = now.astimezone(figures.zone_of(row.contract)).date()
        period = wording.days(*row.covered)
        contract = row.contract
        blocks = [
            *parts.summary(row, _in_words(row, found)),
            _cards(found),
            *_inspections(found, row.language),
            *_findings(found, row.language),
            *_faults(found),
            *_clocks(found),
            *_worse(found),
            *parts.advice(row),
        ]
        return Paper(
            language=row.language,
            house=parts.house(),
            title=_("System analysis report"),
            subtitle=" · ".join([str(contract.organisation), contract.name or contract.number, period]),
            foot=parts.foot(contract.number, row.number, day),
            pages=parts.pages(),
            day=day,
            blocks=blocks,
        )


def _in_words(row: Analysis, found: AnalysisFigures) -> str:
    faults, kept = sum(found.faults.values()), found.kept
    said = [
        *_part_in_words(row),
        *_inspections_in_words(found),
        ngettext("%(n)d fault was reported.", "%(n)d faults were reported.", faults) % {"n": faults},
    ]
    if kept.total:
        said.append(_("We kept %(met)d of %(total)d promised times.") % {"met": kept.met, "total": kept.total})
    if found.worse:
        n = len(found.worse)
        said.append(ngettext("%(n)d reading is getting worse.", "%(n)d readings are getting worse.", n) % {"n": n})
    return policy_text.sentences(said)


def _part_in_words(row: Analysis) -> Iterator[str]:
    if row.is_partly_covered:
        days = {"asked": wording.days(row.begins_on, row.ends_on), "covered": wording.days(*row.covered)}
        yield _("Of %(asked)s this report tells of the part that the contract covers: %(covered)s.") % days


def _inspections_in_words(found: AnalysisFigures) -> Iterator[str]:
    owed, besides = found.owed, found.besides
    if owed or not besides:
        said = ngettext("%(done)d of %(n)d inspection was done.", "%(done)d of %(n)d inspections were done.", owed)
        yield said % {"done": found.done, "n": owed}
    if besides:
        said = ngettext(
            "%(n)d more inspection was done besides those owed.",
            "%(n)d more inspections were done besides those owed.",
            besides,
        )
        yield said % {"n": besides}


def _cards(found: AnalysisFigures) -> Block:
    kept, owed = found.kept, found.owed
    share = "–" if kept.percent is None else f"{kept.percent:.0f}\N{NO-BREAK SPACE}%"
    return Cards(
        [
            (*_done(found), "good" if found.done == owed else "watch"),
            (str(len(found.findings)), _("findings"), ""),
            (str(sum(found.faults.values())), _("faults"), ""),
            (share, _("of promised times kept"), ""),
        ]
    )


def _done(found: AnalysisFigures) -> tuple[str, str]:
    """How many, and what they are."""
    owed, besides = found.owed, found.besides
    if not besides:
        return f"{found.done}/{owed}", _("inspections done")
    if not owed:
        return str(besides), _("inspections done")
    label = _("inspections done, %(done)d of %(owed)d owed among them")
    return str(found.done + besides), label % {"done": found.done, "owed": owed}


def _inspections(found: AnalysisFigures, language: str) -> Iterator[Block]:
    yield Heading(_("Inspections"))
    if not found.lines:
        yield Text(_("No inspection was owed in this period."))
        return
    rows, moods = [], []
    for line, name in zip(found.lines, figures.names_of(found.lines, language), strict=True):
        place = str(line.unit or line.site or "–")
        number = line.ticket.reference if line.ticket else "–"
        rows.append([wording.date_of(line.day), place, name, number, _status(line)])
        moods.append("bad" if line.is_behind else "")
    yield Table([_("Day"), _("Place"), _("Checklist"), _("Ticket"), _("Status")], rows, moods=moods)


def _status(line: Line) -> str:
    """What another period owes is here for having been done, and so never late."""
    status = {"status": _stage(line.stage)}
    if line.plan is None:
        return _("%(status)s, without a plan") % status
    if not line.is_owed:
        return _("%(status)s, owed in another period") % status
    return _("%(status)s, late") % status if line.is_behind else status["status"]


def _stage(stage: Stage) -> str:
    words = {
        Stage.OWED: _("owed"),
        Stage.PLANNED: _("planned"),
        Stage.DONE: _("done"),
        Stage.ACCEPTED: _("accepted"),
        Stage.CANCELLED: _("cancelled"),
    }
    return words[stage]


def _findings(found: AnalysisFigures, language: str) -> Iterator[Block]:
    if not found.findings:
        return
    asked = figures.questions_of(found.findings[:MOST_FINDINGS], language)
    yield Heading(_("What was found at inspections"))
    for finding in found.findings[:MOST_FINDINGS]:
        case = finding.sheet.inspection.ticket
        outcome = finding.get_outcome_display()
        if finding.ticket:
            outcome = _("Ticket %(number)s") % {"number": finding.ticket.reference}
        yield Finding(
            question=asked[finding.pk],
            text=finding.text,
            outcome=str(outcome or _("not in order")),
            mood=MOODS.get(finding.outcome, "bad"),
            detail=" · ".join([case.reference, str(case.site or "")]),
        )
    if len(found.findings) > MOST_FINDINGS:
        left = len(found.findings) - MOST_FINDINGS
        yield Text(ngettext("%(n)d more is in its report.", "%(n)d more are in their reports.", left) % {"n": left})


def _faults(found: AnalysisFigures) -> Iterator[Block]:
    yield Heading(_("Faults"))
    if not found.faults:
        yield Text(_("No fault was reported in this period."))
        return
    levels = [[str(SEVERITIES.get(level, _("Without level"))), str(number)] for level, number in found.faults.items()]
    yield Table([_("Level"), _("Faults")], levels, right=(1,))
    if found.causes:
        causes = [[str(Cause(code).label) if code in Cause.values else code, str(n)] for code, n in found.causes]
        yield Table([_("Cause"), _("Faults")], causes, right=(1,))


def _clocks(found: AnalysisFigures) -> Iterator[Block]:
    yield Heading(_("Promised times"))
    decided = {target: share for target, share in found.shares.items() if share.total}
    if not decided:
        yield Text(_("No promised time was decided in this period."))
        return
    rows, moods = [], []
    for target, share in decided.items():
        percent = share.percent or 0.0
        goal = attainment.goal(target)
        shares = [f"{one:.0f}\N{NO-BREAK SPACE}%" for one in (percent, goal)]
        rows.append([target_label(target), str(share.met), str(share.missed), *shares])
        moods.append("bad" if percent < goal else "")
    head = [_("Promise"), _("Kept"), _("Missed"), _("Share kept"), _("Goal")]
    yield Table(head, rows, right=(1, 2, 3, 4), moods=moods)


def _worse(found: AnalysisFigures) -> Iterator[Block]:
    yield Heading(_("Readings that are getting worse"))
    if not found.worse:
        yield Text(_("None: no reading moves towards its limit."))
        return
    yield Charts([parts.chart(one, with_place=True) for one in found.worse])
    for one in found.worse:
        yield Note(policy_text.named(f"{one.item.text} · {parts.place(one)}", parts.outlook(one)), "watch")
