"""The read model of one case for its customer: own queries, plain values, nothing internal. Writes nothing.

Templates get these values and never a ticket: no note, no note beside an event, no colleague behind an event, no
internal status or clock can reach them, because none is copied here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from common import languages
from inspections import facts as inspections
from inspections import manners
from jobs.words import moved_days, step_title
from servicedesk import wording
from servicedesk.screens import levels
from servicedesk.screens.portal import clocks as promised_clocks
from servicedesk.screens.portal import coming, dates, verdict, visit_card, words
from servicedesk.screens.portal import journey as stages
from servicedesk.screens.portal import times as counting
from servicedesk.screens.portal.clocks import Telling
from servicedesk.screens.portal.journey import Step
from servicedesk.screens.portal.visit_card import VisitCard
from sla import facts, policy_text, reports
from tickets import appointments, event_types, lifecycle, proposals, services
from tickets.kinds import Kind
from tickets.models import Attachment, Reply, Ticket, TicketEvent


@dataclass(frozen=True)
class FileRow:
    key: UUID
    name: str
    size: int
    has_preview: bool


@dataclass
class Entry:
    """A message, or one line of what happened. `author` is a name only where the person wrote to the other side.

    `title` is the report's, where it says more than that.
    """

    at: datetime
    text: str
    title: str = ""
    author: str = ""
    face: str = ""
    is_mine: bool = False
    is_desk: bool = False
    is_message: bool = False
    lang: str = ""
    icon: str = "info"
    files: list[FileRow] = field(default_factory=list)


@dataclass(frozen=True)
class CaseView:
    """Everything the customer's page of one case shows."""

    reference: str
    title: str
    lang: str
    place: str
    what: str
    where: str
    serial_number: str
    warranty: str
    level_name: str
    state: str
    telling: Telling
    steps: list[Step]
    times: list[counting.Explanation]
    zone_name: str
    is_merged: bool
    goes_on_at: str
    has_site: bool
    entries: list[Entry]
    can_write: bool
    can_judge: bool
    answered: bool | None
    can_reopen: bool
    asks_consent: bool
    proposal: int
    question: dates.Question | None
    visit: VisitCard | None
    access: str
    asks_signature: bool
    turns_at: datetime


def case(ticket: Ticket, now: datetime, *, viewer: User | None) -> CaseView:
    """`viewer` None: a guest with the signed link, who is taken for the one who reported it."""
    whole = services.read_logs([ticket])[ticket.pk]
    standing = reports.standing(ticket, now, whole)
    log, zone = lifecycle.in_force(whole), zone_of(ticket)
    found, answered = promised_clocks.promises(standing.clocks, now), _answered(log)
    happened = [event for event in log if event.type in event_types.PUBLIC and event.occurred_at <= now]
    heard = _heard(ticket, log, happened, found, standing)
    return CaseView(
        reference=ticket.reference,
        title=ticket.title,
        lang=ticket.language,
        place=place_of(ticket),
        what=str(ticket.equipment.product) if ticket.equipment else "",
        where=_where(ticket),
        serial_number=ticket.equipment.serial_number if ticket.equipment else "",
        warranty=_warranty(ticket, now, zone),
        level_name=_level_name(ticket, standing),
        state=ticket.state,
        telling=merged(ticket)
        or promised_clocks.tell(ticket.state, found, now, zone, is_trouble=standing.trouble, heard=heard),
        steps=_steps(ticket, happened, found, heard, now, zone),
        times=_times(ticket, standing, now, zone),
        zone_name=wording.city(zone),
        is_merged=ticket.merged_into is not None,
        goes_on_at=_goes_on_at(ticket, viewer),
        has_site=ticket.site is not None,
        entries=_entries(ticket, happened, viewer, _complaints(ticket, log, viewer), heard.manner),
        can_write=ticket.is_open,
        can_judge=_can_judge(ticket, answered, heard),
        answered=answered,
        can_reopen=ticket.state == "closed",
        asks_consent=_asks_consent(ticket, happened),
        proposal=heard.terms.open_at(now),
        question=dates.question(appointments.of(happened), now, heard.manner),
        visit=visit_card.of(heard.coming, now, zone, heard.manner),
        access=_access(ticket, viewer),
        asks_signature=viewer is not None and _asks_signature(ticket),
        turns_at=promised_clocks.turns_at(found, now, zone, heard),
    )


