"""A promise has one name: policy page, simulator, ledger, customer's page and REST say the same word for it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from customers.models import Contract
from sla import library, services, words
from sla.engine import Scheme
from sla.engine.shipped import shipped_documents
from sla.models import SchemeVersion
from sla.wording import TARGETS

pytestmark = pytest.mark.django_db
SCHEMES = {code: Scheme.from_document(document) for code, document in shipped_documents().items()}
FRIDAY = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ROW = re.compile(r'scope="row"><span><span>(.*?)(?:<em|<small|</span>)')
CLOCK = re.compile(r"<dt>(.*?)(?:<span|</dt>)")
ANSWER = re.compile(r'class="flagn">\d+</span><b>(.*?)</b>')


@pytest.fixture
def promised(acme, report, alice):
    """A fault of acme-hq on that scheme, long enough ago for its clocks to tell of themselves."""

    def make(code):
        Contract.objects.filter(organisation=acme.organisation).update(scheme_code=code)
        scheme = SCHEMES[code]
        level = next(level.code for level in scheme.levels if scheme.targets[0].within.get(level.code))
        return report(by=alice, level=level, at=FRIDAY - timedelta(hours=1), now=FRIDAY - timedelta(hours=1))

    return make


def names(pattern, page):
    return {found.strip(" ,，") for found in pattern.findall(page)}


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant", "th"])
@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_the_policy_page_and_the_simulator_name_promises_as_the_house_does(client, agent, code, language):
    agent.language = language
    agent.save()
    client.force_login(agent)
    client.cookies["django_language"] = language
    page, _half, simulated = client.get(f"/schemes/{code}/").content.decode().partition('id="try"')
    with translation.override(language):
        house = {str(TARGETS[target.code]) for target in SCHEMES[code].targets}
    assert names(ROW, page) == house
    assert names(CLOCK, page.split('class="policy__clocks"')[1].split("</dl>")[0]) == house
    assert names(ANSWER, simulated) <= house


@pytest.mark.parametrize("code", sorted(SCHEMES))
def test_a_case_names_its_promises_as_its_policy_page_does(client, agent, alice, promised, code):
    with time_machine.travel(FRIDAY, tick=False):
        ticket = promised(code)
        client.force_login(alice)
        portal = client.get(f"/portal/{ticket.reference}/").content.decode()
        client.force_login(agent)
        desk = client.get(ticket.get_absolute_url()).content.decode()
        labels = {clock["label"] for clock in client.get(f"/api/v1/tickets/{ticket.reference}/").json()["clocks"]}
    client.force_login(agent)  # a week later, when the first session is over
    house = names(ROW, client.get(f"/schemes/{code}/").content.decode())
    told = set(re.findall(r'<section class="stack-2"><h2>(.*?)</h2>', portal))
    assert told
    assert told <= labels <= house
    ledgers = re.findall(r"Why is (?!this)(.*?) due", desk)
    assert ledgers
    assert set(ledgers) <= {name.lower() for name in house}


@pytest.fixture
def own(db):
    """Two schemes of administrators with a promise of their own, under one code and two names."""
    for code, name in (("callback", "Call back"), ("telephone", "Telephone call")):
        row = SchemeVersion.objects.get(code="general", version=1)
        target = {"code": "call_back", "name": name, "from": "received", "to": "responded", "within": "PT1H"}
        document = {**row.document, "code": code, "targets": [*row.document["targets"], target]}
        services.publish(document=document, effective_at=FRIDAY, now=FRIDAY)
    library.forget()


def test_a_promise_only_a_scheme_knows_is_called_what_the_scheme_calls_it(own):
    assert words.target_label("call_back", "callback") == "Call back"
    assert words.target_label("call_back", "telephone") == "Telephone call"
    assert words.target_label("call_back") == "Telephone call"
    read = words.translated(library.scheme("callback", 1))
    assert [target.name for target in read.targets] == ["Reply", "Arrival", "Call back"]


def test_a_schemes_own_name_is_translated_with_its_other_texts(own, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.translate(code="callback", language="th", source="Call back", text="โทรกลับ")
    with translation.override("th"):
        assert words.target_label("call_back", "callback") == "โทรกลับ"


def test_a_word_the_house_has_wins_over_what_a_scheme_says(own):
    row = SchemeVersion.objects.get(code="callback", version=1)
    targets = [{**target, "name": "Another word"} for target in row.document["targets"]]
    services.publish(document={**row.document, "targets": targets}, effective_at=FRIDAY, now=FRIDAY)
    read = words.translated(library.scheme("callback", 2))
    assert [target.name for target in read.targets] == ["Reply", "Arrival", "Another word"]
