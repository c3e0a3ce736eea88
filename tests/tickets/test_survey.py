"""The customer's answer: one row for each time we asked, the case follows the answer, a change is taken once."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid, NotVisible
from tickets import follow, services
from tickets.models import SurveyAnswer

pytestmark = pytest.mark.django_db


@pytest.fixture
def happen(ticket, agent):
    def record(*kinds):
        for kind in kinds:
            now = datetime.now(UTC)
            services.record(ticket=ticket, type=kind, by=Actor(user=agent), at=now, now=now)

    return record


@pytest.fixture
def answer(ticket, alice):
    def give(works, by=None, **more):
        given = services.Answer(works=works, **more)
        return services.answer_survey(ticket=ticket, answer=given, by=by or Actor(user=alice), now=datetime.now(UTC))

    return give


def kinds(ticket):
    return list(ticket.events.order_by("seq").values_list("type", flat=True))


def state(ticket):
    ticket.refresh_from_db()
    return ticket.state


def test_yes_closes_what_is_resolved_and_is_kept_with_its_score(ticket, happen, answer):
    happen("resolved")
    row = answer(True, score=4, better=("speed",), comment="Call first")
    assert state(ticket) == "closed"
    assert kinds(ticket)[-3:] == ["survey_answered", "satisfied", "closed"]
    assert (row.works, row.score, row.better, row.comment) == (True, 4, ["speed"], "Call first")


def test_no_opens_it_again_at_once_as_down(ticket, happen, answer):
    happen("resolved")
    answer(False)
    assert state(ticket) == "in_progress"
    assert ticket.events.get(type="not_satisfied").data["down"] is True


def test_no_after_restoring_opens_it_again_too(ticket, happen, answer):
    happen("restored")
    answer(False)
    assert (state(ticket), kinds(ticket)[-1]) == ("in_progress", "reopened")


def test_yes_after_restoring_stands_until_the_rest_is_done(ticket, happen, answer):
    happen("restored")
    answer(True, score=5)
    assert state(ticket) == "restored"
    happen("resolved")
    answer(True)
    assert state(ticket) == "closed"
    assert SurveyAnswer.objects.get().score == 5


def test_the_same_answer_twice_writes_once(ticket, happen, answer):
    happen("resolved")
    answer(True)
    answer(True)
    assert kinds(ticket).count("survey_answered") == 1


def test_more_is_added_to_the_first_answer_and_nothing_is_taken_away(ticket, happen, answer):
    happen("resolved")
    answer(True)
    answer(True, score=3)
    row = answer(True, comment="Fine")
    assert (row.score, row.comment, row.changed_at) == (3, "Fine", None)
    assert SurveyAnswer.objects.count() == 1


def test_an_answer_is_changed_once(ticket, happen, answer):
    happen("resolved")
    answer(True, score=3)
    assert answer(True, score=2).score == 2
    with pytest.raises(Illegal, match="once already"):
        answer(True, score=1)


def test_yes_may_turn_into_no(ticket, happen, answer):
    happen("resolved")
    answer(True)
    answer(False)
    assert (state(ticket), SurveyAnswer.objects.get().works) == ("in_progress", False)


def test_after_the_next_repair_it_is_asked_anew(ticket, happen, answer):
    happen("resolved")
    answer(False)
    happen("resolved")
    answer(True)
    assert SurveyAnswer.objects.count() == 2


def test_what_is_open_asks_nothing(ticket, happen, answer):
    with pytest.raises(Illegal, match="not finished"):
        answer(True)
    happen("resolved", "reopened")
    with pytest.raises(Illegal, match="open again"):
        answer(True)


@pytest.mark.parametrize("more", [{"score": 0}, {"score": 6}, {"better": ("nonsense",)}, {"comment": "x" * 2001}])
def test_what_is_no_answer_is_refused(happen, answer, more):
    happen("resolved")
    with pytest.raises(Invalid):
        answer(True, **more)


def test_strangers_and_storekeepers_do_not_answer(happen, answer, carol, storekeeper):
    happen("resolved")
    with pytest.raises(NotVisible):
        answer(True, by=Actor(user=carol))
    with pytest.raises(Forbidden):
        answer(True, by=Actor(user=storekeeper))


def test_who_was_asked_by_mail_judges_and_does_no_more(ticket, happen, answer):
    happen("resolved")
    by = follow.judge(ticket.pk)
    with pytest.raises(Forbidden):
        services.reply(ticket=ticket, body="Hello", by=by, now=datetime.now(UTC))
    assert answer(True, by=by).user is None


def test_a_link_of_another_kind_is_no_question(ticket):
    assert follow.read_survey(follow.token(ticket.pk)) is None
    assert follow.read(follow.survey_token(ticket.pk)) is None
