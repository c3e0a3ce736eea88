"""What becomes of a case: the steps from the report to the end, in time or late, as long as the steps lie in the past.

Pure. Which clocks are met or missed follows from the steps, not from here: the engine decides.
"""

from dataclasses import replace

from servicedesk.demo import stories
from servicedesk.demo.cases import Case
from servicedesk.demo.pace import Pace
from servicedesk.demo.steps import Notebook, Step

HOUR, DAY = 60.0, 1440.0
WITH_CONSENT = frozenset({"power", "telecom", "software"})
WITH_REPORT = frozenset({"infrastructure"})


def play(case: Case, pace: Pace) -> list[Step]:
    """All steps of the case, in their order."""
    book = Notebook(case, case.rng.choice(("agent", "agent", "agent2", "agent2", "lead")))
    book.steps.append(Step(case.received_at, case, "report", _who_reports(case)))
    kinds = {"change": _change, "inspection": _inspection}
    kinds.get(case.story.kind, _fault)(book, pace)
    return sorted(book.steps, key=lambda step: step.at)


def _who_reports(case: Case) -> str:
    if case.reporter == "guest" or (case.channel == "portal" and case.reporter):
        return case.reporter
    return "engineer" if case.channel == "visit" else case.rng.choice(("agent", "agent2"))


def _fault(book: Notebook, pace: Pace) -> None:
    answered = _answer(book, pace)
    if book.chance(0.03):
        book.event(answered + book.rng.uniform(20, 200), "cancelled", "lead", note="Reported twice.")
        return
    pace = _regrade(book, pace, answered)
    begun = _diagnose(book, pace, answered)
    waited = _wait(book, begun) if pace.restore != pace.graver and book.chance(0.2) else 0.0
    restored = _repair(book, pace, begun, waited)
    _finish(book, pace, restored)


def _answer(book: Notebook, pace: Pace) -> float:
    """Assigned, then answered: mostly well in time."""
    share = book.rng.uniform(1.15, 2.6) if book.chance(0.055) else book.rng.uniform(0.15, 0.75)
    at = pace.respond * share
    if book.chance(0.8):
        book.add(at * book.rng.uniform(0.2, 0.6), "assign", book.rng.choice(("lead", book.owner)), to=book.owner)
    else:
        book.add(at * 0.9, "assign", book.owner, to=book.owner)
    book.reply(at, book.case.story.reply)
    return at


def _regrade(book: Notebook, pace: Pace, answered: float) -> Pace:
    """A second look at the level: now and then it is graver than was said, or lighter."""
    if book.case.scheme != "infrastructure" or book.case.level not in "23" or not book.chance(0.2):
        return pace
    if book.case.level == "2":
        book.event(answered + 6, "level_confirmed", "lead", note="The second unit carries the load.", level="3")
        return pace
    book.event(answered + 6, "level_confirmed", "lead", note="More people stand still than was said.", level="2")
    return replace(pace, restore=4 * HOUR, graver=4 * HOUR, arrive=2 * HOUR)


def _diagnose(book: Notebook, pace: Pace, answered: float) -> float:
    """A proposal where one is promised; the note of what was found."""
    at = answered + book.rng.uniform(2, 9)
    if pace.diagnose is not None:
        share = book.rng.uniform(1.05, 1.6) if book.chance(0.06) else book.rng.uniform(0.4, 0.9)
        at = max(at, pace.diagnose * share)
        book.event(at, "diagnosed")
    if book.chance(0.5):
        book.add(at + 1, "note", text=book.case.text(book.case.story.note))
    if book.case.story.cause and book.chance(0.7):
        book.add(at + 2, "edit", changes={"cause": book.case.story.cause})
    if book.case.story.tags:
        book.add(at + 2, "tag", words=book.case.story.tags)
    return at + 2


def _wait(book: Notebook, begun: float) -> float:
    """A question to the customer; his answer ends the wait by itself."""
    words = stories.phrases()[book.case.story.language]
    pick = book.rng.randrange(min(len(words["ask"]), len(words["answer"])))
    at = begun + book.rng.uniform(3, 15)
    book.reply(at, words["ask"][pick])
    book.event(at + 0.2, "waiting", note="Waiting for the customer's answer.")
    answer = book.in_the_day(at + book.rng.uniform(25, 700))
    if book.customer:
        book.reply(answer, words["answer"][pick], book.customer)
    else:
        book.event(answer, "resumed", note="Answered by phone.")
    return answer - begun


