"""Plays steps through the services, in the order of time, with a sweep at each instant something is due.

The clock is the story's own: `now` of every service is the step's instant, as it was that day.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Min

from accounts.actors import GUEST, Actor
from accounts.models import Team, User
from common.errors import Refusal
from customers.models import Equipment, Site
from servicedesk.demo import cases, crisis, pictures
from servicedesk.demo.cases import Case
from servicedesk.demo.steps import Step
from sla import services as sla
from sla.models import Timer
from tickets import services as tickets
from tickets.models import Ticket, TicketEvent

GUEST_FIRM = "Harbour Café"
SAY_EVERY = 20  # tickets
MANY = 1_000_000  # steps asked for later come after those of the same instant


@dataclass
class Player:
    """`made`: case index -> ticket. `refused`: steps that the lifecycle did not allow; a test wants none."""

    people: Mapping[str, User]
    teams: Mapping[int, Team | None]
    sites: Mapping[str, Site]
    units: Mapping[str, Equipment]
    say: Callable[[str], None]
    told: dict[int, Case] = field(default_factory=dict)
    made: dict[int, Ticket] = field(default_factory=dict)
    refused: list[tuple[Step, str]] = field(default_factory=list)
    coming: list[tuple[datetime, int, Step]] = field(default_factory=list)
    swept_until: datetime | None = None

    def play(self, steps: Iterable[Step], until: datetime) -> None:
        """Whatever follows from the clocks comes first; a crisis that opens asks for more steps."""
        self.coming = [(step.at, number, step) for number, step in enumerate(steps)]
        heapq.heapify(self.coming)
        total = len({step.case.index for _, _, step in self.coming})
        while True:
            due_at = self._next_due(self.coming[0][0] if self.coming else until)
            if due_at is not None:
                self._sweep(due_at, until)
            elif self.coming:
                self._take(heapq.heappop(self.coming)[-1], total)
            else:
                break

    def _next_due(self, until: datetime) -> datetime | None:
        """Nothing is looked for before the last sweep: rows deleted in this transaction still lie in the index."""
        ahead = Timer.objects.filter(due_at__lte=until)
        if self.swept_until is not None:
            ahead = ahead.filter(due_at__gt=self.swept_until)
        first: datetime | None = ahead.aggregate(first=Min("due_at"))["first"]
        return first

    def _sweep(self, due_at: datetime, until: datetime) -> None:
        """The timers of one instant, as the running program would; people answer a crisis that opens."""
        swept = sla.fire_due(now=due_at)
        self.swept_until = due_at
        if swept.fired:
            self._answer(due_at, until)

    def _take(self, step: Step, total: int) -> None:
        try:
            VERBS[step.verb](self, step)
        except Refusal as refusal:
            self.refused.append((step, refusal.detail))
        if step.verb == "report" and len(self.made) % SAY_EVERY == 0:
            self.say(f"filling the demo world: {len(self.made)} of {total} tickets")

    def _answer(self, due_at: datetime, until: datetime) -> None:
        for event in TicketEvent.objects.filter(type="crisis_opened", recorded_at=due_at):
            case = next(case for case in self.told.values() if self.made[case.index].pk == event.ticket_id)
            rest = [step for _, _, step in self.coming if step.case.index == case.index]
            for step in crisis.answer(Step(event.occurred_at, case, "event", "lead"), rest, until):
                heapq.heappush(self.coming, (step.at, MANY + len(self.coming), step))

    def actor(self, key: str) -> Actor:
        return GUEST if key == "guest" else Actor(user=self.people[key])


def _report(player: Player, step: Step) -> None:
    case = step.case
    name, email, phone = cases.CONTACTS.get(case.scheme, cases.CONTACTS.get(case.site, ("", "", "")))
    is_known = case.reporter not in ("", "guest")
    contact = tickets.Contact() if is_known else tickets.Contact(name, email, phone, "" if case.site else GUEST_FIRM)
    intake = tickets.Intake(
        title=case.title,
        description=case.description,
        kind=case.story.kind,
        language=case.story.language,
        site=player.sites.get(case.site),
        equipment=player.units[case.unit.serial] if case.unit else None,
        level="" if step.by == "guest" else case.level,
        scheme=case.scheme if case.is_scheme_named else "",
        category=case.story.category,
        channel=case.channel,
        reporter=player.people[case.reporter] if is_known else None,
        contact=contact,
    )
    player.told[case.index] = case
    player.made[case.index] = tickets.report(intake=intake, by=player.actor(step.by), at=step.at, now=step.at)


def _assign(player: Player, step: Step) -> None:
    assignee = player.people[step.data["to"]]
    team = player.teams[assignee.pk]
    tickets.assign(ticket=_of(player, step), assignee=assignee, team=team, by=player.actor(step.by), now=step.at)


def _edit(player: Player, step: Step) -> None:
    tickets.edit(ticket=_of(player, step), changes=step.data["changes"], by=player.actor(step.by), now=step.at)


def _reply(player: Player, step: Step) -> None:
    words = {"body": step.data["text"], "language": step.data["language"]}
    tickets.reply(ticket=_of(player, step), by=player.actor(step.by), now=step.at, **words)


def _note(player: Player, step: Step) -> None:
    tickets.note(ticket=_of(player, step), body=step.data["text"], by=player.actor(step.by), now=step.at)


def _tag(player: Player, step: Step) -> None:
    tickets.tag(ticket=_of(player, step), add=step.data["words"], by=player.actor(step.by), now=step.at)


def _event(player: Player, step: Step) -> None:
    tickets.record(
        ticket=_of(player, step),
        type=step.data["type"],
        by=player.actor(step.by),
        at=step.at,
        now=step.at,
        note=step.data["note"],
        message=step.data.get("message", ""),
        fields=step.data["fields"],
    )


def _survey(player: Player, step: Step) -> None:
    answer = tickets.Answer(works=True, **step.data, language="en")
    tickets.answer_survey(ticket=_of(player, step), answer=answer, by=player.actor(step.by), now=step.at)


def _attach(player: Player, step: Step) -> None:
    upload = SimpleUploadedFile(step.data["name"], pictures.photo(step.data["caption"]), "image/png")
    tickets.attach(ticket=_of(player, step), uploads=[upload], by=player.actor(step.by), now=step.at)


def _link(player: Player, step: Step) -> None:
    target = player.made.get(step.data["target"])
    if target is not None:
        kind = step.data["kind"]
        tickets.link(ticket=_of(player, step), target=target, kind=kind, by=player.actor(step.by), now=step.at)


def _merge(player: Player, step: Step) -> None:
    target = player.made[step.data["target"]]
    tickets.merge(ticket=_of(player, step), into=target, by=player.actor(step.by), now=step.at)


def _of(player: Player, step: Step) -> Ticket:
    return player.made[step.case.index]


VERBS: Mapping[str, Callable[[Player, Step], None]] = {
    "report": _report,
    "assign": _assign,
    "edit": _edit,
    "reply": _reply,
    "note": _note,
    "event": _event,
    "survey": _survey,
    "attach": _attach,
    "link": _link,
    "merge": _merge,
    "tag": _tag,
}
