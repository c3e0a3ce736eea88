"""How a promised time came about: a customer reads what the policy page says, for every scheme that is shipped."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from servicedesk.screens.policy import document
from servicedesk.screens.portal import times
from sla import facts, reports, simulation
from sla.engine import Case, Event, Scheme
from sla.engine.shipped import shipped_documents

pytestmark = pytest.mark.django_db
SCHEMES = {code: Scheme.from_document(each) for code, each in shipped_documents().items()}
SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 19, 0, tzinfo=SHANGHAI)  # after the close of the day
STORIES = {
    "fault": ["remote_failed", "spare_needed"],
    "change": ["change_confirmed"],
    "inspection": ["visit_planned", "visit_done"],
}
DATES = {"agreed_at": FRIDAY + timedelta(days=20), "planned_at": FRIDAY + timedelta(days=40)}


def told(scheme, level, kind, *, channel="phone", cause=None, restored=False, at=FRIDAY):
    dates = {name: value.isoformat() for name, value in DATES.items()}
    names = ["received", *STORIES[kind], *(["restored"] if restored else [])]
    events = [Event(name, at, data={"level": level, **dates}) for name in names]
    case = Case(kind=kind, channel=channel, cause=cause, in_warranty=True, travel_minutes=90)
    story, _calendars = simulation.play(scheme=scheme, place=facts.Place(), case=case, events=events, as_of=at)
    standing = reports.Standing(story.plan, scheme, reports.views(story.plan, scheme), trouble=False)
    return times.explain(standing, at, SHANGHAI, has_contract=True)


def everything_told(scheme, level):
    yield from told(scheme, level, "fault", cause="design_defect")
    yield from told(scheme, level, "fault", channel="email", restored=True)
    for kind in ("change", "inspection"):
        yield from told(scheme, level, kind)


def promised(scheme):
    """What the policy page says, by target and level."""
    rows = [row for section in document.of(scheme).sections for row in section.rows]
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for badge, cell in row.cells:
            found.setdefault((row.target.code, badge.code), set()).add(cell.sentence)
    return found


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_the_customers_page_says_what_the_policy_page_says(code, language):
    scheme = SCHEMES[code]
    with translation.override(language):
        page = promised(scheme)
        for level in scheme.levels:
            for one in everything_told(scheme, level.code):
                assert any(words and words in one.sentences[0] for words in page[one.target, level.code])


@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_no_promise_of_a_scheme_is_left_unexplained(code):
    scheme = SCHEMES[code]
    seen = {one.target for level in scheme.levels for one in everything_told(scheme, level.code)}
    assert seen == {target.code for target in scheme.targets} - {"crisis_record"}


def one_of(found, target):
    return next(" ".join(one.sentences) for one in found if one.target == target)


def test_a_start_outside_its_hours_is_named_beside_the_moved_one():
    assert one_of(told(SCHEMES["software"], "B", "fault"), "resolve") == (
        "Your contract says: within 24 hours, starting in working hours, counted around the clock. "
        "Today 19:00 is outside that time. It counts from Mon 09:00 and ends Tue 09:00."
    )


def test_a_day_both_agreed_on_is_no_length_of_time():
    assert one_of(told(SCHEMES["telecom"], "minor", "change"), "change_delivery") == (
        "Your contract says: by the agreed date. The date we agreed with you is Thu 10 Dec 2026 19:00."
    )


def test_a_notice_is_counted_back_from_the_visit():
    assert one_of(told(SCHEMES["telecom"], "minor", "inspection"), "inspection_notice") == (
        "Your contract says: at least 15 working days before the planned day. "
        "The appointment is Wed 30 Dec 2026 19:00. "
        "Counted back from that day, the last day for the notice ends Wed 9 Dec 2026 18:00."
    )


def test_the_travel_time_is_added_up():
    at = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
    assert "With the travel time to your site that is 2 hours 30 minutes." in one_of(
        told(SCHEMES["teleconference"], "2", "fault", at=at), "arrive"
    )
