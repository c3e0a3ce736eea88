"""Beginning a visit, adding a list or a unit to it, the closing words. Every writer of a visit takes it in hand here.

One lock order: the inspection, then tickets. A visit that is signed takes nothing any more.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import User
from accounts.policies import require
from common.errors import Forbidden, Illegal, Invalid, NotVisible
from customers.models import Equipment
from inspections import facts
from inspections.models import ChecklistVersion, Inspection, Plan, Sheet
from inspections.policies import TABLE
from inspections.services.meanwhile import together
from tickets import lifecycle
from tickets import services as tickets
from tickets.kinds import Kind
from tickets.models import Ticket
from tickets.services.rows import OLDEST_FACT

ACTION = "inspection.work"
TAKEN_BACK = "visit_unbegun"
MOST_SHEETS = 40
WORDS = ("summary", "advice", "parts_wanted", "training", "attended")
LONGEST_WORDS = 8000


def hold(inspection: Inspection, *, by: Actor, is_open: bool = True) -> Inspection:
    """The inspection's row, locked until the transaction ends. Raises Forbidden, Illegal where it is signed."""
    require_work(by)
    rows = Inspection.objects.select_for_update(of=("self",)).select_related("ticket__site", "ticket__organisation")
    row = rows.select_related("plan", "ticket__equipment").filter(pk=inspection.pk).first()
    if row is None:
        raise NotVisible(_("There is no such inspection."))
    if is_open and is_signed(row):
        raise Illegal(signed_words())
    return row


def require_work(by: Actor) -> None:
    require(by, ACTION, TABLE)


def person(by: Actor) -> User:
    """Whoever answers, signs or adds a photo is somebody: the program does none of it."""
    if by.user is None:
        raise Forbidden(_("Sign in to work on a visit."))
    return by.user


def is_signed(row: Inspection) -> bool:
    """Asked of the database: somebody may have signed while this one waited for the lock."""
    return type(row).objects.filter(pk=row.pk, sign_off__isnull=False).exists()


def signed_words() -> str:
    return _("This inspection is signed. Its answers stay as they are.")


@transaction.atomic
def begin(
    *,
    ticket: Ticket,
    by: Actor,
    now: datetime,
    version: ChecklistVersion | None = None,
    at: datetime | None = None,
) -> Inspection:
    """Makes the first sheet: of the plan's list and unit, else of the list given and the ticket's unit. Beginning twice
    is beginning once. `at`: when it was begun, by the clock of a device that had no signal; `version`: also the one of
    the plan's list that it had. Raises Invalid without a list, Illegal of a ticket that is over.
    """
    require_work(by)
    if ticket.kind != Kind.INSPECTION:
        raise NotVisible(_("There is no such inspection."))
    made, _is_new = Inspection.objects.get_or_create(ticket=ticket)
    row = hold(made, by=by)
    if row.begun_at is not None:
        return row
    if row.ticket.state == "cancelled":
        raise Illegal(_("The office has called this visit off: its ticket is cancelled. Talk to the desk."))
    if not row.ticket.is_open:
        raise Illegal(_("This ticket is closed. Re-open it before you begin the visit."))
    chosen = _chosen(row, version)
    began = now if at is None else min(now, max(at, row.ticket.received_at, now - OLDEST_FACT))
    if at is not None:
        _check_not_taken_back(row, by, began)
    row.begun_at, row.begun_by, row.seen_at = began, by.user, now
    row.save(update_fields=["begun_at", "begun_by", "seen_at"])
    unit = row.plan.unit if row.plan else row.ticket.equipment
    _add(row, chosen, unit)
    _arrive(row, by, began, now)
    return row


def _check_not_taken_back(row: Inspection, by: Actor, began: datetime) -> None:
    """A phone that never heard our answer sends once more what was taken back meanwhile."""
    log = lifecycle.in_force(tickets.read_logs([row.ticket])[row.ticket_id])
    told = [event for event in log if event.type == TAKEN_BACK]
    mine = str(person(by).pk)
    same = (event for event in told if (event.data["begun_by"], event.data["begun_at"]) == (mine, began.isoformat()))
    event = next(same, None)
    if event is not None:
        raise Illegal(_("%(name)s has taken this begin back. Begin the visit anew.") % {"name": event.user})


def _chosen(row: Inspection, given: ChecklistVersion | None) -> ChecklistVersion:
    """The list that is agreed, in the version that a device without signal had of it."""
    agreed = version_of(row)
    if agreed is not None and (given is None or given.checklist_id != agreed.checklist_id):
        return agreed
    if given is None:
        raise Invalid.field("checklist", _("Choose a checklist."))
    return given


