"""The page "does it work for you?": looking answers nothing, a press counts at once, the page only adds to it."""

from datetime import UTC, datetime

import pytest

from accounts.actors import Actor
from tests.notifications.conftest import run_outbox as run_outbox
from tickets import follow, services
from tickets.models import SurveyAnswer, Ticket

pytestmark = pytest.mark.django_db


@pytest.fixture
def finished(ticket, agent):
    now, by = datetime.now(UTC), Actor(user=agent)
    said = "We replaced the fan."
    services.record(ticket=ticket, type="resolved", by=by, at=now, now=now, message=said, note="NOTECANARY")
    return ticket


def mailed(ticket, answer="yes", user_pk=0):
    return f"/portal/survey/{follow.survey_token(ticket.pk, user_pk)}/{answer}/"


def test_a_look_at_the_link_answers_nothing(client, finished):
    page = client.get(mailed(finished)).content.decode()
    client.head(mailed(finished))
    assert 'value="yes" checked' in page
    assert "data-first-press" in page
    assert not SurveyAnswer.objects.exists()


def test_the_press_counts_and_the_page_adds_to_it(client, finished):
    assert client.post(mailed(finished), {"works": "yes", "quiet": "1"}).status_code == 204
    assert Ticket.objects.get().state == "closed"
    facts = {"works": "yes", "score": "4", "better": ["speed"], "comment": "Thank you"}
    page = client.post(mailed(finished), facts, follow=True).content.decode()
    assert "Thank you. Your answer is with us." in page
    assert 'value="4" checked' in page
    row = SurveyAnswer.objects.get()
    assert (row.score, row.better, row.comment, row.language) == (4, ["speed"], "Thank you", "en")


def test_what_was_added_stands_where_the_form_was(client, finished):
    """On the page itself, whenever it is opened: no toast, which is gone after ten seconds."""
    facts = {"works": "yes", "score": "4", "better": ["speed"], "comment": "<b>Quick</b>"}
    answer = client.post(mailed(finished), facts)
    assert answer["Location"].endswith("#answer")
    for page in (client.get(mailed(finished)).content.decode(), client.get(mailed(finished)).content.decode()):
        told, form = page.split('id="answer"')[1].split("<form")[:2]
        assert "Thank you. Your answer is with us." in told
        assert "<dd>Yes, it works</dd>" in told
        assert "<dd>4, Good</dd>" in told
        assert "<dd>Speed</dd>" in told
        assert "&lt;b&gt;Quick&lt;/b&gt;" in told
        assert '<details class="access"><summary' in told
        assert "Add to your answer" in form
        assert 'class="toast"' not in page


def test_the_form_stays_open_while_there_is_something_to_mend(client, finished):
    client.post(mailed(finished), {"works": "yes", "score": "4"})
    page = client.post(mailed(finished), {"works": "yes", "comment": "x" * 2001}).content.decode()
    assert '<details class="access" open>' in page


def test_after_the_press_alone_the_form_is_open(client, finished):
    page = client.post(mailed(finished), {"works": "yes"}, follow=True).content.decode()
    assert "Thank you. You told us that it works." in page
    assert '<details class="access"' not in page


def test_no_opens_the_case_again(client, finished):
    page = client.post(mailed(finished, "no"), {"works": "no"}, follow=True).content.decode()
    assert "The fault is open again" in page
    assert Ticket.objects.get().is_open


def test_after_no_the_headline_says_that_it_is_open_again(client, finished):
    client.post(mailed(finished, "no"), {"works": "no"})
    page = client.get(mailed(finished, "no")).content.decode()
    assert "<h1>The fault is open again</h1>" in page
    assert "We finished our work at" not in page


