"""Tags on the pages of the desk: put on and taken off on the ticket and in bulk, filtered by, kept in views."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils.html import escape

from accounts.actors import Actor
from accounts.models import SavedView
from accounts.roles import Role
from tests.screens.test_queue import numbers
from tickets import services
from tickets.models import Ticket

UNDO = re.compile(r'action="(/[^"]*)"[^>]*>(?:<input[^>]*>)?<button class="btn btn--sm" aria-keyshortcuts="z"')


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


@pytest.fixture
def tag(agent):
    def put(ticket, *words):
        now = datetime.now(UTC)
        return services.tag(ticket=ticket, add=words, by=Actor(user=agent), now=now)

    return put


def kept(ticket):
    return Ticket.objects.get(pk=ticket.pk).tags


def panel(page):
    return page.split('id="tags" data-fold')[1].split("</details>")[0]


def test_words_are_added_with_commas_and_one_is_taken_off_and_comes_back(desk, ticket, tag):
    where = f"{ticket.get_absolute_url()}tags/"
    text = desk.post(where, {"tags": "Power Supply, 停电"}, follow=True).content.decode()
    assert "Tagged: power-supply, 停电" in text
    assert '<button name="off" value="power-supply" aria-label="Remove tag power-supply">' in panel(text)
    assert '<span lang="zh-Hans">停电</span>' in panel(text)
    text = desk.post(where, {"off": "power-supply"}, follow=True).content.decode()
    assert kept(ticket) == ["停电"]
    assert "<b>Tags</b>, Agent: removed: power-supply" in text
    desk.post(UNDO.search(text)[1])
    assert kept(ticket) == ["power-supply", "停电"]


def test_two_who_have_the_page_open_both_succeed(desk, ticket, tag, lead):
    colleague = Client()
    colleague.force_login(lead)
    for who, word in ((desk, "fan"), (colleague, "battery")):
        old = {"seq": ticket.last_seq, "tags": word}
        assert who.post(f"{ticket.get_absolute_url()}tags/", old).status_code == 302
    assert kept(ticket) == ["battery", "fan"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [("a/b", "“a/b” has more."), ("", "Enter a tag, such as power-supply."), ("x" * 41, "at most 40 characters")],
)
def test_what_is_no_tag_is_said_beside_the_field_and_what_was_typed_stays(desk, ticket, typed, said):
    answer = desk.post(f"{ticket.get_absolute_url()}tags/", {"tags": typed})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error:" in text
    assert said in panel(text)
    assert f'value="{typed}"' in panel(text) or not typed


def test_the_panel_offers_what_is_in_use_and_nothing_to_who_may_not(desk, report, tag, agent):
    one, other = report(), report()
    tag(one, "fan")
    assert '<option value="fan">' in panel(desk.get(other.get_absolute_url()).content.decode())
    agent.role = Role.STOREKEEPER
    agent.save()
    shown = panel(desk.get(one.get_absolute_url()).content.decode())
    assert ("fan" in shown, "<form" in shown) == (True, False)
    assert desk.post(f"{other.get_absolute_url()}tags/", {"tags": "ups"}).status_code == 403
    assert kept(other) == []


def test_many_are_tagged_at_once_and_it_goes_back(desk, report, tag, agent):
    made, now = [report() for _n in range(3)], datetime.now(UTC)
    services.record(ticket=made[2], type="cancelled", by=Actor(user=agent), at=now, now=now)
    tag(made[0], "old")
    chosen = {"ticket": [ticket.reference for ticket in made]}
    text = desk.post("/tickets/bulk/", {**chosen, "do": "tag", "tags": "Fan, ups"}, follow=True).content.decode()
    assert "2 of 3 tagged" in text
    assert f"{made[2].reference}: " in text
    assert [kept(ticket) for ticket in made] == [["fan", "old", "ups"], ["fan", "ups"], []]
    desk.post(UNDO.search(text)[1])
    assert [kept(ticket) for ticket in made] == [["old"], [], []]
    text = desk.post("/tickets/bulk/", {**chosen, "do": "untag", "tags": "old"}, follow=True).content.decode()
    assert "Tags removed from 3 of 3" in text
    assert kept(made[0]) == []
    text = desk.post("/tickets/bulk/", {**chosen, "do": "tag", "tags": "a/b"}, follow=True).content.decode()
    assert escape("A tag has letters, digits and hyphens only.") in text


def test_the_list_is_filtered_by_any_of_several_tags_and_kept_as_a_view(desk, report, tag):
    fan, ups, _none = report(title="F"), report(title="U"), report(title="N")
    tag(fan, "fan"), tag(ups, "ups", "停电")
    assert numbers(desk.get("/tickets/?view=open&tag=Fan")) == [fan.reference]
    assert set(numbers(desk.get("/tickets/?view=open&tag=fan,停电"))) == {fan.reference, ups.reference}
    assert numbers(desk.get("/tickets/?view=open&tag=%00a/b,")) == []
    page = desk.get("/tickets/?tag=ups&view=open").content.decode()
    assert "Remove filter Tag: ups" in page
    desk.post("/tickets/views/", {"name": "Supplies", "tag": "ups", "view": "open"})
    assert numbers(desk.get(f"/tickets/?{SavedView.objects.get().query}")) == [ups.reference]
    form = desk.get("/tickets/filter/?tag=ups").content.decode()
    assert 'name="tag" value="ups"' in form
    assert '<option value="停电">' in form


def test_rows_and_preview_show_them(desk, ticket, tag):
    tag(ticket, "fan", "ups", "zz")
    assert "c-tags" not in desk.get("/tickets/?view=open").content.decode()
    row = desk.get("/tickets/?view=open&cols=tags,owner").content.decode().split('<td class="c-tags"')[1]
    assert '<span class="tag tag--line">fan</span>' in row
    assert "+2" in row.split("</td>")[0]
    shown = desk.get(f"{ticket.get_absolute_url()}preview/").content.decode()
    assert "/tickets/?view=open&amp;tag=zz" in shown


def test_no_page_of_the_customer_says_a_word_of_them(client, ticket, tag, alice):
    tag(ticket, "secret-word")
    client.force_login(alice)
    for address in ("/portal/", f"/portal/{ticket.reference}/"):
        assert "secret-word" not in client.get(address).content.decode()
    assert ticket.reference not in client.get("/portal/?q=secret-word").content.decode()
    client.post(f"/tickets/{ticket.reference}/tags/", {"tags": "mine"})
    assert kept(ticket) == ["secret-word"]
