"""What the simulator shows: the sentence, the strip of days, the counting of each clock, another version beside it."""

import re

import pytest
import time_machine

from sla import library
from sla import services as sla
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import SchemeVersion

pytestmark = pytest.mark.django_db
STORY = {"level": "C", "day": "2026-11-20", "time": "17:50", "zone": "Asia/Shanghai", "country": "CN",
         "travel_minutes": "30", "kind": "fault", "channel": "phone", "follow": "72"}  # fmt: skip


@pytest.fixture
def asked(client, agent):
    """The simulator's part of the page of a scheme."""

    def ask(code, **facts):
        client.force_login(agent)
        answer = client.get(f"/schemes/{code}/", {**STORY, **facts} if facts else {})
        assert answer.status_code == 200
        return answer.content.decode().split('id="try"')[1]

    return ask


def halves(page):
    """What is promised, and what happens if nobody does anything (more), which lies folded."""
    promised, _fold, later = page.partition('<details class="disclose sim__later">')
    return promised, later


def notes(page):
    """By day of the strip, what is said of it."""
    rows = re.findall(r'<text x="0" y="13"[^>]*>([^<]*)</text>(.*?)</g>', page, re.DOTALL)
    found = {day: re.search(r'class="strip__note[^>]*>([^<]*)<', rest) for day, rest in rows}
    return {day: note[1] if note else "" for day, note in found.items()}


@time_machine.travel("2026-12-16T04:00:00Z", tick=False)
def test_before_anybody_asks_it_is_friday_ten_to_six(asked):
    page = asked("hardware")
    assert "Reported Friday 17:50" in page
    assert 'value="2026-12-18"' in page


def test_the_sentence_says_how_late_it_is_and_what_is_promised_by_when(asked):
    page = asked("hardware", level="C")
    assert "Reported Friday 17:50, 10 minutes before we close." in page
    assert "We reply by Friday 17:55." in page


def test_what_an_address_leaves_out_is_as_usual(client, agent):
    client.force_login(agent)
    page = client.get("/schemes/hardware/?level=C&day=2026-11-27&time=17:30").content.decode()
    assert "We reply by Friday 17:35." in page


def test_outside_working_time_the_sentence_names_the_start(asked):
    assert "outside working time: the clock starts Monday 09:00." in asked("software", level="A", time="18:30")


def test_a_make_up_saturday_is_worked_and_the_spring_festival_is_closed(asked):
    days = notes(asked("software", level="A", day="2026-02-14", time="18:30"))
    assert days["Sat 14"] == "worked in exchange"
    assert (days["Sun 15"], days["Mon 16"], days["Mon 23"], days["Tue 24"]) == ("closed", *["public holiday"] * 2, "")


def test_around_the_clock_no_day_is_said_to_be_closed(asked):
    assert set(notes(asked("infrastructure", level="3")).values()) == {""}


def test_a_pause_is_drawn_and_counted_in_no_ledger(asked):
    wait = {"event_1": "waiting", "day_1": "2026-11-20", "time_1": "19:00"}
    back = {"event_2": "resumed", "day_2": "2026-11-20", "time_2": "21:00"}
    page = asked("infrastructure", level="3", **wait, **back)
    assert 'class="strip__paused"' in page
    assert "Fri 20 Nov, 19:00–21:00, paused" in re.sub(r"\s+", " ", page)
    assert "Sat 21 Nov 2026 19:50" in page


def test_every_clock_shows_its_counting_and_the_people_who_are_called(asked):
    promised, later = halves(asked("infrastructure", level="3"))
    assert promised.count('class="ledger"') == promised.count('class="flagn"') > 1
    assert later.count('class="ledger"') > 1
    assert "called: dedicated engineer, local manager" in later
    assert "Raised to level 2" in later


