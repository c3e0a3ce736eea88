"""What the simulator shows: the sentence, the strip of days, the counting of each clock, another version beside it."""

import re

import pytest
import time_machine

from sla import library
from sla import services as sla
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
    page = asked("infrastructure", level="3")
    assert page.count('class="ledger"') == page.count('class="flagn"') > 2
    assert "called: dedicated engineer, local manager" in page
    assert "Level raised, level 2" in page


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
    assert page.count('class="flagn"') < 10
    assert "later due times of the same promise are not shown" in page
