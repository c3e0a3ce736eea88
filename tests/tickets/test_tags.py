"""Tags: how one is written, whose words add up, what the log keeps of them, and who finds a ticket by one."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from common.errors import Forbidden, Illegal, Invalid
from sla import services as sla
from tickets import services, tags
from tickets.models import Ticket

NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def by(agent):
    return Actor(user=agent)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("power-supply", ["power-supply"]),
        ("  Power Supply ", ["power-supply"]),
        ("power_supply, POWER-SUPPLY", ["power-supply"]),
        ("停电，服务器、UPS", ["停电", "服务器", "ups"]),
        ("ไฟดับ", ["ไฟดับ"]),
        ("Ｆａｎ２", ["fan2"]),
        (" , ", []),
    ],
)
def test_a_tag_is_kept_in_one_way_however_it_is_typed(typed, kept):
    assert tags.words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("a/b", "“a/b” has more"),
        ("<b>", "letters, digits and hyphens only"),
        ("--", "Enter a word of letters or digits"),
        ("x" * 41, "at most 40 characters"),
        ("fan\x00", "letters, digits and hyphens only"),
        ("a\u200bb", "letters, digits and hyphens only"),
    ],
)
def test_what_is_no_tag_is_refused_beside_the_field(typed, said):
    with pytest.raises(Invalid, match=said) as refusal:
        tags.words(typed)
    assert list(refusal.value.errors) == ["tags"]


@pytest.mark.django_db
def test_what_two_people_put_there_adds_up_and_each_change_is_an_entry(ticket, by, lead):
    before = ticket.version
    services.tag(ticket=ticket, add=["fan"], by=by, now=NOW)
    services.tag(ticket=ticket, add=["battery", "fan"], by=Actor(user=lead), now=NOW)
    services.tag(ticket=ticket, remove=["fan", "unknown"], by=by, now=NOW)
    row = services.tag(ticket=ticket, add=["battery"], by=by, now=NOW)
    assert (row.tags, row.version) == (["battery"], before + 3)
    assert [(event.user, event.data) for event in ticket.events.filter(type="tagged")] == [
        (by.user, {"added": ["fan"], "removed": []}),
        (lead, {"added": ["battery"], "removed": []}),
        (by.user, {"added": [], "removed": ["fan"]}),
    ]


@pytest.mark.django_db
def test_twenty_are_enough(ticket, by):
    services.tag(ticket=ticket, add=[f"t{number}" for number in range(20)], by=by, now=NOW)
    with pytest.raises(Invalid, match="at most 20 tags"):
        services.tag(ticket=ticket, add=["one-more"], by=by, now=NOW)
    row = services.tag(ticket=ticket, add=["one-more"], remove=["t0"], by=by, now=NOW)
    assert len(row.tags) == 20


@pytest.mark.django_db
@pytest.mark.parametrize(("end", "is_refused"), [("closed", False), ("cancelled", True)])
def test_what_is_closed_is_still_sorted_and_what_never_counted_is_not(ticket, by, end, is_refused):
    services.record(ticket=ticket, type=end, by=by, at=NOW, now=NOW)
    if is_refused:
        with pytest.raises(Illegal):
            services.tag(ticket=ticket, add=["fan"], by=by, now=NOW)
    else:
        assert services.tag(ticket=ticket, add=["fan"], by=by, now=NOW).tags == ["fan"]


@pytest.mark.django_db
def test_customers_and_the_storekeeper_put_none(ticket, alice, storekeeper):
    for person in (alice, storekeeper):
        with pytest.raises(Forbidden):
            services.tag(ticket=ticket, add=["fan"], by=Actor(user=person), now=NOW)


@pytest.mark.django_db
def test_taking_back_leaves_what_others_did(ticket, by, lead):
    services.tag(ticket=ticket, add=["old"], by=by, now=NOW)
    with services.remembered(by=by, now=NOW, said="Tagged") as memory:
        services.tag(ticket=ticket, add=["fan", "ups"], remove=["old"], by=by, now=NOW)
    services.tag(ticket=ticket, add=["battery"], remove=["ups"], by=Actor(user=lead), now=NOW)
    result = services.take_back(action=memory.action, by=by, now=NOW + timedelta(minutes=1))
    assert (result.done, result.refused) == ([ticket], [])
    assert Ticket.objects.get().tags == ["battery", "old"]


@pytest.mark.django_db
def test_a_row_that_says_otherwise_than_its_log_is_found_and_put_right(ticket, by):
    services.tag(ticket=ticket, add=["fan", "ups"], by=by, now=NOW)
    services.tag(ticket=ticket, remove=["ups"], by=by, now=NOW)
    assert sla.check(now=NOW).differences == []
    Ticket.objects.update(tags=["other"])
    assert sla.check(now=NOW).differences == [f"{ticket.reference} has other tags than its log"]
    sla.rebuild(now=NOW)
    assert Ticket.objects.get().tags == ["fan"]


@pytest.mark.django_db
def test_the_desk_finds_a_ticket_by_its_tag_and_a_customer_does_not(ticket, by):
    services.tag(ticket=ticket, add=["电源-module"], by=by, now=NOW)
    services.edit(ticket=ticket, changes={"title": "Another title"}, by=by, now=NOW)
    found = Ticket.objects.all()
    assert [found.matching(words, notes=True).count() for words in ("电源", "module", "电源-module")] == [1, 1, 1]
    assert [found.matching(words).count() for words in ("电源", "module")] == [0, 0]
    services.tag(ticket=ticket, only=[], by=by, now=NOW)
    assert found.matching("module", notes=True).count() == 0


@pytest.mark.django_db
def test_tags_in_use_are_offered_the_frequent_first(report, by):
    for words in (["fan", "ups"], ["ups"], []):
        services.tag(ticket=report(), add=words, by=by, now=NOW)
    assert Ticket.objects.tags_in_use() == ["ups", "fan"]
    assert Ticket.objects.tagged(["UPS", "battery"]).count() == 2