@pytest.mark.parametrize("code", sorted(shipped_documents()))
def test_before_anything_happens_the_times_are_promises(asked, code):
    """Nobody is late yet: what time alone does is folded."""
    promised, later = halves(asked(code))
    assert dues(promised)
    assert not re.search(
        r"\b(missed|late|running|automatic|called)\b", promised.split('class="sim__out"')[1], re.IGNORECASE
    )
    assert "strip__over" not in promised
    assert "<summary" in later
    assert "If nobody does anything<" in later
    assert re.search(r"is late<", later)


@pytest.mark.parametrize("code", sorted(shipped_documents()))
def test_the_sentences_leave_out_none_of_the_promises(asked, code):
    promised, _later = halves(asked(code))
    sentences = re.search(r"<p><b>Reported .*?</b>(.*?)</p>", promised, re.DOTALL)[1]
    assert sentences.count(" by ") == len(dues(promised)), sentences


def test_after_what_was_added_the_rest_is_folded_too(asked):
    wait = {"event_1": "responded", "day_1": "2026-11-20", "time_1": "18:00"}
    promised, later = halves(asked("infrastructure", level="3", **wait))
    assert re.findall(r"<span>([^<]*)</span></li>", promised.split("What happens</h3>")[1]) == [
        "Reported, level 3", "Replied to the customer",
    ]  # fmt: skip
    assert "If nobody does anything more<" in later


def test_a_time_of_a_month_fits_on_the_strip(asked):
    """Only the first and the last days of a month are drawn."""
    page = asked("power", level="A", follow="720")
    assert page.count('fill="url(#shut)"') <= 13


@pytest.fixture
def renewed():
    """General support, version 2: urgent faults are answered within one hour."""
    row = SchemeVersion.objects.get(code="general", version=1)
    targets = [
        {**target, "within_by_level": {"urgent": "PT1H", "normal": "PT24H"}} if target["code"] == "respond" else target
        for target in row.document["targets"]
    ]
    sla.publish(document={**row.document, "targets": targets}, effective_at=row.effective_at, now=row.effective_at)
    library.forget()


def test_another_version_is_held_against_the_one_in_force(asked, renewed):
    assert "1h later than the version in force" in asked("general", level="urgent", version="1")
    assert "than the version in force" not in asked("general", level="urgent")


def test_a_version_says_in_words_what_it_changed(client, agent, renewed):
    client.force_login(agent)
    page = client.get("/schemes/general/").content.decode().split('id="versions"')[1]
    assert "What version 2 changed against version 1" in page
    [(where, old, new)] = re.findall(r"<dt>([^<]*)</dt><dd><del>([^<]*)</del> <ins>([^<]*)</ins>", page)
    assert where.endswith("level urgent")
    assert (old.split(",")[0], new.split(",")[0]) == ("within 2 hours", "within 1 hour")


def test_a_customer_reads_the_history_of_his_scheme(client, alice):
    client.force_login(alice)
    page = client.get("/schemes/infrastructure/").content.decode()
    assert 'id="versions"' in page
    assert "Policies</h2>" not in page


@time_machine.travel("2026-12-16T04:00:00Z", tick=False)
def test_a_crisis_that_goes_on_for_days_does_not_bury_the_promises(asked):
    """Nobody does anything at the gravest level: an entry is due each hour, for three days."""
    page = asked("infrastructure")
    assert page.count('<ol class="answers') == 2
    assert page.count('class="ledger"') < 10
    assert "later due times of the same promise are not shown" in page


def test_what_is_promised_later_is_not_said_to_be_promised_never(asked):
    page = asked("telecom", level="major", kind="inspection")
    assert "Nothing is promised yet" in page
    assert "a visit is planned" in page
    assert "promises no time for that" not in page


INSPECTION = {"kind": "inspection", "level": "major", "follow": "720", "event_1": "visit_planned",
              "day_1": "2026-11-20", "time_1": "18:00", "for_1": "2027-01-20T09:00"}  # fmt: skip
CHANGE = {"kind": "change", "level": "major", "event_1": "change_confirmed", "day_1": "2026-11-20",
          "time_1": "18:00", "for_1": "2026-12-04T12:00"}  # fmt: skip


def dues(page):
    return dict(re.findall(r'class="flagn">\d+</span><b>(.*?)</b><span>(.*?)<', page))


