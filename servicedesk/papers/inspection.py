"""The report of a signed visit: what was found and done, the readings against earlier ones, advice, signatures.

Everything the desk says is in the language of the edition; what people wrote stays as they wrote it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from inspections import facts, history
from inspections.checklists import Item, Result, in_language, read
from inspections.models import Answer, Inspection, Report, SignOff
from inspections.paper import (
    Block,
    Cards,
    Charts,
    Facts,
    Finding,
    Heading,
    Note,
    Paper,
    Signature,
    Signatures,
    Table,
    Text,
)
from inspections.words import reading_beside_limit, was_it_cured
from servicedesk import wording
from servicedesk.papers import ahead, parts, photos
from sla import policy_text
from tickets import filestore

MOODS = {Answer.Outcomes.CURED.value: "good", Answer.Outcomes.WATCH.value: "watch"}


def report_paper(report: Report, *, reader: User, now: datetime) -> Paper:
    """`reader`: who makes it; of the readings it shows what he may see."""
    with translation.override(report.language):
        return _Writer(report, reader, now).paper()


class _Writer:
    """One report on its way to paper, in the language that is active."""

    def __init__(self, report: Report, reader: User, now: datetime) -> None:
        self.report, self.reader, self.now = report, reader, now
        self.row: Inspection = report.inspection
        self.ticket = self.row.ticket
        self.visit = facts.load(self.row, report.language)
        self.zone = ZoneInfo(self.ticket.site.zone if self.ticket.site else settings.TIME_ZONE)
        self.sign_off: SignOff = self.row.sign_off
        self.on = (self.row.begun_at or self.sign_off.signed_at).astimezone(self.zone).date()
        lists = (read(sheet.version.document) for sheet in self.visit.sheets)
        self.names = list(dict.fromkeys(in_language(one, report.language).name for one in lists))
        self.pictures: dict[str, bytes] = {}

    def paper(self) -> Paper:
        blocks = [
            *parts.summary(self.report, self._counted()),
            *self._facts(),
            *self._cards(),
            *self._found(),
            *self._readings(),
            *parts.advice(self.report),
            *self._next(),
            *self._pictures(),
            *self._signatures(),
            *self._all(),
        ]
        return Paper(
            language=self.report.language,
            house=parts.house(),
            title=_("Inspection report"),
            subtitle=" · ".join(self._about()),
            foot=parts.foot(self.ticket.reference, self.report.number, self.now.astimezone(self.zone).date()),
            pages=parts.pages(),
            day=self.now.astimezone(self.zone).date(),
            blocks=blocks,
            pictures=self.pictures,
        )

    def _about(self) -> list[str]:
        place = [str(self.ticket.site)] if self.ticket.site else []
        return [*self.names, *place, *dict.fromkeys(str(s.unit) for s in self.visit.sheets if s.unit)]

    def _question(self, check: facts.Check) -> str:
        text = self._item(check).text
        return f"{check.number}. {text}" if check.number else text

    def _item(self, check: facts.Check) -> Item:
        """What asks about a finding of last time is in the language of the report where this list has its check."""
        earlier = self.visit.checks.get((check.sheet.pk, check.follows.item)) if check.follows else None
        return replace(check.item, text=was_it_cured(earlier.item.text)) if earlier else check.item

    def _counted(self) -> str:
        failed, passed = self.visit.count(Result.FAILED), self.visit.count(Result.PASSED)
        total = ngettext("We checked %(n)d point.", "We checked %(n)d points.", self.visit.total)
        said = [total % {"n": self.visit.total}, _("%(n)d are in order.") % {"n": passed}]
        if failed:
            said.append(ngettext("%(n)d is not.", "%(n)d are not.", failed) % {"n": failed})
        return policy_text.sentences(said)

    def _facts(self) -> Iterator[Block]:
        begun, signed = self.row.begun_at or self.sign_off.signed_at, self.sign_off.signed_at
        ended = wording.time_of_day(signed, self.zone)
        if signed.astimezone(self.zone).date() != self.on:
            ended = wording.full_moment(signed, self.zone)
        rows = [
            (_("Inspection"), self.ticket.reference),
            (_("Customer"), str(self.ticket.organisation or self.ticket.organisation_text)),
            (_("Visited"), f"{wording.full_moment(begun, self.zone)} – {ended}"),
            (_("Engineer"), str(self.sign_off.by)),
        ]
        if self.row.attended:
            rows.append((_("Attended by"), self.row.attended))
        if self.row.training:
            rows.append((_("Training given"), self.row.training))
        yield Facts(rows)

    def _cards(self) -> Iterator[Block]:
        failed = self.visit.count(Result.FAILED)
        cured = sum(check.given.outcome.value == "cured" for check in self.visit.findings)
        cards = [
            (str(self.visit.count(Result.PASSED)), _("in order"), "good"),
            (str(failed), _("not in order"), "bad" if failed else ""),
            (str(cured), _("cured on the spot"), "good" if cured else ""),
            (str(self.visit.count(Result.NOT_APPLICABLE)), _("not applicable"), ""),
        ]
        yield Cards(cards)

    def _found(self) -> Iterator[Block]:
        yield Heading(_("What was found, and what was done"))
        if not self.visit.findings:
            yield Text(_("Nothing was found that needs attention."))
        for check in self.visit.findings:
            finding = check.finding
            assert finding is not None  # it is one of the findings
            outcome = finding.get_outcome_display()
            if finding.ticket:
                outcome = _("Ticket %(number)s") % {"number": finding.ticket.reference}
            yield Finding(
                question=self._question(check),
                text=finding.text,
                outcome=str(outcome or _("not in order")),
                mood=MOODS.get(finding.outcome, "bad"),
                detail=self._said(check),
            )

    def _said(self, check: facts.Check) -> str:
        """The answer in words: a reading beside its limit, an option, a text."""
        item = self._item(check)
        reading = reading_beside_limit(item, check.given, check.judgement)
        option = item.option(check.given.choice)
        return reading or (option.text if option else check.given.text)

    def _readings(self) -> Iterator[Block]:
        found = self._series()
        if not found:
            return
        many = len({(one.unit, one.site) for one in found}) > 1
        yield Heading(_("Readings, beside those of earlier inspections"))
        yield Charts([parts.chart(one, with_place=many) for one in found])
        worse = [(one, parts.outlook(one)) for one in history.getting_worse(found)]
        for one, said in worse:
            yield Note(policy_text.named(one.item.text, said), "watch")

    def _series(self) -> list[history.Series]:
        units = [sheet.unit_id for sheet in self.visit.sheets if sheet.unit_id]
        places = Q(sheet__unit__in=units)
        if any(sheet.unit_id is None for sheet in self.visit.sheets):
            places |= Q(sheet__unit=None, sheet__inspection__ticket__site=self.ticket.site_id)
        lists = {sheet.version.checklist_id for sheet in self.visit.sheets}
        rows = Answer.objects.filter(places, sheet__version__checklist__in=lists)
        found = history.of(self.reader, self.report.language, places=rows, until=self.on)
        return [one for one in found if one.last.reference == self.ticket.reference]

    def _next(self) -> Iterator[Block]:
        yield Heading(_("Next inspection"))
        yield Note(ahead.told(self.row, self.on, self.zone, self.now))

    def _pictures(self) -> Iterator[Block]:
        """Those of what was found first."""
        taken = [
            photos.Taken(self._question(check), filestore.preview_path_of(photo.key), str(photo.pk))
            for check, photo in photos.in_order(self.visit)
        ]
        yield from photos.blocks(taken, self.ticket.reference, self.pictures)

    def _signatures(self) -> Iterator[Block]:
        yield Heading(_("Signatures"))
        signed, who = self.sign_off, []
        if signed.is_owed:
            yield Text(_("Nobody was there to sign: %(reason)s") % {"reason": signed.reason})
        else:
            at = signed.later_at or signed.signed_at
            moment = wording.full_moment(at, self.zone)
            who.append(Signature(_("For the customer"), signed.signer, moment, _strokes(signed)))
        who.append(Signature(_("For us"), str(signed.by), wording.full_moment(signed.signed_at, self.zone)))
        yield Signatures(who)
        yield Text(_("SHA-256 of what was signed: %(digest)s") % {"digest": signed.digest}, is_quiet=True)

    def _all(self) -> Iterator[Block]:
        yield Heading(_("Everything that was checked"))
        many = len(self.visit.sheets) > 1
        for sheet in self.visit.sheets:
            if many:
                yield Text(str(sheet.unit or self.ticket.site or ""))
            for part in (one for one in self.visit.parts if one.sheet == sheet and one.asked):
                yield self._part(part)

    def _part(self, part: facts.Part) -> Block:
        rows, moods = [], []
        for check in part.asked:
            result = check.judgement.result
            said = "–" if result == Result.OPEN else str(Answer.Results(result.value).label)
            rows.append([self._question(check), self._said(check), said])
            moods.append("bad" if result == Result.FAILED else "")
        return Table([part.title, _("Answer"), _("Result")], rows, moods=moods, wide=0)


def _strokes(signed: SignOff) -> Sequence[Sequence[tuple[float, float]]]:
    return [[(float(x), float(y)) for x, y in stroke] for stroke in signed.strokes]