def _asks_signature(ticket: Ticket) -> bool:
    """Of an inspection at which nobody was there to sign."""
    row = inspections.of_ticket(ticket)
    return row is not None and row.signed_at is not None and row.sign_off.is_owed


def _steps(
    ticket: Ticket,
    happened: Sequence[TicketEvent],
    found: Sequence[promised_clocks.Promise],
    heard: promised_clocks.Heard,
    now: datetime,
    zone: tzinfo,
) -> list[Step]:
    if ticket.state == "cancelled":
        return []
    visit_at, is_over = coming.planned_at(happened), not ticket.is_open
    kind = stages.AFAR if heard.manner in manners.AFAR else ticket.kind
    return stages.steps(kind, happened, found, now, zone, is_over=is_over, terms=heard.terms, visit_at=visit_at)


def _times(ticket: Ticket, standing: reports.Standing, now: datetime, zone: tzinfo) -> list[counting.Explanation]:
    if ticket.state == "cancelled":
        return []
    return counting.explain(standing, now, zone, has_contract=ticket.contract_id is not None)


def _answered(log: Sequence[TicketEvent]) -> bool | None:
    """What the customer's side said of the last work: works, does not, or nothing yet."""
    question = services.survey_asked(log)
    if question is None or question.is_over:
        return None
    answers = [event for event in log if event.type == "survey_answered" and event.seq > question.event.seq]
    return bool(answers[-1].data.get("works")) if answers else None


def _can_judge(ticket: Ticket, answered: bool | None, heard: promised_clocks.Heard) -> bool:
    is_waited_for = ticket.state == "resolved" or (ticket.state == "restored" and answered is None)
    return is_waited_for and heard.verdict.works_at is None


def merged(ticket: Ticket) -> Telling | None:
    return promised_clocks.tell_merged(ticket.merged_into.reference) if ticket.merged_into else None


def _goes_on_at(ticket: Ticket, viewer: User | None) -> str:
    """The number of the case it was merged into, for who may see that one; a guest's link opens his own only."""
    if ticket.merged_into is None or viewer is None:
        return ""
    is_visible = Ticket.objects.visible_to(viewer).filter(pk=ticket.merged_into.pk).exists()
    return ticket.merged_into.reference if is_visible else ""


def _heard(
    ticket: Ticket,
    log: Sequence[TicketEvent],
    happened: Sequence[TicketEvent],
    found: Sequence[promised_clocks.Promise],
    standing: reports.Standing,
) -> promised_clocks.Heard:
    """Who was called about the miss that is told first, by role; who comes; when anything public last happened."""
    late = next((promise.target for promise in found if promise.is_late), "")
    missed = next((e for e in reversed(log) if e.type == "clock_missed" and e.data.get("target") == late), None)
    step = standing.scheme.ladder_for(str(missed.data.get("level", ""))) if missed and standing.scheme else None
    return promised_clocks.Heard(
        manner=manners.of(ticket),
        called_at=missed.occurred_at if missed else None,
        called=step.calls if step else (),
        coming=coming.of(ticket, happened),
        terms=proposals.of(happened),
        stepped_at=max((event.occurred_at for event in happened), default=None),
        verdict=verdict.of(log),
        cancelled_at=next((event.occurred_at for event in reversed(happened) if event.type == "cancelled"), None)
        if ticket.state == "cancelled"
        else None,
    )


def _level_name(ticket: Ticket, standing: reports.Standing) -> str:
    """Nothing where it says nothing about what is promised, as of most changes and inspections."""
    if standing.scheme is not None and not standing.scheme.has_levels(ticket.kind):
        return ""
    return levels.name_of(ticket, ticket.level) or ticket.level


