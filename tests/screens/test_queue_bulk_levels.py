"""Levels for many tickets: each is named by its scheme, and no ticket gets one that means something else."""

import re

import pytest
from django.test import Client

from sla import library
from tests.places import contract
from tickets.models import Ticket


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def both(report, cathay):
    """A ticket of the hardware scheme and one of the software scheme; "A" is a level of both."""
    place = {"organisation": cathay.organisation, "site": cathay.site}
    return report(**place, level="B"), report(**place, category="software", level="B")


def offered(text):
    """Label of each list -> its schemes, its options."""
    menu = text.split('id="b-level"')[1].split("</select>")[0]
    parts = re.findall(r'<optgroup label="([^"]*)" data-schemes="([^"]*)">(.*?)</optgroup>', menu)
    option = re.compile(r'value="([^"]*)"[^>]*>([^<]*)<')
    return {label: (schemes, option.findall(options)) for label, schemes, options in parts}


def press(desk, tickets, level):
    numbers = [ticket.reference for ticket in tickets]
    form = {"ticket": numbers, "do": "level", "level": level, "note": "They rang"}
    return desk.post("/tickets/bulk/", form, follow=True).content.decode()


def test_each_level_stands_under_its_scheme_with_its_own_name(desk, both):
    text = desk.get("/tickets/").content.decode()
    for made, label in zip(both, ("hardware", "software"), strict=True):
        names = library.promise(made.scheme_code, made.scheme_version).level_names
        schemes, options = next(found for found in offered(text).values() if found[0].startswith(label))
        assert [words for _value, words in options] == [f"{code}, {name}" for code, name in names.items()]
        box = re.search(rf'<input [^>]*name="ticket" value="{made.number}"', text)[0]
        assert f'data-scheme="{schemes}"' in box


def test_a_level_is_given_only_where_it_means_the_same(desk, both):
    hardware, software = both
    text = press(desk, both, f"A@hardware.{hardware.scheme_version}")
    assert "1 of 2 changed" in text
    name = library.promise("software", software.scheme_version).level_names["A"]
    assert f"{software.reference}: Level A is “{name}” for this ticket." in text
    assert set(Ticket.objects.values_list("scheme_code", "level")) == {("hardware", "A"), ("software", "B")}


def test_schemes_with_the_same_levels_share_one_list(desk, report, cathay, delta):
    contract(cathay.organisation, "teleconference", categories=("network",))
    first = report(organisation=delta.organisation, site=delta.site)
    second = report(organisation=cathay.organisation, site=cathay.site, category="network")
    assert first.scheme_code == second.scheme_code == "teleconference"
    assert len(offered(desk.get("/tickets/").content.decode())) == 1


@pytest.mark.parametrize("level", ["A@", "A@nowhere.1", "A@hardware.x", "@", "A@hardware.99999999999999999999"])
def test_a_level_of_no_scheme_is_refused_and_breaks_nothing(desk, both, level):
    press(desk, both[1:], level)
    assert set(Ticket.objects.values_list("level", flat=True)) <= {"A", "B"}
