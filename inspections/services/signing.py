"""The end of a visit: signing for what was shown, there or later, and the proof that it still is what was signed.

What was shown is written down as it was, with its SHA-256. Signing happens once and starts the clock of the report. A
signature that was given without signal comes late, with the moment it was given, and only for what was seen then.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.actors import Actor
from accounts.policies import require
from common import languages
from common.errors import Illegal, Invalid, NotVisible, Stale
from inspections import facts
from inspections.models import Inspection, SignOff
from inspections.policies import TABLE
from inspections.services import findings, visits
from inspections.services.seen import Seen, differing
from tickets import lifecycle
from tickets import services as tickets
from tickets.models import Ticket
from tickets.services.rows import OLDEST_FACT

MOST_STROKES, MOST_POINTS = 80, 4000
MOST_NAMES = 3
LONGEST_NAME, LONGEST_REASON = 150, 500
DONE = "visit_done"
LACKS = {
    "reason": gettext_lazy("say why it is not as the value says"),
    "photo": gettext_lazy("take a photo"),
    "finding": gettext_lazy("say what you found, or what comes of it"),
    "ticket": gettext_lazy("its ticket is not raised yet"),
}
Strokes = list[list[list[float]]]


@dataclass(frozen=True)
class Signature:
    """`manner`: drawn (with `strokes`), typed, or absent (with a `reason`). `language`: of the page that was signed.

    `key` and `at`: of a device that sends it later, perhaps twice; when it was given by the device's clock.
    """

    manner: str
    signer: str = ""
    strokes: Sequence[Any] = ()
    reason: str = ""
    language: str = ""
    key: UUID | None = None
    at: datetime | None = None


def shown_of(visit: facts.Visit) -> dict[str, Any]:
    """All that is signed for, in one order and one spelling whatever the language of the page."""
    row = visit.inspection
    sheets = [
        {
            "unit": sheet.unit.serial_number if sheet.unit else None,
            "checklist": sheet.version.checklist.code,
            "version": sheet.version.number,
            "checks": [_shown(check) for check in visit.asked if check.sheet == sheet],
        }
        for sheet in visit.sheets
    ]
    return {"inspection": row.ticket.reference, "sheets": sheets, **{name: getattr(row, name) for name in visits.WORDS}}


def _shown(check: facts.Check) -> dict[str, Any]:
    finding = check.finding
    found = None
    if finding is not None:
        ticket = finding.ticket.reference if finding.ticket else None
        found = {"text": finding.text, "outcome": finding.outcome, "ticket": ticket}
    given = check.given.document
    return {
        "check": check.item.code,
        "result": check.judgement.result.value,
        **{name: given[name] for name in ("reading", "choice", "text", "reason")},
        "photos": sorted(photo.sha256 for photo in check.photos),
        "finding": found,
    }


def digest_of(shown: Any) -> str:
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(visit: facts.Visit) -> bool:
    """Whether all that was signed stands as it was, and the record of it too."""
    sign_off = visit.inspection.sign_off
    return sign_off.digest == digest_of(sign_off.shown) == digest_of(shown_of(visit))


@transaction.atomic
def finish(*, inspection: Inspection, signature: Signature, by: Actor, now: datetime, seen: str | Seen = "") -> SignOff:
    """Ends the visit; the same key again is the sign-off that is there. `seen`: what is signed, as the digest of our
    page or as a phone tells it. Raises Illegal while a check blocks it or once it is signed, Stale when something else
    stands now, Invalid beside its field.
    """
    row = visits.hold(inspection, by=by, is_open=False)
    there = SignOff.objects.filter(inspection=row).first()
    if there is not None:
        return _again(there, signature)
    if row.begun_at is None:
        raise Illegal(_("Begin the visit first."))
    visit = _with_tickets(row, by, now)
    check_ready(visit)
    shown = shown_of(visit)
    _check_seen(visit, shown, seen)
    values = checked(signature, may_be_absent=True)
    values |= {"key": signature.key, "signed_at": _moment(visit, signature.at, now), "by": visits.person(by)}
    made = SignOff.objects.create(inspection=row, shown=shown, digest=digest_of(shown), **values)
    row.seen_at = now
    row.save(update_fields=["seen_at"])
    _tell(row, made, by, now)
    return made


def _again(there: SignOff, signature: Signature) -> SignOff:
    """A device that never heard our answer sends once more."""
    if signature.key is None or signature.key != there.key:
        raise Illegal(visits.signed_words())
    return there


def _with_tickets(row: Inspection, by: Actor, now: datetime) -> facts.Visit:
    """The visit, once more tried to raise the tickets that were asked for and refused before."""
    visit = facts.load(row)
    waiting = [(check, check.answer) for check in visit.asked if "ticket" in check.lacks]
    for check, answer in waiting:
        if answer is not None:
            findings.settle(row, check, answer, check.given, by=by, now=now)
    return facts.load(row) if waiting else visit


def check_ready(visit: facts.Visit) -> None:
    """Raises Illegal with what is missing: a failure needs an outcome, a ticket that was asked for its number."""
    ticket = visit.inspection.ticket
    if not ticket.is_open and not _is_done(ticket):
        words = _(
            "The ticket of this visit was closed or cancelled meanwhile. Have the desk open it again, then finish the "
            "visit. All answers stay."
        )
        raise Illegal(words)
    if not visit.blocking:
        return
    names = [_named(check) for check in visit.blocking[:MOST_NAMES]]
    count = len(visit.blocking)
    words = ngettext("%(n)d check is still open: %(names)s", "%(n)d checks are still open, such as: %(names)s", count)
    raise Illegal(words % {"n": count, "names": "; ".join(names)})


def _named(check: facts.Check) -> str:
    """With what it lacks, where it is answered."""
    lack = check.lacks[0]
    return _("%(check)s (%(lack)s)") % {"check": check.name, "lack": LACKS[lack]} if lack in LACKS else check.name


def _is_done(ticket: Ticket) -> bool:
    log = tickets.read_logs([ticket])[ticket.pk]
    return any(event.type == DONE for event in lifecycle.in_force(log))


def _check_seen(visit: facts.Visit, shown: dict[str, Any], seen: str | Seen) -> None:
    if isinstance(seen, Seen):
        if names := differing(visit, seen):
            named = "; ".join([*names[:MOST_NAMES], *(["…"] if len(names) > MOST_NAMES else [])])
            words = _("Not what was signed any more: %(names)s. Look at the result, then ask for the signature again.")
            raise Stale(words % {"names": named})
    elif seen and seen != digest_of(shown):
        raise Stale(_("Something came in since this page was shown. Look at the result again, then sign."))


def _moment(visit: facts.Visit, at: datetime | None, now: datetime) -> datetime:
    """By the device's clock: not later than now, nor before what is signed, nor further back than facts may be."""
    if at is None:
        return now
    answers = [check.answer.entry.at for check in visit.asked if check.answer]
    photos = [photo.taken_at for check in visit.asked for photo in check.photos]
    return min(now, max(at, visit.inspection.begun_at or now, now - OLDEST_FACT, *answers, *photos))