def place_of(ticket: Ticket) -> str:
    """The machine and its site, as a customer names what a case is about."""
    unit = str(ticket.equipment.product) if ticket.equipment else ""
    return policy_text.clauses([part for part in (unit, ticket.site.name if ticket.site else "") if part])


def _access(ticket: Ticket, viewer: User | None) -> str:
    """A guest's link opens one case: what was told with it, not what is known of a place."""
    if not ticket.is_open:
        return ""
    return services.access_of(ticket) if viewer else ticket.access_notes


def zone_of(ticket: Ticket) -> tzinfo:
    """Customers see the time of their site; while none is known, that of the place the promises are counted for."""
    return ZoneInfo(ticket.site.zone if ticket.site else facts.DEFAULT_ZONE)


def _asks_consent(ticket: Ticket, log: Sequence[TicketEvent]) -> bool:
    if not ticket.is_open:
        return False
    answers = [event.type for event in log if event.type.startswith("remote_")]
    asked = [i for i, kind in enumerate(answers) if kind == "remote_requested"]
    return bool(asked) and not {"remote_granted", "remote_refused", "remote_started"} & set(answers[asked[-1] :])


def _entries(
    ticket: Ticket, log: Sequence[TicketEvent], viewer: User | None, complaints: Sequence[Entry], manner: str
) -> list[Entry]:
    """The report itself, messages, files and the public steps, in the order in which they happened."""
    me = viewer.pk if viewer else ticket.reporter_id
    replies = {reply.event_id: reply for reply in Reply.objects.filter(ticket=ticket).select_related("author")}
    files: dict[int, list[FileRow]] = {}
    from_desk: dict[int, bool] = {}
    for row in Attachment.objects.filter(ticket=ticket).public().select_related("uploaded_by"):
        came_with = row.event_id or 0
        files.setdefault(came_with, []).append(FileRow(row.key, row.name, row.size, row.has_preview))
        from_desk[came_with] = bool(row.uploaded_by and row.uploaded_by.is_staff_member)
    entries = [_report(ticket, me, _sent_with(ticket, files, from_desk)), *complaints]
    for event in log:
        if event.pk in replies:
            entries.append(_message(replies[event.pk], ticket, me, files.pop(event.pk, [])))
        elif event.type in words.EVENTS and not event.data.get("by_reply"):
            entries.append(_line(event, ticket, files.pop(event.pk, []), manner))
    entries.extend(_loose(event_id, found, ticket, from_desk[event_id]) for event_id, found in files.items())
    return _folded(sorted(entries, key=lambda entry: entry.at))


def _complaints(ticket: Ticket, log: Sequence[TicketEvent], viewer: User | None) -> list[Entry]:
    """The words that came with a "no, not yet", once each: the work goes on with them. Who wrote them is not told."""
    me = viewer.pk if viewer else ticket.reporter_id
    told: dict[str, Entry] = {}
    for event in log:
        comment = str(event.data.get("comment") or "")
        if event.type == "survey_answered" and comment and not event.data.get("works") and comment not in told:
            is_mine = event.user_id == me
            author = _("You") if is_mine else _("Your side")
            lang = languages.detect(comment)
            told[comment] = Entry(event.occurred_at, comment, "", author, is_mine=is_mine, is_message=True, lang=lang)
    return list(told.values())


def _folded(entries: Sequence[Entry]) -> list[Entry]:
    """The same line twice running is told once, at its first time; a message or a file is never left out."""
    told: list[Entry] = []
    for entry in entries:
        is_repeated = told and not (told[-1].is_message or entry.is_message or entry.files)
        if not is_repeated or told[-1].text != entry.text:
            told.append(entry)
    return told


def _sent_with(ticket: Ticket, files: dict[int, list[FileRow]], from_desk: dict[int, bool]) -> list[FileRow]:
    """Files that came in the moment of the report are part of it."""
    own = [pk for pk in files if not from_desk[pk]]
    if not own:
        return []
    at_once = TicketEvent.objects.filter(pk__in=own, type="attached", occurred_at=ticket.received_at)
    return [row for pk in at_once.values_list("pk", flat=True) for row in files.pop(pk)]


