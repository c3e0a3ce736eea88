"""From an edition to its file: composed, set in its own process, kept. For the worker and the demo desk alike.

The paper is set outside any transaction; what changed meanwhile is noticed when it is kept. Pages and REST only ask for
it (`services.ask_report`): a request never waits for a paper.
"""

import logging
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from common import outages
from common.errors import Illegal, Unavailable
from inspections import services
from inspections.models import Analysis, Report
from inspections.paper import Paper, PaperError, set_pdf
from inspections.services import Made
from servicedesk.papers.analysis import analysis_paper
from servicedesk.papers.inspection import report_paper

logger = logging.getLogger(__name__)


def make_report(report: Report, *, by: User, now: datetime) -> Report:
    """Raises Forbidden, Illegal, Unavailable."""
    words = services.words_of(report)
    made = _made(report_paper(report, reader=by, now=now), words)
    return services.keep_report(report=report, made=made, by=Actor(by), now=now)


def make_analysis(analysis: Analysis, *, by: User, now: datetime) -> Analysis:
    """Raises Forbidden, Illegal, Unavailable."""
    words = services.words_of(analysis)
    made = _made(analysis_paper(analysis, reader=by, now=now), words)
    return services.keep_analysis(analysis=analysis, made=made, by=Actor(by), now=now)


def _made(paper: Paper, words: dict[str, str]) -> Made:
    try:
        return Made(set_pdf(paper), paper.document, words)
    except PaperError as error:
        raise Unavailable(_("The report could not be made now. Try again in a few minutes.")) from error


def make_asked(*, now: datetime) -> bool:
    """The paper that has waited longest. False: none waits, or another worker is at one."""
    row = services.take_paper(now=now)
    if row is None:
        return False
    try:
        _make(row, now)
    except Illegal:  # somebody wrote while it was being made
        services.put_back(paper=row)
    except Exception as error:  # whatever is wrong with it: it is told on its page, and the next one is made
        if outages.is_outage(error):
            raise
        logger.exception("a paper could not be made")
        services.fail_paper(paper=row, now=now)
    return True


def _make(row: Report | Analysis, now: datetime) -> None:
    assert row.asked_by is not None  # only people ask
    if isinstance(row, Report):
        make_report(row, by=row.asked_by, now=now)
    else:
        make_analysis(row, by=row.asked_by, now=now)
