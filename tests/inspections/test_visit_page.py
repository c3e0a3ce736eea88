"""The page of a visit: it begins with a press, saves a section at a time without script, and keeps what was typed."""

import re

import pytest

from accounts.actors import Actor
from inspections import services
from inspections.models import AnswerEntry, Inspection
from tests.inspections.conftest import NOW
from tickets.models import TicketEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_site(client, engineer):
    client.force_login(engineer)
    return client


def address(case, rest=""):
    return f"/inspections/visits/{case.reference}/{rest}"


def test_visit_begins_with_a_press_and_not_with_a_look(on_site, case, version):
    assert "Begin the visit" in on_site.get(address(case)).content.decode()
    assert not Inspection.objects.exists()
    on_site.post(address(case, "begin/"), {"checklist": version.checklist.code})
    page = on_site.get(address(case)).content.decode()
    assert "0 of 7" in page
    assert TicketEvent.objects.filter(ticket=case, type="arrived").count() == 1


def test_section_is_saved_whole_and_judged(on_site, case, visit):
    sheet = visit.sheets.get()
    answer = on_site.post(
        address(case, f"parts/{sheet.pk}-env/"),
        {"reading-temp": "31,5", "finding-temp": "Tile blocked", "result-dust": "passed", "then": "next"},
    )
    assert answer["Location"] == f"{address(case)}?part={sheet.pk}-env#item-{sheet.pk}-hum"
    page = on_site.get(address(case)).content.decode()
    assert "4.5 above the limit" in page
    assert "2 of 7" in page
    assert re.search(rf'class="check is-fail" id="item-{sheet.pk}-temp"', page)
    assert "31.5" in page


def test_wrong_number_stands_beside_its_field_and_the_rest_is_kept(on_site, case, visit):
    sheet = visit.sheets.get()
    answer = on_site.post(address(case, f"parts/{sheet.pk}-env/"), {"reading-temp": "warm", "result-dust": "passed"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert 'value="warm"' in page
    assert f'href="#reading-{sheet.pk}-temp"' in page
    assert AnswerEntry.objects.get().item == "dust"


def test_what_was_not_touched_writes_nothing(on_site, case, visit, answer):
    answer("temp", reading="31.5")
    sheet, entry = visit.sheets.get(), AnswerEntry.objects.get()
    shown = {"base-temp": str(entry.pk), "reading-temp": "31.5", "result-temp": "failed"}
    on_site.post(address(case, f"parts/{sheet.pk}-env/"), shown)
    assert AnswerEntry.objects.count() == 1


def test_value_that_got_better_is_not_a_failure_that_somebody_pressed(on_site, case, visit, answer):
    answer("temp", reading="31.5")
    sheet, entry = visit.sheets.get(), AnswerEntry.objects.get()
    shown = {"base-temp": str(entry.pk), "reading-temp": "25", "result-temp": "failed"}
    on_site.post(address(case, f"parts/{sheet.pk}-env/"), shown)
    assert sheet.answers.get().result == "passed"


def test_further_unit_is_added_by_its_number_with_or_without_hyphen(on_site, case, visit, acme):
    other = acme.unit
    other.pk, other.serial_number = None, "SN-77-1"
    other.save()
    on_site.post(address(case, "sheets/"), {"unit": "sn771", "checklist": "array"})
    assert list(visit.sheets.values_list("unit__serial_number", flat=True)) == ["SN-1234", "SN-77-1"]
    refused = on_site.post(address(case, "sheets/"), {"unit": "SN-1235", "checklist": "array"})
    assert refused.status_code == 400
    assert "no unit with this serial number at this site" in refused.content.decode()


def test_closing_words_keep_what_a_colleague_wrote_meanwhile(on_site, case, visit):
    on_site.post(
        address(case, "words/"), {"summary": "All well", "initial-summary": "", "advice": "", "initial-advice": ""}
    )
    on_site.post(
        address(case, "words/"), {"summary": "", "initial-summary": "", "advice": "Clean", "initial-advice": ""}
    )
    visit.refresh_from_db()
    assert (visit.summary, visit.advice) == ("All well", "Clean")


def test_nobody_but_staff_finds_a_visit(client, case, visit, alice, carol, storekeeper):
    for person in (alice, carol):
        client.force_login(person)
        assert client.get(address(case)).status_code == 404
        assert client.get(address(case, "state/")).status_code == 404
        assert client.post(address(case, "begin/")).status_code == 404
    client.force_login(storekeeper)
    assert client.get(address(case)).status_code == 200
    assert client.post(address(case, "words/"), {"summary": "x"}).status_code == 403


def test_office_sees_how_far_a_visit_is(client, case, visit, answer, agent):
    answer("dust", result="passed", at=NOW)
    client.force_login(agent)
    assert "1 of 7, seen" in client.get("/inspections/").content.decode()
    assert f'href="{address(case)}"' in client.get(case.get_absolute_url()).content.decode()


def test_closing_words_of_two_people_do_not_undo_each_other(client, visit, engineer, agent, case):
    """The second one's page was loaded before the first one saved."""
    services.write_words(inspection=visit, words={"training": "Two operators"}, by=Actor(agent), now=NOW)
    client.force_login(engineer)
    where = f"/inspections/visits/{case.reference}/"
    page = client.get(where).content.decode()
    form = {f"initial-{name}": "" for name in services.WORDS} | dict.fromkeys(services.WORDS, "")
    form["initial-training"] = re.search('name="initial-training" value="([^"]*)"', page)[1]
    services.write_words(inspection=visit, words={"summary": "All in order"}, by=Actor(agent), now=NOW)
    client.post(f"{where}words/", form | {"advice": "Replace the fan", "training": ""})
    visit.refresh_from_db()
    assert (visit.summary, visit.advice, visit.training) == ("All in order", "Replace the fan", "")


def write(client, case, person, text, seen=""):
    client.force_login(person)
    values = {"summary": text, "initial-summary": seen}
    return client.post(address(case, "words/"), values, follow=True).content.decode()


def test_both_texts_of_two_people_in_one_field_are_kept(client, visit, engineer, agent, case):
    write(client, case, agent, "The fan is loud")
    page = write(client, case, engineer, "All in order")
    assert "Both texts are kept" in page
    visit.refresh_from_db()
    assert visit.summary == f"The fan is loud\n\n{engineer.name} wrote at the same time:\nAll in order"
    both = visit.summary
    write(client, case, engineer, "All in order")  # sent once more
    write(client, case, engineer, "", seen="All in order")  # emptied, without having seen the other
    visit.refresh_from_db()
    assert visit.summary == both
    write(client, case, agent, "The fan is very loud", seen="The fan is loud")  # goes on with her own
    write(client, case, agent, "Settled", seen=both.replace("is loud", "is very loud"))
    visit.refresh_from_db()
    assert visit.summary == "Settled"
