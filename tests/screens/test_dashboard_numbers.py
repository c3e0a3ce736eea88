"""Every number of the dashboard: its list is as long, REST says the same, and the exports have the same rows."""

import csv
import html
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from accounts.actors import Actor
from accounts.models import Team
from servicedesk import wording
from tickets import services

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 4, 30, tzinfo=UTC)
LINK = re.compile(r'<a [^>]*href="(/dashboard/tickets/[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture(autouse=True)
def _wednesday_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(report, agent, engineer, acme, borealis, cathay):
    """Kept and missed clocks of three organisations and of none, over ten weeks; some tickets still open."""
    team = Team.objects.create(code="north", name="North")
    places = [
        ("1", {}),
        ("2", {}),
        ("B", {"organisation": borealis.organisation, "site": borealis.site}),
        ("C", {"organisation": cathay.organisation, "site": cathay.site, "category": "software"}),
        ("", {"organisation": None, "site": None}),
    ]
    for number in range(24):
        level, facts = places[number % len(places)]
        at = NOW - timedelta(days=(number * 7) % 40, hours=number % 9, minutes=5)
        owner = {"assignee": engineer} if number % 3 else {}
        crew = {"team": team} if number % 4 == 0 else {}
        ticket = report(at=at, now=at, level=level, channel="phone", title=f"Fault {number}", **facts, **owner, **crew)
        if number % 5 != 1:
            later = min(at + timedelta(minutes=10 * (number % 4)), NOW)
            services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=later, now=later)
        if number % 2:
            later = min(at + timedelta(hours=1 + number % 6), NOW)
            services.resolve(ticket=ticket, by=Actor(user=agent), at=later, now=later)


@pytest.fixture
def at_desk(client, manager):
    manager.zone = "Asia/Shanghai"
    manager.save()
    client.force_login(manager)
    return client


def count(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.context["page"].paginator.count


def exported(client, address):
    answer = client.get(address.replace("/tickets/", "/export.csv"))
    return len(list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))) - 1


def numbers(page):
    """(address, number as written) of every link to a list."""
    for address, inside in LINK.findall(page):
        words = re.sub(r"<[^>]*>", "", inside)
        yield html.unescape(address), re.search(r"[\d.]+", words)[0]


FILTERS = [
    "period=90&by=respond", "period=7&organisation=acme&level=2", "month=2026-10&team=north&compare=year",
    "contract=none&organisation=none",
]  # fmt: skip


@pytest.mark.parametrize("query", FILTERS)
def test_each_number_is_as_long_as_its_list_and_the_list_as_its_export(at_desk, world, query):
    page = at_desk.get(f"/dashboard/?{query}").content.decode()
    assert "This card could not be read" not in page
    found = set(numbers(page))
    assert len(found) > 4
    for address, number in sorted(found):
        listed = count(at_desk, address)
        if "." in number:
            kept = count(at_desk, f"{address}&outcome=met")
            assert f"{100 * kept / listed:.1f}" == number, address
        else:
            assert (listed, exported(at_desk, address)) == (int(number), int(number)), address


@pytest.mark.parametrize("query", FILTERS)
def test_rest_says_what_the_lists_hold(at_desk, world, query):
    asked = {part.split("=")[0]: part.split("=")[1] for part in query.split("&") if part}
    asked = {name: value for name, value in asked.items() if name not in ("by", "contracts")} or {"period": "30"}
    said = at_desk.get("/api/v1/service-levels/?" + urlencode({**asked, "zone": "Asia/Shanghai"})).json()

    def listed(**more):
        return count(at_desk, "/dashboard/tickets/?" + urlencode(asked | more))

    for row in said["targets"]:
        met = listed(target=row["target"], outcome="met")
        assert (met, listed(target=row["target"], outcome="missed")) == (row["met"], row["missed"])
    for row in said["severities"]:
        for code, share in row["targets"].items():
            assert listed(level=row["severity"], target=code) == share["met"] + share["missed"]
    for row in said["contracts"]:
        place = {"contract": row["contract"] or "none", "organisation": row["organisation_code"] or "none"}
        assert listed(**place) == sum(share["met"] + share["missed"] for share in row["targets"].values())
    for row in said["peaks"]:
        assert listed(show="faults", weekday=row["weekday"], hour=row["hour"]) == row["faults"]
    for row in said["holders"]:
        assert listed(show="open", owner=row["email"] or "none") == row["total"]
    assert listed(show="open") == said["open"]["all"]
    assert listed(show="reported") == said["tickets"]
    assert listed(outcome="missed") == sum(row["missed"] for row in said["targets"])


