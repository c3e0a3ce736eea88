"""The analysis of a contract's system over a period: begun, made, sent to its customer, answered."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.policies import require
from common import moments
from common.errors import Invalid, NotVisible
from customers.models import Contract
from inspections.models import Analysis
from inspections.policies import TABLE
from inspections.services import editions
from inspections.services.editions import Made
from inspections.signals import analysis_commented, analysis_sent

ACTION = "inspection.analyse"
LONGEST_DAYS = 400


@transaction.atomic
def begin_analysis(
    *, contract: Contract, begins_on: date, ends_on: date, by: Actor, today: date | None = None
) -> Analysis:
    """The edition in hand of that period, else the next one. The first one of a period tells what has been: it ends by
    `today` (None: not asked) and the contract covers part of it. Raises Forbidden, Invalid.
    """
    require(by, ACTION, TABLE)
    if ends_on < begins_on:
        raise Invalid.field("ends_on", _("Choose a day that is not before the first one."))
    if (ends_on - begins_on).days >= LONGEST_DAYS:
        raise Invalid.field("ends_on", _("Choose at most 400 days."))
    held = Contract.objects.select_for_update().select_related("organisation").get(pk=contract.pk)
    last = held.analyses.filter(begins_on=begins_on, ends_on=ends_on).first()
    if last is not None and last.sent_at is None:
        return last
    if last is None:
        _check_has_been(held, begins_on, ends_on, today)
    language = held.organisation.language
    words = {name: getattr(last, name) for name in (*editions.WORDS, "language")} if last else {}
    row = Analysis(contract=held, begins_on=begins_on, ends_on=ends_on, number=last.number + 1 if last else 1)
    row.language = language if language in editions.LANGUAGES else "en"
    for name, value in words.items():
        setattr(row, name, value)
    row.save()
    return row


def _check_has_been(contract: Contract, begins_on: date, ends_on: date, today: date | None) -> None:
    if ends_on < contract.starts_on:
        said = _("The contract begins on %(day)s. Enter that day or a later one.")
        raise Invalid.field("ends_on", said % {"day": moments.day(contract.starts_on)})
    if contract.ends_on is not None and begins_on >= contract.ends_on:
        said = _("The contract ends on %(day)s. Enter a day before it.")
        raise Invalid.field("begins_on", said % {"day": moments.day(contract.ends_on)})
    if today is not None and ends_on > today:
        raise Invalid.field("ends_on", _("Choose a day that is not after today."))


def _lock(analysis: Analysis) -> Analysis:
    rows = Analysis.objects.select_for_update(of=("self",)).select_related("contract__organisation")
    return rows.get(pk=analysis.pk)


@transaction.atomic
def write_analysis(*, analysis: Analysis, words: Mapping[str, str], by: Actor, language: str = "") -> Analysis:
    require(by, ACTION, TABLE)
    return editions.write(_lock(analysis), words, language)


@transaction.atomic
def ask_analysis(*, analysis: Analysis, by: Actor, now: datetime) -> Analysis:
    """Has it made soon, by a worker. Raises Forbidden, Illegal."""
    require(by, ACTION, TABLE)
    return editions.ask(_lock(analysis), by=by, now=now)


@transaction.atomic
def keep_analysis(*, analysis: Analysis, made: Made, by: Actor, now: datetime) -> Analysis:
    require(by, ACTION, TABLE)
    return editions.keep(_lock(analysis), made, by=by, now=now)


@transaction.atomic
def send_analysis(*, analysis: Analysis, by: Actor, now: datetime, address: str = "") -> Analysis:
    """From now on the customer reads it, and his people are told. Sending twice is sending once.

    `address`: of somebody without an account, who reads it by a signed link. Raises Forbidden, Illegal.
    """
    require(by, ACTION, TABLE)
    row = _lock(analysis)
    if row.sent_at is None:
        editions.mark_sent(row, by=by, now=now)
        analysis_sent.send(sender=Analysis, analysis=row, address=address.strip().lower(), now=now)
    return row


@transaction.atomic
def answer_analysis(*, analysis: Analysis, by: Actor, now: datetime, comment: str = "") -> Analysis:
    """Read and agreed, or with a comment: what there is to say. The same twice is once. Raises Forbidden, Illegal."""
    require(by, "inspection.answer_analysis", TABLE)
    row = _lock(analysis)
    if not _is_read_by(by, row):
        raise NotVisible(_("There is no such report."))
    if editions.answer(row, comment, by=by, now=now) and comment.strip():
        analysis_commented.send(sender=Analysis, analysis=row, by=by, now=now)
    return row


def _is_read_by(by: Actor, row: Analysis) -> bool:
    """A guest's link opens the one analysis it was made for, once it is sent."""
    if by.user is None:
        return row.sent_at is not None and by.reach == row.pk
    return Analysis.objects.visible_to(by.user).filter(pk=row.pk).exists()