def _repair(book: Notebook, pace: Pace, begun: float, waited: float) -> float:
    """Remote work, a visit, or words on the phone; returns when it worked again."""
    start = begun + waited + book.rng.uniform(3, 12)
    end = max(start + 15, _aim(book, pace) + waited)
    route = book.rng.random()
    if book.case.story.kind in ("question", "complaint") or route < 0.15:
        return end
    visit = route > (0.9 if (pace.restore or 999) <= HOUR else 0.62)
    failed = _remote(book, start, end)
    return _visit(book, pace, failed, end) if visit else end


def _aim(book: Notebook, pace: Pace) -> float:
    """When it should work again: mostly in time, now and then late, but not so late that a whole cascade follows."""
    if pace.restore is None:
        return book.rng.uniform(2, 30) * HOUR
    if book.case.level == "1" or not book.chance(0.06):
        return pace.restore * book.rng.uniform(0.3, 0.85)
    return pace.restore + (pace.graver or pace.restore) * book.rng.uniform(0.1, 0.7)


def _remote(book: Notebook, start: float, end: float) -> float:
    words = stories.phrases()[book.case.story.language]
    length = end - start
    if book.case.scheme in WITH_CONSENT:
        book.event(start + length * 0.05, "remote_requested", message=words["consent"])
        book.event(start + length * 0.12, "remote_granted", book.customer)
    book.event(start + length * 0.15, "remote_started")
    return start + length * 0.3


def _visit(book: Notebook, pace: Pace, failed: float, end: float) -> float:
    """Support from afar did not help: an engineer comes, sometimes with a part."""
    words = stories.phrases()[book.case.story.language]
    book.event(failed, "remote_failed", note="Needs somebody on site.")
    book.add(failed + 1, "assign", "lead", to="engineer")
    promised = pace.arrive or pace.travel + 40
    is_tight = (pace.restore or 999) <= 4 * HOUR  # too late an arrival would miss the restore too, and open a crisis
    share = book.rng.uniform(1.05, 1.4) if book.chance(0.1) else book.rng.uniform(0.45, 0.92)
    arrived = max(failed + promised * min(share, 0.6 if is_tight else 2), failed + 15)
    departed = max(failed + 5, arrived - pace.travel)
    book.event(departed, "departed", "engineer", message=words["visit"])
    book.event(arrived, "arrived", "engineer")
    if not is_tight and book.chance(0.08):
        arrived = _second_visit(book, arrived)
    restored = max(end, arrived + book.rng.uniform(15, 45))
    if book.chance(0.3):
        _part(book, arrived + 15, restored)
    return restored


def _second_visit(book: Notebook, arrived: float) -> float:
    book.event(arrived + 10, "visit_failed", "engineer", note="Nobody on site could open the hall.")
    again = arrived + book.rng.uniform(80, 150)
    book.event(again - 25, "departed", "engineer")
    return book.event(again, "arrived", "engineer")


def _part(book: Notebook, asked: float, restored: float) -> None:
    """A loaner keeps the service up; the part follows."""
    words = stories.phrases()[book.case.story.language]
    book.event(asked, "spare_needed", "engineer", message=words["part"])
    book.event(min(asked + 4, restored - 1), "loaner_installed", "engineer")
    sent = asked + book.rng.uniform(1, 9) * HOUR
    book.event(sent, "spare_dispatched", "storekeeper")
    book.busy_until = book.event(sent + book.rng.uniform(3, 22) * HOUR, "spare_delivered", "storekeeper")


def _finish(book: Notebook, pace: Pace, restored: float) -> None:
    """Restored, resolved, report, judgement, closed."""
    words = stories.phrases()[book.case.story.language]
    book.event(restored, "restored", message=book.case.story.fix)
    resolved = book.event(restored + book.rng.uniform(10, 240), "resolved")
    if book.case.story.cause == "design_defect" and book.case.scheme == "power":
        resolved = _defer_upgrade(book, resolved)
    if book.case.scheme in WITH_REPORT:
        book.event(book.in_the_day(restored + _until_report(book)), "report_sent")
    judged = book.in_the_day(resolved + book.rng.uniform(2, 40) * HOUR)
    if book.chance(0.04):
        judged = _not_yet(book, pace, judged, words)
    if book.chance(0.7):
        if book.customer and book.chance(0.6):
            book.reply(judged - 1, book.rng.choice(words["thanks"]), book.customer)
        book.event(judged, "satisfied", book.customer)
    over = max(judged + book.rng.uniform(1, 26) * HOUR, book.busy_until + HOUR)
    closed = book.event(book.in_the_day(over), "closed")
    if book.chance(0.03):
        _reopen(book, pace, closed, words)