def test_the_notice_of_a_visit_counts_back_from_the_day_that_is_planned(asked):
    assert dues(asked("telecom", **INSPECTION))["Visit notice"] == "Tue 29 Dec 2026 18:00"


def test_a_change_is_delivered_by_the_date_that_was_agreed(asked):
    assert dues(asked("telecom", **CHANGE))["Change delivery"] == "Fri 4 Dec 2026 12:00"


@pytest.mark.parametrize("story", [INSPECTION, CHANGE])
@pytest.mark.parametrize("code", sorted(shipped_documents()))
def test_every_scheme_answers_for_changes_and_inspections(asked, code, story):
    level = Scheme.from_document(shipped_documents()[code]).gravest.code
    page = asked(code, **story | {"level": level})
    assert "There is a problem" not in page
    assert dues(page) or "This scheme promises no time for that." in page


@pytest.mark.parametrize("story", [INSPECTION, CHANGE])
def test_a_date_that_is_missing_is_asked_for_beside_its_field(asked, story):
    page = asked("telecom", **story | {"for_1": ""})
    field = page.split('<label for="sim_for_1"')[1].split('id="sim_for_1"')[0]
    assert "Enter the day and time that is planned or agreed." in field


def test_an_event_of_another_kind_says_which_kind_it_needs(asked):
    page = asked("telecom", **INSPECTION | {"kind": "fault"})
    assert (
        "Event 1, “Visit booked”, needs the kind “Inspection”." in page.split('for="sim_kind"')[1].split("</select>")[0]
    )


def test_the_summary_says_in_which_row_something_is_missing(asked):
    third = {name.replace("_1", "_3"): value for name, value in INSPECTION.items()} | {"for_3": "", "day_3": "x"}
    summary = asked("telecom", **third).split('class="errsum"')[1].split("</div>")[0]
    assert "Event 3, day: " in summary
    assert "Event 3, planned or agreed for: Enter the day and time that is planned or agreed." in summary


def test_a_row_with_an_error_lies_open(asked):
    assert re.search(
        r"<details[^>]* open>(?:(?!<details).)*sim_day_2", asked("telecom", level="major", day_2="x"), re.S
    )


@pytest.mark.parametrize(("taken", "shown"), [(0, 2), (1, 2), (2, 3), (4, 4)])
def test_there_is_room_for_a_pause_and_then_for_one_event_more(asked, taken, shown):
    rows = {f"event_{row}": "responded" for row in range(1, taken + 1)}
    assert asked("telecom", level="major", **rows).count('class="sim__row"') == shown


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
def test_no_story_is_refused_in_words_of_the_program(asked, agent, language):
    agent.language = language
    agent.save()
    page = asked("infrastructure", level="3", event_1="visit_failed", day_1="2026-11-19", time_1="10:00")
    refused = re.findall(r'<span class="err".*?</span></span>', page)
    assert refused
    assert not [words for words in refused if re.search(r"visit_failed|received|`", words)]


def test_a_weekday_is_named_for_six_days_only(asked):
    """After that it would name two days."""
    assert "We reply by Saturday 17:50." in asked("general", level="normal")
    friday = "2026-11-20"
    story = [("waiting", friday, "18:00"), ("remote_failed", friday, "19:00"), ("resumed", "2026-11-30", "10:00")]
    events = {
        f"{name}_{row}": value
        for row, event in enumerate(story, 1)
        for name, value in zip(("event", "day", "time"), event, strict=True)
    }
    assert "We are with you by Tue 1 Dec 2026 10:00." in asked("general", level="normal", **events)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "th"])
def test_every_event_is_offered_in_the_language_of_the_page(asked, agent, language):
    agent.language = language
    agent.save()
    offered = re.findall(
        r"<option[^>]*>([^<]*)<", asked("infrastructure").split('id="sim_event_1"')[1].split("</select>")[0]
    )
    assert len(offered) > 30
    assert [words for words in offered if re.search("[A-Za-z]", words)] == []
