"""The analysis of a contract's system: inspections, faults, promised times and readings of a period on one paper."""

from datetime import date

import pytest
import time_machine

from accounts.actors import Actor
from accounts.roles import Role
from common.errors import Invalid
from customers.models import Contract, Membership
from inspections import services
from inspections.models import Analysis
from servicedesk.papers import analysis_paper, make_asked
from tests.conftest import person
from tests.inspections.conftest import DAY, NOW
from tests.inspections.papers import made
from tickets import services as tickets

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 6, 1), date(2026, 11, 30)


@pytest.fixture
def row(acme, signed, engineer):
    tickets.record(ticket=signed.ticket, type="visit_done", by=Actor(engineer), at=NOW, now=NOW)
    return services.begin_analysis(contract=acme.contract, begins_on=FIRST, ends_on=LAST, by=Actor(engineer))


@pytest.fixture
def head(acme):
    """A customer who sees the whole organisation."""
    user = person("hedda", Role.CUSTOMER)
    Membership.objects.create(user=user, organisation=acme.organisation)
    return user


def test_it_tells_inspections_faults_clocks_and_readings_together(row, report, acme, make_plan, engineer):
    make_plan(begins_on=date(2026, 6, 1), every="quarter")
    report(equipment=acme.unit, at=NOW - 2 * DAY, now=NOW - 2 * DAY, level="2")
    report(equipment=acme.unit, at=NOW - 400 * DAY, now=NOW - 400 * DAY, level="2")
    text = str(analysis_paper(row, reader=engineer, now=NOW).document)
    assert "1 fault was reported." in text
    assert "Amber since noon." in text  # the finding of the visit in the period
    assert "1 reading is getting worse." in text
    assert "promised times" in text


def test_beginning_twice_is_one_edition(row, acme, engineer):
    again = services.begin_analysis(contract=acme.contract, begins_on=FIRST, ends_on=LAST, by=Actor(engineer))
    assert again == row
    with pytest.raises(Invalid):
        services.begin_analysis(contract=acme.contract, begins_on=LAST, ends_on=FIRST, by=Actor(engineer))


@time_machine.travel(NOW)
def test_pages_from_beginning_to_the_customers_word(client, acme, signed, engineer, head, alice):
    client.force_login(engineer)
    values = {"contract": acme.contract.number, "begins_on": "2026-06-01", "ends_on": "2026-11-20"}
    page = client.post("/inspections/analyses/new/", values, follow=True).redirect_chain[-1][0]
    client.post(page, {"act": "make", "summary": "A quiet half year.", "language": "th"})
    assert make_asked(now=NOW)
    client.force_login(head)
    assert client.get(page).status_code == 404
    client.force_login(engineer)
    client.post(page, {"act": "send"})
    client.force_login(head)
    assert "A quiet half year." in client.get(page).content.decode()
    assert b"".join(client.get(f"{page}report.pdf").streaming_content).startswith(b"%PDF")
    client.post(page, {"act": "acknowledge"})
    assert Analysis.objects.get().acknowledged_by == head
    client.force_login(alice)  # of one site: contracts are the organisation's
    assert client.get(page).status_code == 404


def test_a_sent_one_is_followed_by_a_further_edition(row, engineer):
    services.keep_analysis(analysis=row, made=made(row), by=Actor(engineer), now=NOW)
    services.send_analysis(analysis=row, by=Actor(engineer), now=NOW)
    again = services.begin_analysis(contract=row.contract, begins_on=FIRST, ends_on=LAST, by=Actor(engineer))
    assert (again.number, again.sent_at) == (2, None)


def test_what_is_late_or_below_its_goal_is_said_in_words_too(row, report, acme, make_plan, engineer):
    make_plan(begins_on=date(2026, 6, 1), every="quarter")
    document = analysis_paper(row, reader=engineer, now=NOW + 60 * DAY).document
    blocks = [block for block in document["blocks"] if "moods" in block]
    late = [line for line, mood in zip(blocks[0]["rows"], blocks[0]["moods"], strict=True) if mood == "bad"]
    assert late
    assert all(line[-1].endswith(", late") for line in late)


@time_machine.travel(NOW)
@pytest.mark.parametrize(
    ("begins_on", "ends_on", "field"),
    [
        ("2026-06-01", "2026-11-21", "ends_on"),
        ("2030-06-01", "2030-11-30", "ends_on"),
        ("2023-06-01", "2023-12-31", "ends_on"),
        ("2026-10-01", "2026-11-01", "begins_on"),
    ],
)
def test_period_that_has_not_been_is_refused_beside_its_field(client, acme, engineer, begins_on, ends_on, field):
    if field == "begins_on":
        Contract.objects.filter(pk=acme.contract.pk).update(ends_on=date(2026, 10, 1))
    client.force_login(engineer)
    values = {"contract": acme.contract.number, "begins_on": begins_on, "ends_on": ends_on}
    answer = client.post("/inspections/analyses/new/", values)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Analysis.objects.exists()


@time_machine.travel(NOW)
@pytest.mark.parametrize(
    ("starts_on", "ends_on", "covered"),
    [
        (date(2026, 3, 1), None, ("2026-03-01", "2026-10-31", "1 Mar – 31 Oct 2026")),
        (date(2024, 1, 1), date(2026, 7, 1), ("2026-01-01", "2026-06-30", "1 Jan – 30 Jun 2026")),
        (date(2026, 3, 1), date(2026, 7, 1), ("2026-03-01", "2026-06-30", "1 Mar – 30 Jun 2026")),
    ],
)
def test_period_in_which_the_contract_began_or_ended_tells_of_the_part_and_says_so(
    client, acme, engineer, starts_on, ends_on, covered
):
    Contract.objects.filter(pk=acme.contract.pk).update(starts_on=starts_on, ends_on=ends_on)
    client.force_login(engineer)
    values = {"contract": acme.contract.number, "begins_on": "2026-01-01", "ends_on": "2026-10-31"}
    page = client.post("/inspections/analyses/new/", values, follow=True)
    assert "The contract covers a part of this period" in page.content.decode()
    row = Analysis.objects.get()
    document = analysis_paper(row, reader=engineer, now=NOW).document
    first, last, words = covered
    assert document["subtitle"].endswith(words)
    said = f"Of 1 Jan – 31 Oct 2026 this report tells of the part that the contract covers: {words}."
    assert said in str(document)
    [told] = client.get("/api/v1/system-analyses/").json()["results"]
    assert (told["covered_from"], told["covered_to"]) == (first, last)


def test_period_that_the_contract_covers_whole_says_nothing_of_it(row, engineer):
    assert "the part that the contract covers" not in str(analysis_paper(row, reader=engineer, now=NOW).document)


@time_machine.travel(NOW)
def test_rows_of_many_columns_say_what_each_cell_is_for_a_phone(client, row, engineer):
    """There a row is a card; the number of the ticket is broken nowhere."""
    document = analysis_paper(row, reader=engineer, now=NOW).document
    kept = services.Made(b"%PDF-1.7 made", document, services.words_of(row))
    services.keep_analysis(analysis=row, made=kept, by=Actor(engineer), now=NOW)
    client.force_login(engineer)
    page = client.get(f"/inspections/analyses/{row.pk}/").content.decode()
    [number] = [block["rows"][0][3] for block in document["blocks"] if block.get("head", [""])[0] == "Day"]
    assert f'<td data-label="Ticket" class="is-whole">{number}</td>' in page