def version_of(row: Inspection) -> ChecklistVersion | None:
    """Of the list that is agreed beforehand; None: who begins chooses one."""
    checklist = row.plan.checklist if row.plan else row.checklist
    return checklist.versions.first() if checklist else None


def _arrive(row: Inspection, by: Actor, at: datetime, now: datetime) -> None:
    """Of a visit on site the log says that the engineer is there, unless it does already."""
    is_on_site = row.plan is None or row.plan.manner == Plan.Manner.ON_SITE
    log = tickets.read_logs([row.ticket])[row.ticket_id]
    status = lifecycle.fold(row.ticket.kind, lifecycle.in_force(log))
    if is_on_site and status.state != "on_site" and lifecycle.refusal(status, "arrived") is None:
        tickets.record(ticket=row.ticket, type="arrived", by=by, at=at, now=now)


@transaction.atomic
def add_sheet(
    *, inspection: Inspection, version: ChecklistVersion, unit: Equipment | None, by: Actor, now: datetime
) -> Sheet:
    """A further unit, or another list, in the version that the visit has of it already. The same one twice is the one
    that is there. Raises Invalid, Illegal.
    """
    row = hold(inspection, by=by)
    if row.begun_at is None:
        raise Illegal(_("Begin the visit first."))
    site = row.ticket.site_id
    if unit is not None and unit.site_id != site:
        raise Invalid.field("unit", _("This unit stands at another site."))
    same = row.sheets.filter(version__checklist=version.checklist_id, unit=unit).first()
    if same is not None:
        return same
    sibling = row.sheets.filter(version__checklist=version.checklist_id).select_related("version").first()
    if row.sheets.count() >= MOST_SHEETS:
        raise Invalid.field("unit", _("A visit has at most %(most)d lists.") % {"most": MOST_SHEETS})
    sheet = _add(row, sibling.version if sibling else version, unit)
    row.seen_at = now
    row.save(update_fields=["seen_at"])
    return sheet


def unit_of(*, inspection: Inspection, serial: str) -> Equipment | None:
    """Typed with or without its hyphens; None where nothing was. Raises Invalid for what is not at this site."""
    if not serial.strip():
        return None
    found = Equipment.objects.with_serial(serial).filter(site=inspection.ticket.site_id)
    unit = found.filter(serial_number__iexact=serial.strip()).first() or found.first()
    if unit is None:
        raise Invalid.field("unit", _("There is no unit with this serial number at this site."))
    return unit


def _add(row: Inspection, version: ChecklistVersion, unit: Equipment | None) -> Sheet:
    """What earlier visits left open at this unit is asked once in this visit."""
    is_new_place = not row.sheets.filter(unit=unit).exists()
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(inspection=row, version=version, unit=unit, position=row.sheets.count() + 1)
    except IntegrityError:
        raise Invalid.field("unit", _("This list is there already for this unit.")) from None
    if is_new_place:
        assert row.begun_at is not None  # before it has begun it has no list
        sheet.asks.set(facts.open_findings(row, unit, row.begun_at))
    refresh(row)
    return sheet


def refresh(row: Inspection) -> facts.Visit:
    """Brings the counts of the list in step; the visit as it stands now."""
    visit = facts.load(row)
    if (row.answered, row.total) != (visit.answered, visit.total):
        row.answered, row.total = visit.answered, visit.total
        row.save(update_fields=["answered", "total"])
    return visit


@transaction.atomic
def write_words(
    *, inspection: Inspection, words: Mapping[str, str], by: Actor, now: datetime, seen: Mapping[str, str] | None = None
) -> Inspection:
    """Summary, advice, parts wanted, training, who attended; only those named are written. `seen`: what stood in each
    when the writer began; where somebody else wrote meanwhile, both texts are kept. Raises Invalid, Illegal.
    """
    row = hold(inspection, by=by)
    if row.begun_at is None:
        raise Illegal(_("Begin the visit first."))
    author = person(by)
    kept = {name: plain(words[name]) for name in WORDS if name in words}
    for name in kept.keys() & (seen or {}).keys():
        stood = plain(seen[name]) if seen else ""
        kept[name] = together(seen=stood, mine=kept[name], theirs=getattr(row, name), name=author.name or author.email)
    long = {name: [_("This text is too long. Shorten it.")] for name in kept if len(kept[name]) > LONGEST_WORDS}
    if long:
        raise Invalid(long)
    for name, text in kept.items():
        setattr(row, name, text)
    row.seen_at = now
    row.save(update_fields=[*kept, "seen_at"])
    return row


def plain(text: str) -> str:
    """As it is kept: a browser sends other line ends than it shows."""
    return text.replace("\r\n", "\n").strip()
