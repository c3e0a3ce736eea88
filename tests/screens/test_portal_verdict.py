"""Once its customer said whether it works, a case does not ask again, and does not forget what he said."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from accounts.actors import Actor
from tickets import services
from tickets.services import Answer

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def case(clock, report, acme, alice):
    return report(by=alice, level="3", equipment=acme.unit)


@pytest.fixture
def page(client, alice, case):
    client.force_login(alice)
    return lambda address=f"/portal/{case.reference}/": client.get(address).content.decode()


def happen(ticket, by, *kinds):
    now = datetime.now(UTC)
    for kind in kinds:
        services.record(ticket=ticket, type=kind, by=Actor(user=by), at=now, now=now)


def say(ticket, by, works, comment=""):
    answer = Answer(works=works, comment=comment)
    services.answer_survey(ticket=ticket, answer=answer, by=Actor(user=by), now=datetime.now(UTC))


def test_who_is_satisfied_is_not_asked_again_while_the_case_is_open(page, case, agent):
    happen(case, agent, "resolved", "satisfied")
    text = page()
    assert "<h1>You told us that it works</h1>" in text
    assert "We noted it today 10:00. We close the case." in text
    assert "Does it work for you?" not in text
    assert 'value="works"' not in text
    assert "<b>You confirmed</b><small>today 10:00</small>" in text
    assert "<b>Closed</b>" not in text


def test_the_list_does_not_ask_again_either(page, case, agent):
    happen(case, agent, "resolved", "satisfied")
    text = page("/portal/")
    assert "You told us that it works." in text
    assert "Does it work for you?" not in text


def test_the_last_step_says_when_the_case_was_closed(page, case, agent, clock):
    happen(case, agent, "resolved", "satisfied")
    clock.shift(timedelta(hours=2))
    happen(case, agent, "closed")
    assert "<b>Closed</b><small>today 12:00</small>" in page()


def test_who_said_that_it_works_before_we_had_finished_is_not_asked_meanwhile(page, case, agent, alice):
    happen(case, agent, "restored")
    say(case, alice, works=True)
    for text in (page(), page("/portal/")):
        assert "You told us today 10:00 that it works. We finish the remaining work." in text
        assert "Does it work for you?" not in text


@pytest.mark.parametrize("done", ["resolved", "restored"])
def test_what_does_not_work_yet_is_said_with_when_and_in_his_own_words(page, case, agent, alice, clock, done):
    happen(case, agent, done)
    clock.shift(timedelta(minutes=30))
    say(case, alice, works=False, comment="The fan still screams")
    text = page()
    assert "You told us today 10:30 that it does not work yet. We go on with it." in text
    assert "The last step was" not in text
    assert "The fan still screams" in text.split('id="thread"')[1]
    assert "The fan still screams" not in page("/portal/")
    assert "You told us today 10:30 that it does not work yet." in page("/portal/")


def test_the_next_step_is_told_instead(page, case, agent, alice):
    happen(case, agent, "resolved")
    say(case, alice, works=False)
    happen(case, agent, "departed")
    assert "that it does not work yet. We go on" not in page()


def test_without_a_promised_time_the_journey_says_since_when_it_is_open_again(client, alice, report, agent, clock):
    case = report(by=alice, kind="change")
    happen(case, agent, "change_delivered")
    say(case, alice, works=False)
    client.force_login(alice)
    text = client.get(f"/portal/{case.reference}/").content.decode()
    assert "<b>We answer in writing</b><small>open again since today 10:00</small>" in text


def test_what_the_desk_opened_again_is_not_put_into_his_mouth(page, case, agent):
    happen(case, agent, "restored", "reopened")
    text = page()
    assert "The case was opened again today 10:00. We go on with it." in text
    assert "You told us" not in text


def test_a_cancelled_case_says_when_and_how_to_go_on_and_explains_no_times(page, case, agent):
    happen(case, agent, "cancelled")
    text = page()
    assert "It was cancelled today 10:00. If you still need help, report it again." in text
    assert 'href="/report/">' in text.split('id="now"')[1].split('id="journey"')[0]
    assert "How do we work out these times?" not in text
