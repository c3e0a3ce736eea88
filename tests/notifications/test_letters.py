"""What stands in a mail: the reader's language, the state at the moment of sending, and nothing he may not read."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from accounts.actors import SYSTEM, Actor
from accounts.models import Duty
from notifications import services as notifications
from notifications.models import Delivery, Notice
from notifications.rules import KINDS
from sla import services as sla
from tests.notifications.conftest import NOW
from tickets import services
from tickets.models import Ticket

pytestmark = pytest.mark.django_db
REPORTED = NOW - timedelta(hours=1)
CANARY = "canary-9f3b"


def test_confirmation_names_number_promises_and_link(case, run_outbox):
    letter = run_outbox(NOW)[0]
    assert letter.to == ["alice@demo.test"]
    assert case.reference in letter.subject
    assert f"/portal/{case.reference}/" in letter.body
    assert "Restore: by Sat 21 Nov 2026 17:00\n" in letter.body
    assert letter.body.count("Times are Shanghai time.") == 1


def test_reply_is_in_the_mail(case, agent, run_outbox):
    services.reply(ticket=case, body="Please press the red button.", by=Actor(user=agent), now=NOW)
    assert any("Please press the red button." in letter.body for letter in run_outbox(NOW))


def test_customers_language_is_used(case, alice, agent, run_outbox, happen):
    alice.language = "zh-hans"
    alice.save()
    body = run_outbox(NOW)[0].body
    assert "2026年11月21日" in body


def test_warning_says_what_is_true_when_it_is_sent(case, engineer, administrator, run_outbox):
    Duty.objects.create(code="dedicated_engineer", user=engineer)
    sla.fire_due(now=REPORTED + timedelta(minutes=23))
    letters = run_outbox(REPORTED + timedelta(minutes=27))
    warning = next(letter for letter in letters if letter.to == ["engineer@demo.test"])
    assert "90% of the time is used, 3m left" in warning.body


def test_warning_that_has_become_pointless_is_not_sent(case, engineer, agent, run_outbox):
    Duty.objects.create(code="dedicated_engineer", user=engineer)
    sla.fire_due(now=REPORTED + timedelta(minutes=23))
    services.reply(ticket=case, body="On it.", by=Actor(user=agent), now=REPORTED + timedelta(minutes=24))
    letters = run_outbox(REPORTED + timedelta(minutes=25))
    assert "engineer@demo.test" not in {letter.to[0] for letter in letters}
    assert Delivery.objects.get(kind="clock_warned", user=engineer).status == Delivery.Status.DROPPED


def test_late_is_said_with_the_due_time(case, engineer, run_outbox):
    Duty.objects.create(code="dedicated_engineer", user=engineer)
    sla.fire_due(now=REPORTED + timedelta(minutes=31))
    letter = next(mail for mail in run_outbox(NOW) if "Late: Reply" in mail.subject)
    assert "Reply was due Fri 20 Nov 2026 17:30 CST and is late." in letter.body


def test_title_with_line_breaks_cannot_add_a_header(case, run_outbox):
    Ticket.objects.filter(pk=case.pk).update(title="Dead\r\nBcc: victim@elsewhere.test\x0b")
    letter = run_outbox(NOW)[0]
    assert letter.subject.endswith("Dead Bcc: victim@elsewhere.test")
    assert letter.recipients() == ["alice@demo.test"]


def test_mail_says_that_a_program_wrote_it(case, run_outbox):
    headers = run_outbox(NOW)[0].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["X-Auto-Response-Suppress"] == "All"
    assert headers["Message-ID"] == Delivery.objects.get().message_id


def test_notes_and_internal_facts_never_reach_a_customers_mail(case, alice, agent, lead, run_outbox, happen):
    services.watch(ticket=case, user=alice, by=SYSTEM)
    services.note(ticket=case, body=CANARY, by=Actor(user=agent), now=NOW)
    happen(case, "loaner_requested", by=agent, note=CANARY)
    happen(case, "contingency_declared", by=lead, note=CANARY)
    happen(case, "diagnosed", by=agent, note=CANARY)
    happen(case, "departed", by=agent, note=CANARY)
    services.edit(ticket=case, changes={"cause": "operation", "category": CANARY}, by=Actor(user=agent), now=NOW)
    letters = [letter for letter in run_outbox(NOW) if letter.to == ["alice@demo.test"]]
    assert len(letters) >= 2
    assert not any(CANARY in str(letter.message()) for letter in letters)


@pytest.mark.parametrize(
    ("kind", "fields"),
    [("level_confirmed", {"level": "4"}), ("waiting", {}), ("restored", {}), ("resolved", {}), ("closed", {})],
)
def test_note_of_an_event_stays_in_the_house_whatever_the_event(case, agent, run_outbox, happen, kind, fields):
    run_outbox(NOW)
    happen(case, kind, by=agent, note=CANARY, **fields)
    letters = run_outbox(NOW)
    assert [letter.to for letter in letters] == [["alice@demo.test"]]
    assert CANARY not in str(letters[0].message())


def test_a_final_repair_asks_in_one_mail_whether_it_works(case, client, lead, run_outbox):
    run_outbox(NOW)
    data = {"type": "restored", "outcome": "final", "message": "Power supply changed."}
    with time_machine.travel(NOW, tick=False):
        client.force_login(lead)
        assert client.post(f"{case.get_absolute_url()}events/", data).status_code == 302
    case.refresh_from_db()
    assert case.state == "resolved"
    (letter,) = run_outbox(NOW)
    assert "It works again" in letter.subject
    assert "Power supply changed." in letter.body
    assert letter.body.count("Yes, it works") == 1
    assert Notice.objects.filter(kind="resolved").count() == 0


def test_work_that_is_resolved_by_itself_is_told(case, agent, run_outbox, happen):
    happen(case, "restored", by=agent)
    run_outbox(NOW)
    happen(case, "resolved", by=agent)
    assert ["Resolved" in letter.subject for letter in run_outbox(NOW)] == [True]


def test_of_a_closed_report_it_says_what_is_still_to_come(case, agent, run_outbox, happen):
    run_outbox(NOW)
    happen(case, "restored", by=agent)
    happen(case, "closed", by=agent)
    letters = run_outbox(NOW)
    assert "- Fault report: by Mon 23 Nov 2026 18:00\n" in letters[-1].body
    happen(case, "report_sent", by=agent)
    happen(case, "reopened", by=agent)
    happen(case, "closed", by=agent)
    assert "What you can count on" not in run_outbox(NOW)[-1].body


@pytest.mark.parametrize(("kind", "subject"), [("restored", "It works again"), ("remote_started", "message")])
def test_what_was_done_is_told_to_the_customer_in_one_mail(case, agent, run_outbox, kind, subject):
    run_outbox(NOW)
    by, words = Actor(user=agent), "Power supply changed."
    services.record(ticket=case, type=kind, by=by, at=NOW, now=NOW, note=CANARY, message=words)
    (letter,) = run_outbox(NOW)
    assert letter.body.count(words) == 1
    assert CANARY not in letter.body


def test_what_was_told_is_not_lost_in_a_summary(case, report, agent, alice, run_outbox):
    run_outbox(NOW)
    for number in range(12):
        other = report(by=alice, at=NOW, now=NOW, reporter=alice)
        by = Actor(user=agent)
        services.record(ticket=other, type="restored", by=by, at=NOW, now=NOW, message=f"Fan {number} changed.")
    told = "".join(letter.body for letter in run_outbox(NOW))
    assert all(f"Fan {number} changed." in told for number in range(12))


def test_a_merged_report_is_not_called_cancelled(case, report, agent, run_outbox):
    run_outbox(NOW)
    other = report(at=NOW, now=NOW)
    services.merge(ticket=case, into=other, by=Actor(user=agent), now=NOW)
    body = next(letter.body for letter in run_outbox(NOW) if letter.to == ["alice@demo.test"])
    assert f"We go on working under that number.\n\n{case.reference}" in body
    assert other.reference in body
    assert "cancelled" not in body


def test_who_lost_access_gets_no_mail_any_more(case, alice, agent, run_outbox, happen):
    run_outbox(NOW)
    happen(case, "departed", by=agent)
    alice.memberships.all().delete()
    assert run_outbox(NOW) == []
    assert Delivery.objects.get(kind="progress").status == Delivery.Status.DROPPED


@pytest.mark.parametrize("kind", sorted(KINDS - {"new_ticket", "level_set"}))
@pytest.mark.parametrize("language", ["en", "zh-hans", "th"])
def test_every_mail_can_be_written(case, agent, alice, kind, language):
    event = case.events.first()
    user = agent if kind == "assigned" else alice
    user.language = language
    row = Delivery(user=user, ticket=case, event=event, kind=kind, key=kind, next_attempt_at=NOW, created_at=NOW)
    row.save()
    assert notifications.deliver(pk=row.pk, now=NOW) or Delivery.objects.get(pk=row.pk).error == ""
    assert case.reference in mail.outbox[-1].subject
