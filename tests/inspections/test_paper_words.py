"""In which language a paper speaks: all that the desk says in its reader's, what people wrote in theirs, and marked."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from accounts.actors import Actor
from inspections import services, wording
from servicedesk.papers import analysis_paper, report_paper
from tests.inspections import papers
from tests.inspections.conftest import DAY, DOCUMENT, NOW
from tickets import services as tickets

pytestmark = pytest.mark.django_db
THAI = {"th": {"name": "ตรวจอาร์เรย์", "sections": {"hw": "ฮาร์ดแวร์"}, "items": {"light": {"text": "ไฟเป็นสีเขียว"}}}}


@pytest.fixture
def walked(report, acme, lead, engineer):
    """A visit with a list that has words in Thai."""
    document = {**DOCUMENT, "code": "array-th", "words": THAI}
    row = services.import_document(document=document, by=Actor(lead), now=NOW)
    version = services.publish(checklist=row, seen=row.draft_number, by=Actor(lead), now=NOW)
    return papers.signed_visit(report, acme.unit, version, engineer, NOW)


def paper_of(visit, engineer, language, **words):
    row = services.begin_report(inspection=visit, by=Actor(engineer))
    row = services.write_report(report=row, words=words, language=language, by=Actor(engineer))
    return report_paper(row, reader=engineer, now=NOW).document


def test_lists_speak_the_language_of_the_report(walked, engineer):
    text = str(paper_of(walked, engineer, "th"))
    assert all(words in text for words in ("ตรวจอาร์เรย์", "ฮาร์ดแวร์", "ไฟเป็นสีเขียว"))
    assert "The light is green" not in text


def test_what_people_wrote_stays_and_is_marked(walked, engineer):
    document = paper_of(walked, engineer, "zh-hant", summary="一切正常。\nทุกอย่างปกติ\n机房很热，请检查空调设备。")
    langs = document["langs"]
    assert langs["Amber since noon."] == "en"
    assert langs["ทุกอย่างปกติ"] == "th"
    assert langs["机房很热，请检查空调设备。"] == "zh-Hans"
    assert "一切正常。" not in langs


def test_the_page_marks_it_too(client, walked, engineer):
    row = services.begin_report(inspection=walked, by=Actor(engineer))
    document = report_paper(row, reader=engineer, now=NOW).document | {"langs": {"Amber since noon.": "th"}}
    made = services.Made(b"%PDF", document, services.words_of(row))
    services.keep_report(report=row, made=made, by=Actor(engineer), now=NOW)
    client.force_login(engineer)
    shown = client.get(f"/inspections/visits/{walked.ticket.reference}/report/").content.decode()
    assert '<span lang="th">Amber since noon.</span>' in shown


def test_an_analysis_asks_in_the_language_of_its_reader(walked, acme, engineer):
    tickets.record(ticket=walked.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    period = {"begins_on": date(2026, 6, 1), "ends_on": date(2026, 11, 30)}
    row = services.begin_analysis(contract=acme.contract, **period, by=Actor(engineer))
    row = services.write_analysis(analysis=row, words={}, language="th", by=Actor(engineer))
    text = str(analysis_paper(row, reader=engineer, now=NOW).document)
    assert "ไฟเป็นสีเขียว" in text
    assert "The light is green" not in text


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "240\xa0min"), ("zh-hans", "240\xa0分钟"), ("zh-hant", "240\xa0分鐘"), ("th", "240\xa0นาที")],
)
def test_units_are_said_in_the_language_of_the_page(language, said):
    with translation.override(language):
        assert wording.measured(Decimal(240), "min") == said
        assert wording.measured(Decimal(5), "m³/h") == "5\xa0m³/h"
        assert wording.measured(Decimal(5), "") == "5"


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "th"])
def test_levels_of_faults_are_said_in_the_language_of_an_analysis(report, walked, acme, engineer, language):
    report(equipment=acme.unit, at=NOW - DAY, now=NOW - DAY, level="2")
    period = {"begins_on": date(2026, 6, 1), "ends_on": date(2026, 11, 30)}
    row = services.begin_analysis(contract=acme.contract, **period, by=Actor(engineer))
    row = services.write_analysis(analysis=row, words={}, language=language, by=Actor(engineer))
    text = str(analysis_paper(row, reader=engineer, now=NOW).document)
    assert "Grave" not in text