def _tell(row: Inspection, made: SignOff, by: Actor, now: datetime) -> None:
    """The log says once that the visit is done; where nobody was there, the customer is asked to sign."""
    if _is_done(row.ticket):
        return
    message = ""
    if made.is_owed:
        language = row.ticket.organisation.language if row.ticket.organisation else "en"
        with translation.override(language):
            message = _(
                "We have finished the inspection. Nobody was there to sign for it. Look at the result on the page of "
                "this case, please, and sign it there."
            )
    tickets.record(ticket=row.ticket, type=DONE, by=by, at=made.signed_at, now=now, message=message)


@transaction.atomic
def sign_later(*, inspection: Inspection, signature: Signature, by: Actor, now: datetime) -> SignOff:
    """The customer's signature on a visit at which nobody was there; once. Raises NotVisible, Illegal, Invalid."""
    require(by, "inspection.sign_later", TABLE)
    person = visits.person(by)
    if not Inspection.objects.visible_to(person).filter(pk=inspection.pk).exists():
        raise NotVisible(_("There is no such inspection."))
    made = SignOff.objects.select_for_update().filter(inspection=inspection.pk).first()
    if made is None:
        raise NotVisible(_("There is no such inspection."))
    if not made.is_owed:
        raise Illegal(_("This inspection is signed already."))
    values = checked(signature, may_be_absent=False)
    for name in ("manner", "signer", "strokes", "language"):
        setattr(made, name, values[name])
    made.later_at, made.later_by = now, person
    made.save(update_fields=["manner", "signer", "strokes", "language", "later_at", "later_by"])
    return made


def checked(signature: Signature, *, may_be_absent: bool) -> dict[str, Any]:
    """What is kept of a signature, of whatever is signed. Raises Invalid beside the field."""
    manner = signature.manner
    known = [SignOff.Manner.DRAWN, SignOff.Manner.TYPED, *([SignOff.Manner.ABSENT] if may_be_absent else [])]
    if manner not in known:
        raise Invalid.field("manner", _("Draw, type the name, or say that nobody is here."))
    language = signature.language if signature.language in languages.BCP47 else ""
    if manner == SignOff.Manner.ABSENT:
        reason = reason_of(signature)
        return {"manner": manner, "signer": "", "strokes": [], "reason": reason, "language": language}
    signer = signer_of(signature)
    strokes = strokes_of(signature.strokes) if manner == SignOff.Manner.DRAWN else []
    return {"manner": manner, "signer": signer, "strokes": strokes, "reason": "", "language": language}


def signer_of(signature: Signature) -> str:
    signer = " ".join(signature.signer.split())
    if not signer or len(signer) > LONGEST_NAME:
        raise Invalid.field("signer", _("Enter the name of the person who signs."))
    return signer


def reason_of(signature: Signature) -> str:
    """Why nobody signs."""
    reason = signature.reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid.field("reason", _("Say in a few words why nobody can sign."))
    return reason


def strokes_of(given: Sequence[Any]) -> Strokes:
    """Points from 0 to 1. Raises Invalid for what is no drawing, or too much of one."""
    problem = Invalid.field("strokes", _("Sign in the field, or take the typed name as the signature."))
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_STROKES:
        raise problem
    if any(not isinstance(stroke, list) for stroke in given) or sum(len(stroke) for stroke in given) > MOST_POINTS:
        raise problem
    try:
        strokes = [[[_part(x), _part(y)] for x, y in stroke] for stroke in given]
    except (TypeError, ValueError):
        raise problem from None
    if sum(len(stroke) for stroke in strokes) < 2:
        raise problem
    return strokes


def _part(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(value)
    return round(float(value), 4)