def test_nothing_chosen_is_an_error_above_the_question(client, finished):
    answer = client.post(f"/portal/survey/{follow.survey_token(finished.pk)}/", {"score": "5", "comment": "Words"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error:" in page
    assert "Choose whether it works for you." in page
    assert "Words</textarea>" in page


@pytest.mark.parametrize("facts", [{"score": "9"}, {"works": "maybe"}, {"better": "\x00"}, {"comment": "x" * 2001}])
def test_bad_input_is_never_an_error_of_ours(client, finished, facts):
    assert client.post(mailed(finished), {"works": "yes", **facts}).status_code == 400
    assert not SurveyAnswer.objects.exists()


def test_what_was_done_is_said_and_nothing_internal(client, finished):
    page = client.get(mailed(finished)).content.decode()
    assert "We finished our work at" in page
    assert "We replaced the fan." in page
    assert "NOTECANARY" not in page


def test_before_the_work_is_done_nothing_is_asked(client, ticket):
    page = client.get(mailed(ticket)).content.decode()
    assert "We have not finished our work yet" in page
    assert 'name="works"' not in page


def test_signed_in_the_press_on_the_case_leads_to_the_score(client, alice, finished):
    client.force_login(alice)
    answer = client.post(f"/portal/{finished.reference}/", {"action": "works"})
    assert answer["Location"] == f"/portal/{finished.reference}/survey/"
    assert "How was our service this time?" in client.get(answer["Location"]).content.decode()
    assert SurveyAnswer.objects.get().user == alice


def test_a_stranger_finds_no_question(client, carol, finished):
    client.force_login(carol)
    assert client.get(f"/portal/{finished.reference}/survey/").status_code == 404
    assert client.get(f"/portal/survey/{follow.token(finished.pk)}/yes/").status_code == 404
    assert client.get(mailed(finished, "maybe")).status_code == 404


def test_who_may_no_longer_see_the_case_is_not_heard(client, carol, finished):
    assert client.post(mailed(finished, user_pk=carol.pk), {"works": "yes"}).status_code == 404


def test_the_mail_asks_with_two_links_that_work(client, alice, report, agent, run_outbox):
    ticket, now = report(reporter=alice), datetime.now(UTC)
    services.record(ticket=ticket, type="resolved", by=Actor(user=agent), at=now, now=now)
    body = next(mail.body for mail in run_outbox(now) if "Does it work for you?" in mail.body)
    links = [line.split()[-1] for line in body.splitlines() if "/portal/survey/" in line]
    assert [link.rsplit("/", 2)[1] for link in links] == ["yes", "no"]
    client.post("/portal/" + links[0].split("/portal/", 1)[1], {"works": "yes"})
    assert SurveyAnswer.objects.get().user == alice


def test_agents_read_the_answer_in_one_line(client, agent, finished):
    services.answer_survey(
        ticket=finished,
        answer=services.Answer(works=True, score=4, better=("speed",), comment="Call first"),
        by=Actor(user=agent),
        now=datetime.now(UTC),
    )
    client.force_login(agent)
    page = client.get(f"/tickets/{finished.reference}/").content.decode()
    assert "it works · score 4 of 5 · Speed · “Call first”" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "已恢复正常 · 评分4分（满分5分）"),
        ("zh-hant", "已恢復正常 · 評分4分（滿分5分）"),
        ("th", "ใช้งานได้แล้ว · คะแนน 4 จาก 5"),
    ],
)
def test_agents_read_it_in_their_language(client, agent, finished, language, words):
    answer = services.Answer(works=True, score=4)
    services.answer_survey(ticket=finished, answer=answer, by=Actor(user=agent), now=datetime.now(UTC))
    agent.language = language
    agent.save()
    client.force_login(agent)
    assert words in client.get(f"/tickets/{finished.reference}/").content.decode()


def test_words_sent_when_the_session_was_over_wait_after_signing_in(client, alice, agent, report, acme):
    ticket = report(equipment=acme.unit, reporter=alice)
    now = datetime.now(UTC)
    services.record(ticket=ticket, type="resolved", by=Actor(user=agent), at=now, now=now)
    address = f"/portal/{ticket.reference}/survey/"
    facts = {"works": "no", "score": "2", "better": ["speed"], "comment": "Too late"}
    answer = client.post(address, facts, follow=True)
    assert "Your session is over" in answer.content.decode()
    signed = client.post(answer.redirect_chain[-1][0], {"login": alice.email, "password": "correct horse"}, follow=True)
    page = signed.content.decode()
    assert "Too late</textarea>" in page
    assert 'name="works" value="no" checked' in page
