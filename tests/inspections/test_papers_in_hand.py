"""A paper is asked for by a page and made by a worker: once, one at a time, and told plainly where it cannot be."""

import os
from datetime import timedelta

import pytest

from accounts.actors import Actor
from common.errors import Illegal
from inspections import services
from inspections.models import Report
from inspections.paper import setting
from servicedesk.papers import make_asked
from servicedesk.tasks import make_papers
from tests.inspections.conftest import NOW

pytestmark = pytest.mark.django_db
BROKEN = {
    "missing": "import no_such_typesetter",
    "killed": "import os; os.kill(os.getpid(), 9)",
    "silent": "",
    "too slow": "import time; time.sleep(60)",
}


@pytest.fixture
def row(signed, engineer):
    return services.begin_report(inspection=signed, by=Actor(engineer))


@pytest.fixture
def asked(row, engineer):
    return services.ask_report(report=row, by=Actor(engineer), now=NOW)


@pytest.fixture
def page(signed):
    return f"/inspections/visits/{signed.ticket.reference}/report/"


def broken(monkeypatch, tmp_path, program):
    """The typesetter's process is another program."""
    file = tmp_path / "process.py"
    file.write_text(program)
    monkeypatch.setattr(setting, "PROCESS", file)
    monkeypatch.setattr(setting, "SECONDS", 1)


def test_the_page_answers_before_the_paper_is_made(client, engineer, page, row):
    client.force_login(engineer)
    answer = client.post(page, {"act": "make", "summary": "Well.", "language": "en"}, follow=True)
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    assert 'http-equiv="refresh"' in answer.content.decode()  # without the script
    assert Report.objects.get().key is None
    assert make_papers() == 1
    shown = client.get(page).content.decode()
    assert "Send the report" in shown
    assert 'http-equiv="refresh"' not in shown


@pytest.mark.parametrize("how", sorted(BROKEN))
def test_a_paper_that_cannot_be_made_is_told_and_loses_nothing(
    client, engineer, page, asked, how, monkeypatch, tmp_path
):
    broken(monkeypatch, tmp_path, BROKEN[how])
    assert make_asked(now=NOW)
    left = Report.objects.get()
    assert (left.key, left.made_at, left.document, left.asked_at) == (None, None, {}, None)
    client.force_login(engineer)
    shown = client.get(page).content.decode()
    assert "The report could not be made" in shown
    assert "Make the report" in shown
    assert os.fspath(tmp_path) not in shown


def test_asking_again_after_a_failure_makes_it(asked, engineer, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        broken(patch, tmp_path, BROKEN["killed"])
        make_asked(now=NOW)
    services.ask_report(report=asked, by=Actor(engineer), now=NOW)
    assert make_asked(now=NOW)
    made = Report.objects.get()
    assert made.failed_at is None
    assert services.is_unchanged(made)


def test_a_failed_try_leaves_the_file_of_before(edition, engineer, monkeypatch, tmp_path):
    services.ask_report(report=edition, by=Actor(engineer), now=NOW)
    broken(monkeypatch, tmp_path, BROKEN["killed"])
    make_asked(now=NOW)
    edition.refresh_from_db()
    assert services.is_unchanged(edition)
    assert edition.failed_at == NOW


def test_asking_twice_is_asking_once(asked, engineer):
    later = NOW + timedelta(seconds=5)
    assert services.ask_report(report=asked, by=Actor(engineer), now=later).asked_at == NOW
    assert make_asked(now=later)
    assert not make_asked(now=later)


def test_while_one_is_made_no_other_worker_takes_one(asked):
    assert services.take_paper(now=NOW) == asked
    assert services.take_paper(now=NOW + timedelta(seconds=60)) is None


def test_a_paper_of_a_worker_that_died_is_taken_by_another(asked):
    services.take_paper(now=NOW)
    assert services.take_paper(now=NOW + timedelta(seconds=91)) == asked


def test_what_nobody_can_make_is_given_up(asked):
    services.take_paper(now=NOW)
    late = NOW + timedelta(minutes=11)
    assert services.take_paper(now=late) is None
    asked.refresh_from_db()
    assert (asked.asked_at, asked.failed_at) == (None, late)


def test_words_that_change_meanwhile_are_made_next(asked, engineer):
    taken = services.take_paper(now=NOW)
    made = services.Made(b"%PDF old", {"blocks": []}, services.words_of(taken))
    services.write_report(report=asked, words={"summary": "Newer"}, by=Actor(engineer))
    with pytest.raises(Illegal):
        services.keep_report(report=taken, made=made, by=Actor(engineer), now=NOW)
    services.put_back(paper=taken)
    assert make_asked(now=NOW)
    assert "Newer" in str(Report.objects.get().document)


def test_it_is_not_sent_while_it_is_made(edition, engineer):
    services.ask_report(report=edition, by=Actor(engineer), now=NOW)
    with pytest.raises(Illegal):
        services.send_report(report=edition, by=Actor(engineer), now=NOW)


def test_who_left_meanwhile_gets_no_paper(asked, engineer):
    engineer.is_active = False
    engineer.save()
    assert make_asked(now=NOW)
    assert Report.objects.get().failed_at == NOW