def _report(ticket: Ticket, me: int | None, files: list[FileRow]) -> Entry:
    """Who reported by telephone did not write the words: they are the desk's, told as the report."""
    is_mine = ticket.reporter_id is not None and ticket.reporter_id == me
    return Entry(
        at=ticket.received_at,
        text=ticket.description or ticket.title,
        title=ticket.title if ticket.description else "",
        author=_("You") if is_mine else _reporter_name(ticket),
        face="" if _is_planned(ticket) else _reporter_name(ticket),
        is_mine=is_mine,
        is_desk=_is_planned(ticket),
        is_message=True,
        lang=ticket.language,
        files=files,
    )


def _message(reply: Reply, ticket: Ticket, me: int | None, files: list[FileRow]) -> Entry:
    is_mine = reply.is_from_customer and reply.author_id == me
    name = reply.author.name if reply.author else ticket.contact_name
    return Entry(
        at=reply.created_at,
        text=reply.body,
        author=_("You") if is_mine else name or (_("Your side") if reply.is_from_customer else _("Service Desk")),
        face=name or (_reporter_name(ticket) if reply.is_from_customer else ""),
        is_mine=is_mine,
        is_desk=not reply.is_from_customer,
        is_message=True,
        lang=reply.language or languages.detect(reply.body),
        files=files,
    )


def _line(event: TicketEvent, ticket: Ticket, files: list[FileRow], manner: str) -> Entry:
    """Nothing of the event but its kind, its time, its files, the plain name of a level and where it was merged."""
    kind, facts = event.type, {}
    if kind in ("level_confirmed", "level_raised"):
        code, old = str(event.data.get("level", "")), str(event.data.get("from") or "")
        facts = {"level": levels.name_of(ticket, code) or code, "old": levels.name_of(ticket, old) or old}
        kind = "level_changed" if kind == "level_confirmed" and old and old != code else kind
    if kind == "visit_planned" and event.data.get("moved_from"):
        kind = "visit_moved"
    if kind == "step_done":
        facts = {"step": step_title(str(event.data.get("job", "")), str(event.data.get("step", "")))}
    if kind == "work_moved":
        facts = {"days": wording.days(*moved_days(event.data))}
    text = str(words.event_of(kind, manner)) % facts
    if event.type == "cancelled" and event.data.get("duplicate_of"):
        text = str(words.MERGED_LINE) % {"number": event.data["duplicate_of"]}
    return Entry(at=event.occurred_at, text=text, icon=words.EVENT_ICONS.get(event.type, "info"), files=files)


def _loose(event_id: int, files: list[FileRow], ticket: Ticket, from_desk: bool) -> Entry:
    """Files without a message."""
    at = TicketEvent.objects.filter(pk=event_id).values_list("occurred_at", flat=True).first()
    text = _("We added files.") if from_desk else _("Files were added.")
    return Entry(at=at or ticket.received_at, text=text, icon="clip", files=files)


def _reporter_name(ticket: Ticket) -> str:
    if ticket.reporter and not ticket.reporter.is_staff_member:
        return ticket.reporter.name
    return ticket.contact_name or (_("Service Desk") if _is_planned(ticket) else _("Your report"))


def _is_planned(ticket: Ticket) -> bool:
    """Nobody asked for it: an inspection that the contract owes, or work that the desk planned."""
    return ticket.kind in (Kind.INSPECTION, Kind.JOB) and ticket.reporter_id is None and not ticket.contact_name


def _warranty(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """The last day of it; nothing where it is over or not known."""
    ends = ticket.equipment.warranty_ends_on if ticket.equipment else None
    if ends is None or ends <= now.astimezone(zone).date():
        return ""
    return _("until %(day)s") % {"day": wording.date_of(ends - timedelta(days=1))}


def _where(ticket: Ticket) -> str:
    place = ticket.equipment.place if ticket.equipment else ""
    return policy_text.clauses([part for part in (ticket.site.name if ticket.site else "", place) if part])