def _until_report(book: Notebook) -> float:
    """A report is owed for a question too, and soon written."""
    if book.case.story.kind != "fault":
        return 4 * HOUR
    return 5 * DAY if book.chance(0.08) else book.rng.uniform(1, 8) * HOUR


def _defer_upgrade(book: Notebook, resolved: float) -> float:
    """A defect of design is cured by the upgrade, days after the first step round it."""
    book.steps = [step for step in book.steps if step.data.get("type") != "resolved"]
    return book.event(resolved + book.rng.uniform(5, 24) * DAY, "resolved", note="Cured by the upgrade.")


def _not_yet(book: Notebook, pace: Pace, judged: float, words: dict[str, list[str]]) -> float:
    if book.customer:
        book.reply(judged - 1, book.rng.choice(words["unhappy"]), book.customer)
    book.event(judged, "not_satisfied", book.customer, down=False)
    again = judged + (pace.restore or 6 * HOUR) * book.rng.uniform(0.2, 0.7)
    book.event(again, "resolved", note=book.case.text(book.case.story.fix))
    return book.in_the_day(again + book.rng.uniform(2, 20) * HOUR)


def _reopen(book: Notebook, pace: Pace, closed: float, words: dict[str, list[str]]) -> None:
    at = book.in_the_day(closed + book.rng.uniform(5, 50) * HOUR)
    book.event(at, "reopened", book.customer, down=book.chance(0.5))
    if book.customer:
        book.reply(at + 1, book.rng.choice(words["unhappy"]), book.customer)
    book.reply(at + book.rng.uniform(8, 25), book.case.story.reply)
    hours = min(pace.restore or 6 * HOUR, 4 * HOUR)  # its level may have been raised since
    solved = book.event(at + 25 + hours * book.rng.uniform(0.2, 0.6), "resolved")
    book.event(book.in_the_day(solved + book.rng.uniform(4, 30) * HOUR), "closed")


def _change(book: Notebook, pace: Pace) -> None:
    """Answered in writing within a week, confirmed with a date, delivered about then."""
    _answer(book, pace)
    share = 1.1 if book.chance(0.15) else book.rng.uniform(0.3, 0.9)
    answered = book.in_the_day(168 * HOUR * share)
    confirmed = book.in_the_day(answered + book.rng.uniform(1, 3) * DAY)
    agreed = book.in_the_day(confirmed + book.rng.uniform(9, 18) * DAY)
    book.event(answered, "change_answered", note=book.case.story.note, proposed_at=book.instant(agreed))
    book.event(confirmed, "change_confirmed", book.customer, agreed_at=book.instant(agreed))
    delivered = agreed + (book.rng.uniform(0.2, 1.5) * DAY if book.chance(0.2) else -book.rng.uniform(0.1, 3) * DAY)
    book.event(delivered, "change_delivered")
    book.event(book.in_the_day(delivered + book.rng.uniform(1, 3) * DAY), "closed")


def _inspection(book: Notebook, pace: Pace) -> None:
    """Planned a month ahead, announced three weeks ahead, done, reported."""
    book.add(30, "assign", "lead", to="engineer")
    visit = book.in_the_day(book.rng.uniform(30, 38) * DAY)
    book.event(90, "visit_planned", planned_at=book.instant(visit))
    book.event(book.in_the_day(book.rng.uniform(1, 7) * DAY), "notice_sent")
    done = book.event(visit + 200, "visit_done", "engineer")
    late = book.chance(0.25)
    report = book.event(book.in_the_day(done + (6 * DAY if late else book.rng.uniform(0.4, 1.6) * DAY)), "report_sent")
    book.event(book.in_the_day(report + 2 * DAY), "closed")