def test_a_number_too_long_to_be_one_narrows_nothing(at_desk, world):
    known = "/dashboard/tickets/?show=faults"
    assert count(at_desk, f"{known}&weekday={'9' * 5000}&besides={'9' * 5000}") == count(at_desk, known)


def sheets(answer):
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    names = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
    return {name: book.read(f"xl/worksheets/sheet{number}.xml").decode() for number, name in enumerate(names, start=1)}


def test_the_workbook_has_every_table_and_every_clock(at_desk, world):
    found = sheets(at_desk.get("/dashboard/export.xlsx?period=90&figures=1"))
    assert list(found) == ["Promises", "Weeks", "Levels", "Contracts", "Hours", "Open now", "Decided clocks"]
    assert found["Decided clocks"].count("<row ") - 1 == count(at_desk, "/dashboard/tickets/?period=90")
    assert found["Hours"].count("<row ") == 8


def test_a_promise_is_called_the_same_in_every_sheet_as_on_the_page(at_desk, report, cathay):
    """Two schemes have a promise of the same name: each says whose it is."""
    at = NOW - timedelta(days=5)
    report(at=at, now=at, level="2", channel="email")
    report(at=at, now=at, level="B", organisation=cathay.organisation, site=cathay.site, category="hardware")
    page = at_desk.get("/dashboard/?card=promises").content.decode()
    names = set(re.findall('scope="row">(Proposed solution[^<]*)', page))
    assert len(names) == 2
    found = sheets(at_desk.get("/dashboard/export.xlsx?figures=1"))
    for name in ("Promises", "Weeks", "Levels", "Contracts"):
        assert set(re.findall("Proposed solution[^<]*", found[name])) == names, name


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "http://example.test/", "空调不制冷", "เครื่องเสีย"])
def test_texts_of_a_workbook_stay_texts(at_desk, report, agent, title):
    at = NOW - timedelta(days=1)
    ticket = report(at=at, now=at, level="2", channel="phone", title=title)
    services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=at, now=at)
    [sheet] = sheets(at_desk.get("/dashboard/export.xlsx")).values()
    assert f"<is><t>{html.escape(title)}</t></is>" in sheet
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_smaller_contracts_are_one_line_whose_numbers_add_up(at_desk, report, agent, acme):
    for number in range(10):
        contract = acme.contract.__class__.objects.create(
            organisation=acme.organisation, number=f"C-{number}", scheme_code="general", starts_on="2020-01-01",
            categories=[f"kind-{number}"],
        )  # fmt: skip
        for _ in range(number + 1):
            ticket = report(at=NOW, now=NOW, level="urgent", category=f"kind-{number}")
            assert ticket.contract == contract
            services.record(ticket=ticket, type="responded", by=Actor(user=agent), at=NOW, now=NOW)
    page = at_desk.get("/dashboard/").content.decode()
    assert "3 smaller contracts" in page
    [(address, number)] = {pair for pair in numbers(page) if "besides" in pair[0] and "outcome=met" in pair[0]}
    assert int(number) == count(at_desk, address) == 1 + 2 + 3
    assert "smaller contracts" not in at_desk.get("/dashboard/?contracts=all").content.decode()


def test_a_late_clock_that_waits_is_as_late_on_every_page_as_rest_says(at_desk, report, agent):
    start, by = NOW - timedelta(days=9), Actor(user=agent)
    ticket = report(level="3", at=start, now=start)
    for type_, at in (("responded", start), ("waiting", NOW - timedelta(hours=7, minutes=31))):
        services.record(ticket=ticket, type=type_, by=by, at=at, now=at)
    clocks = at_desk.get(f"/api/v1/tickets/{ticket.reference}/clocks/").json()
    restore = next(clock for clock in clocks if clock["paused"])
    assert restore["over_seconds"], clocks
    said = f"{wording.duration(restore['over_seconds'])} over"
    for page in (ticket.get_absolute_url(), "/dashboard/tickets/?period=30&target=restore", "/tickets/?view=open"):
        assert said in at_desk.get(page).content.decode(), page
