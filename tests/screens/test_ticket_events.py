"""Every event of the contract can be recorded on the page; what does not fit is not offered and answers 409."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actors import Actor
from servicedesk.screens import event_words, ticket_steps
from tickets import lifecycle, services
from tickets.event_types import POSTABLE

MINUTE = timedelta(minutes=1)
BEFORE = {
    "resumed": ["waiting"], "satisfied": ["resolved"], "not_satisfied": ["resolved"], "reopened": ["closed"],
    "visit_failed": ["departed"], "crisis_entry": ["crisis_opened"], "crisis_closed": ["crisis_opened"],
}  # fmt: skip

MESSAGES = {
    "waiting": "Please send the permit", "change_answered": "We move it at night.",
    "diagnosed": "Replace the fan.", "report_sent": "The fan was worn.",
    "visit_days_declined": "We are away then.",
}  # fmt: skip


@pytest.fixture
def desk(client: Client, lead) -> Client:
    client.force_login(lead)
    return client


def kind_for(type_: str) -> str:
    return next(iter(POSTABLE[type_].kinds), "fault")


def form_on(page: str) -> dict[str, str]:
    """What the open form would send, as a browser reads it."""
    form = page.split('id="act"')[1].split("</section>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    moments = dict(re.findall(r'<input type="datetime-local" name="(\w+)" value="([^"]+)"', form))
    return hidden | moments


@pytest.mark.parametrize("type_", sorted(POSTABLE.keys() - {"level_confirmed"}))
def test_each_event_has_its_form_and_is_recorded(desk, report, lead, type_):
    made = report(kind=kind_for(type_), at=datetime.now(UTC) - 10 * MINUTE)
    for earlier in BEFORE.get(type_, []):
        now = datetime.now(UTC)
        services.record(ticket=made, type=earlier, by=Actor(user=lead), at=now, now=now)
    page = desk.get(f"{made.get_absolute_url()}?act={type_}").content.decode()
    assert f'href="{ticket_steps.step(type_).address}"' in page  # offered in the menu, too
    soon = timezone.localtime(datetime.now(UTC) + timedelta(days=30)).strftime("%Y-%m-%dT%H:%M")
    data = (
        form_on(page)
        | {"note": "said on the phone", "message": MESSAGES.get(type_, "")}
        | dict.fromkeys(POSTABLE[type_].fields & {"agreed_at", "planned_at"}, soon)
    )
    answer = desk.post(f"{made.get_absolute_url()}events/", data)
    assert answer.status_code == 302, answer.content.decode()[:500]
    event = made.events.get(type=type_, data__note="said on the phone")
    assert event.user == lead


def test_an_untouched_time_means_now_and_an_earlier_one_is_kept(desk, report):
    made = report(at=datetime.now(UTC) - 60 * MINUTE)
    data = form_on(desk.get(f"{made.get_absolute_url()}?act=departed").content.decode())
    desk.post(f"{made.get_absolute_url()}events/", data)
    earlier = timezone.localtime(datetime.now(UTC) - 30 * MINUTE).replace(second=0, microsecond=0)
    data |= {"type": "remote_started", "at": earlier.strftime("%Y-%m-%dT%H:%M"), "seq": "", "version": ""}
    desk.post(f"{made.get_absolute_url()}events/", data)
    departed, started = made.events.get(type="departed"), made.events.get(type="remote_started")
    assert departed.occurred_at == departed.recorded_at
    assert started.occurred_at == earlier
    assert started.recorded_at - started.occurred_at > 25 * MINUTE


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("at", "2099-01-01T10:00", "This time is in the future."),
        ("at", "2020-01-01T10:00", "This time is before the report."),
        ("at", "0001-01-01T00:00", "Enter a day and time of this century."),
        ("at", "yesterday", "When it happened: Enter a day and a time"),
        ("note", "x" * 5001, "at most 5000 characters"),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_typed_is_lost(desk, ticket, field, value, sentence):
    data = {"type": "restored", "note": "New power supply", "at": "2026-11-20T10:00", field: value}
    answer = desk.post(f"{ticket.get_absolute_url()}events/", data)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page.split('id="act"')[1]
    assert value in page
    assert "<title>Error:" in page.replace("\n", "")
    assert not ticket.events.filter(type="restored").exists()


@pytest.mark.parametrize(
    ("type_", "field", "sentence"),
    [
        ("departed", "expected_at", "Enter a time after the departure."),
        ("visit_planned", "planned_at", "Enter a time after the booking."),
        ("change_confirmed", "agreed_at", "Enter a time after the confirmation."),
        ("change_answered", "proposed_at", "Propose a time after the answer."),
    ],
)
def test_a_time_that_lies_behind_what_it_follows_is_refused_beside_its_field(desk, report, type_, field, sentence):
    now = datetime.now(UTC)
    made = report(kind=kind_for(type_), at=now - 60 * MINUTE)
    at, address = now - 30 * MINUTE, f"{made.get_absolute_url()}events/"
    typed = [timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M") for moment in (at, at - MINUTE, at + MINUTE)]
    data = {"type": type_, "at": typed[0], "message": "We come at once"}
    refused = desk.post(address, data | {field: typed[1]})
    assert refused.status_code == 400
    assert sentence in refused.content.decode().split(f'id="id_{field}_error"')[1]
    assert not made.events.filter(type=type_).exists()
    assert desk.post(address, data | {field: typed[2]}).status_code == 302  # written down late


def test_what_does_not_fit_is_not_offered_and_answers_409_with_the_sentence(desk, ticket):
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert "?act=resumed#act" not in page
    answer = desk.post(f"{ticket.get_absolute_url()}events/", {"type": "resumed", "note": "They called back"})
    assert answer.status_code == 409
    assert "The ticket is not waiting for the customer." in answer.content.decode()
    assert "They called back</textarea>" in answer.content.decode()


def test_remote_work_asks_for_consent_where_the_scheme_does(desk, report, borealis):
    made = report(organisation=borealis.organisation, site=borealis.site)
    answer = desk.post(f"{made.get_absolute_url()}events/", {"type": "remote_started"})
    assert answer.status_code == 409
    assert "has not granted remote access" in answer.content.decode()


def test_events_of_other_kinds_and_of_the_program_have_no_form(desk, ticket):
    assert "?act=visit_done#act" not in desk.get(ticket.get_absolute_url()).content.decode()
    assert desk.post(f"{ticket.get_absolute_url()}events/", {"type": "visit_done"}).status_code == 409
    assert desk.post(f"{ticket.get_absolute_url()}events/", {"type": "clock_missed"}).status_code == 404


def test_a_role_that_may_not_is_refused_on_the_page(client, ticket, engineer):
    client.force_login(engineer)
    answer = client.post(f"{ticket.get_absolute_url()}events/", {"type": "cancelled", "note": "mine"})
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.content.decode()
    assert "mine</textarea>" in answer.content.decode()


@pytest.mark.parametrize(
    ("story", "verb"),
    [
        ([], "Reply to the customer"),
        (["responded"], "Restore service"),
        (["responded", "waiting"], "Resume work"),
        (["responded", "departed"], "Record arrival"),
        (["restored"], "Resolve ticket"),
        (["resolved"], "Close ticket"),
        (["closed"], "Re-open ticket"),
    ],
)
def test_the_one_filled_button_is_the_sensible_next_step(desk, ticket, lead, story, verb):
    for type_ in story:
        now = datetime.now(UTC)
        services.record(ticket=ticket, type=type_, by=Actor(user=lead), at=now, now=now)
    head = (
        desk.get(ticket.get_absolute_url())
        .content.decode()
        .split('<header class="case__head"')[1]
        .split("</header>")[0]
    )
    filled = re.findall(r'class="btn btn--primary"[^>]*>(.*?)</a>', head, re.S)
    assert [re.sub(r"<kbd>.*?</kbd>|<[^>]+>", "", button) for button in filled] == [verb]


def test_change_of_level_needs_a_reason_which_the_customer_reads_with_it(desk, report):
    made = report(level="3")
    address = f"{made.get_absolute_url()}level/"
    without = desk.post(address, {"level": "4", "note": " "})
    assert without.status_code == 400
    assert "Say why the level changes." in without.content.decode().split('id="id_message_error"')[1]
    assert desk.post(address, {"level": "9", "note": "x"}).status_code == 400
    assert desk.post(address, {"level": "4", "message": "One desk only"}).status_code == 302
    made.refresh_from_db()
    assert (made.level, made.is_level_confirmed) == ("4", True)
    assert made.events.get(type="level_confirmed").data["note"] == "One desk only"
    assert made.replies.get().body == "One desk only"
    assert desk.post(address, {"level": "2", "note": "All desks"}).status_code == 302


def test_new_times_are_shown_before_a_level_is_saved_and_alone_for_the_script(desk, report):
    made = report(level="3")
    part = desk.get(f"{made.get_absolute_url()}part/act/?act=level&level=2").content.decode()
    assert part.startswith('<section class="act')
    assert "Change to level 2" in part
    assert "If a person raises the level" in part
    rows = [
        re.sub(r"<[^>]+>|\s+", " ", row).split() for row in part.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
    ]
    assert [row[0] for row in rows if row] == ["Reply", "Arrival", "Restore"]


def test_the_preview_of_a_level_lists_every_clock_also_what_stays_and_what_is_closed(desk, report, lead):
    made = report(level="3", at=datetime.now(UTC) - 10 * MINUTE)
    now = datetime.now(UTC)
    services.reply(ticket=made, body="On it", by=Actor(user=lead), now=now)
    part = desk.get(f"{made.get_absolute_url()}part/act/?act=level&level=2").content.decode()
    plain = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", part.split("<tbody>")[1].split("</tbody>")[0], flags=re.S)
    words = " ".join(plain.split())
    words = re.sub(r" \(.*?\)", "", words)
    closed, running = r"Reply met \S+ \S+ UTC closed", r"Restore \S+ \S+ UTC \S+ \S+ UTC"
    assert re.fullmatch(f"{closed} Arrival not begun not begun {running}", words)
    same = desk.get(f"{made.get_absolute_url()}part/act/?act=level&level=3").content.decode()
    assert "stays" in same.split("<tbody>")[1]


@pytest.mark.parametrize(("outcome", "state"), [("final", "resolved"), ("workaround", "restored")])
def test_restoring_says_what_was_done_and_whether_it_is_final(desk, ticket, outcome, state):
    address = f"{ticket.get_absolute_url()}events/"
    data = {"type": "restored", "outcome": outcome, "parts_used": "PSU-900 ×1"}
    without = desk.post(address, data)
    assert without.status_code == 400
    assert "Say in one line what was done." in without.content.decode()
    assert desk.post(address, data | {"message": "New power supply", "note": "Old one is back"}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == state
    assert ticket.events.get(type="restored").data["note"] == "Parts used: PSU-900 ×1\nOld one is back"
    assert ticket.replies.get().body == "New power supply"


@pytest.mark.parametrize(
    ("type_", "field", "sentence"),
    [
        ("waiting", "message", "Say what we wait for."),
        ("diagnosed", "message", "Say what you propose."),
        ("change_answered", "message", "Write the answer: solution, impact, effort and dates."),
        ("cancelled", "message", "Say why the ticket is cancelled."),
        ("visit_failed", "message", "Say why the visit failed."),
        ("crisis_entry", "note", "Say what happened since the last record."),
        ("spare_needed", "part", "Say which part is needed and how many."),
    ],
)
def test_an_event_that_says_nothing_without_its_words_asks_for_them(desk, report, lead, type_, field, sentence):
    made, now = report(kind=kind_for(type_)), datetime.now(UTC)
    for earlier in BEFORE.get(type_, []):
        services.record(ticket=made, type=earlier, by=Actor(user=lead), at=now, now=now)
    address = f"{made.get_absolute_url()}events/"
    refused = desk.post(address, {"type": type_})
    assert refused.status_code == 400
    assert sentence in refused.content.decode().split(f'id="id_{field}_error"')[1]
    assert desk.post(address, {"type": type_, field: "Two PSU-900"}).status_code == 302
    assert made.events.filter(type=type_).exists()


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"type": "waiting", "message": "site permit"}, "site permit"),
        ({"type": "spare_needed", "part": "PSU-900, two"}, "Part needed: PSU-900, two"),
        (
            {"type": "crisis_opened", "coordinator": "Dana", "members": "Wei, Ann"},
            "Coordinator: Dana Members: Wei, Ann",
        ),
    ],
)
def test_the_stream_says_what_was_given_with_an_event(desk, ticket, data, shown):
    assert desk.post(f"{ticket.get_absolute_url()}events/", data).status_code == 302
    page = desk.get(f"{ticket.get_absolute_url()}?filter=events").content.decode()
    assert shown in " ".join(re.sub(r"<[^>]+>", "", page).split())


def test_a_failed_visit_is_offered_only_where_there_is_a_visit(desk, ticket, lead):
    assert "?act=visit_failed#act" not in desk.get(ticket.get_absolute_url()).content.decode()
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="departed", by=Actor(user=lead), at=now, now=now)
    assert "?act=visit_failed#act" in desk.get(ticket.get_absolute_url()).content.decode()


NO_VISIT = "No visit is booked or under way that could fail."


@pytest.mark.parametrize(
    ("type_", "sentence"),
    [
        ("visit_failed", NO_VISIT),
        ("resumed", "The ticket is not waiting for the customer."),
        ("satisfied", "The ticket is not resolved yet."),
        ("reopened", "The ticket is open already."),
        ("crisis_entry", "No crisis is open."),
        ("visit_planned", "This event belongs to another kind of ticket."),
    ],
)
def test_a_form_whose_event_does_not_fit_says_what_is_missing_and_records_nothing(desk, ticket, type_, sentence):
    page = desk.get(f"{ticket.get_absolute_url()}?act={type_}").content.decode()
    assert sentence in page.split('id="act"')[1].split("</section>")[0]
    assert "<title>Error:" not in page
    later = timezone.localtime(datetime.now(UTC) + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    form = {"type": type_, "message": "Nobody was there", "note": "Gate shut", "planned_at": later}
    answer = desk.post(f"{ticket.get_absolute_url()}events/", form)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (409, True)
    assert "Gate shut" in page
    assert not ticket.events.filter(type=type_).exists()


def test_a_visit_that_failed_is_written_down_late_at_a_time_when_there_was_one(desk, report, lead):
    began = datetime.now(UTC).replace(second=0, microsecond=0) - 60 * MINUTE
    made = report(at=began)
    for type_, minutes in (("departed", 10), ("visit_failed", 30)):
        at = began + minutes * MINUTE
        services.record(ticket=made, type=type_, by=Actor(user=lead), at=at, now=datetime.now(UTC))

    def post(minutes):
        at = timezone.localtime(began + minutes * MINUTE).strftime("%Y-%m-%dT%H:%M")
        return desk.post(f"{made.get_absolute_url()}events/", {"type": "visit_failed", "note": "Gate shut", "at": at})

    assert [post(minutes).status_code for minutes in (5, 20, 45)] == [409, 302, 409]


def test_form_keeps_apart_what_the_customer_reads_and_what_only_we_read(desk, ticket):
    page = desk.get(f"{ticket.get_absolute_url()}?act=restored").content.decode().split('id="act"')[1]
    assert "What was done: the customer reads it" in page.split('name="message"')[0]
    paper = page.split('class="notepaper"')[1].split('class="act__pair"')[0]
    assert "Internal note" in paper
    assert "Only staff read this." in paper
    assert "the customer" not in paper.lower()
    data = {"type": "restored", "note": "From the shelf", "message": "PSU changed"}
    assert desk.post(f"{ticket.get_absolute_url()}events/", data).status_code == 302
    assert ticket.events.get(type="restored").data["note"] == "From the shelf"
    assert ticket.replies.get().body == "PSU changed"


@pytest.mark.parametrize("type_", ["loaner_requested", "crisis_opened"])
def test_what_the_customer_does_not_hear_of_has_no_message(desk, ticket, type_):
    page = desk.get(f"{ticket.get_absolute_url()}?act={type_}").content.decode()
    assert 'name="message"' not in page.split('id="act"')[1].split("</section>")[0]
    assert desk.post(f"{ticket.get_absolute_url()}events/", {"type": type_, "message": "Hi"}).status_code == 302
    assert not ticket.replies.exists()


def test_every_event_has_words_a_place_and_an_icon():
    grouped = [type_ for _label, types in ticket_steps.GROUPS for type_ in types]
    assert sorted(grouped) == sorted(POSTABLE)
    assert ticket_steps.VERBS.keys() == POSTABLE.keys()
    assert POSTABLE.keys() <= event_words.LOOKS.keys()
    by_the_program = {"received", "step_done"}
    assert lifecycle.MOVES_TO.keys() - by_the_program <= POSTABLE.keys()
