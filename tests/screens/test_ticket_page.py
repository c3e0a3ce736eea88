"""The ticket page: head, stream, clocks that explain themselves, and a constant number of statements."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.actors import Actor
from accounts.models import Duty, User
from tickets import services
from tickets.models import Ticket

HOUR = timedelta(hours=1)
WHOLE = r'<span class="nowrap">\('  # a bracket that no line breaks


@pytest.fixture
def desk(client: Client, agent) -> Client:
    client.force_login(agent)
    return client


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_any_spelling_of_the_number_leads_to_the_one_address(desk, ticket):
    assert desk.get(f"/tickets/{ticket.number}/").headers["Location"] == ticket.get_absolute_url()
    for written in (f"sd-{ticket.number}", f"SD{ticket.number}", f"sd%20{ticket.number}"):
        assert desk.get(f"/tickets/{written}/").headers["Location"] == ticket.get_absolute_url()


@pytest.mark.parametrize("number", ["SD-1", "SD-99999999999999999999999", "none", "SD-", "SD-1%00"])
def test_a_number_of_nothing_is_not_found(desk, ticket, number):
    assert desk.get(f"/tickets/{number}/").status_code == 404


def test_head_says_level_number_place_reporter_and_way_in(desk, report, alice):
    made = report(title="Fan tray loud", reporter=alice, channel="phone", level="2")
    text = text_of(desk.get(made.get_absolute_url()))
    for words in ("Fan tray loud", made.reference, "Acme, acme-hq", "Alice", "Phone", "Status: New"):
        assert words in text


def test_replies_notes_and_events_are_three_different_things(desk, ticket, agent, lead):
    by, now = Actor(user=agent), datetime.now(UTC)
    services.reply(ticket=ticket, body="Dear customer", by=by, now=now)
    services.note(ticket=ticket, body="Between us", by=Actor(user=lead), now=now)
    services.record(ticket=ticket, type="departed", by=by, at=now, now=now, note="with both parts")
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert re.search(r'class="msg msg--us"[^>]*>(?:(?!</li>).)*Dear customer', page, re.S)
    assert re.search(r'class="msg msg--note"[^>]*>(?:(?!</li>).)*Internal note(?:(?!</li>).)*Between us', page, re.S)
    assert re.search(r'class="ev"[^>]*>(?:(?!</li>).)*Engineer on the way(?:(?!</li>).)*with both parts', page, re.S)


def test_a_clock_that_was_late_when_the_ticket_ended_no_longer_burns(desk, report, agent):
    """It ends as "late": the octagon in outline, and its time stands still."""
    now = datetime.now(UTC)
    late = report(at=now - 400 * HOUR)
    services.record(ticket=late, type="cancelled", by=Actor(user=agent), at=now - HOUR, now=now - HOUR, note="Gone")
    page = desk.get(late.get_absolute_url()).content.decode()
    chip = re.search(r'<ul class="clocks".*?<span class="[^"]*clock" ([^>]*)>.*?href="#i-([a-z]+)"', page, re.S)
    assert chip
    assert chip.groups() == ('data-state="missed"', "stop")
    assert 'data-state="breach"' not in page


def test_the_stream_can_be_narrowed(desk, ticket, agent):
    by, now = Actor(user=agent), datetime.now(UTC)
    services.reply(ticket=ticket, body="Dear customer", by=by, now=now)
    services.record(ticket=ticket, type="departed", by=by, at=now, now=now)
    talk = desk.get(f"{ticket.get_absolute_url()}?show=conversation").content.decode()
    events = desk.get(f"{ticket.get_absolute_url()}?show=events").content.decode()
    talk, events = (re.findall(r'<ol class="tl".*?</ol>', page, re.S)[0] for page in (talk, events))
    assert "Dear customer" in talk
    assert "Engineer on the way" not in talk
    assert "Dear customer" not in events
    assert "Engineer on the way" in events


def test_what_people_write_is_text_and_never_markup(desk, report, agent):
    evil = '<script>alert("x")</script>'
    made = report(title=evil, description=evil)
    services.note(ticket=made, body=evil, by=Actor(user=agent), now=datetime.now(UTC))
    page = desk.get(made.get_absolute_url()).content.decode()
    assert evil not in page
    assert page.count("&lt;script&gt;alert") >= 4


def stream_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('<ol class="tl"')[1].split("</ol>")[0]))


def test_automatic_steps_name_their_rule(desk, report):
    made = report(level="3", at=datetime.now(UTC) - 25 * HOUR)
    stream = stream_of(desk.get(f"{made.get_absolute_url()}?entries=all").content.decode())
    assert "Level raised : from 3 to 2 · Restore was missed" in stream
    soon = report(level="3", at=datetime.now(UTC) - 19 * HOUR)
    stream = stream_of(desk.get(soon.get_absolute_url()).content.decode())
    assert "Restore clock warned : 75% of restore time used" in stream


def test_who_was_called_stands_in_the_panel_and_in_the_stream_by_role_and_name(desk, report, engineer, lead):
    Duty.objects.create(code="local_manager", user=lead)
    Duty.objects.create(code="dedicated_engineer", user=engineer)
    made = report(level="3", at=datetime.now(UTC) - 25 * HOUR)
    page = desk.get(f"{made.get_absolute_url()}?entries=all").content.decode()
    both = f"dedicated engineer {engineer}, local manager {lead}"
    assert re.search(rf"Restore clock missed : due \S+ \S+ · called: {both}", stream_of(page))
    panel = page.split('id="escalation"')[1].split("</dl>")[0]
    assert f"Reply clock missed: {both}</dd>" in panel
    assert f"Restore clock missed: <details><summary>the same 2 people</summary>{both}</details>" in panel
    preview = desk.get(f"{made.get_absolute_url()}preview/").content.decode()
    assert re.search(rf"<dt>Escalated</dt><dd>[^<]*: {both}</dd>", preview)


def test_of_many_people_called_the_first_three_are_named_and_the_others_open(
    desk, report, engineer, lead, agent, manager
):
    found = {"dedicated_engineer": engineer, "local_manager": lead, "regional_expert": agent, "makers_expert": manager}
    other = User.objects.create_user("general@demo.test", name="Gina", role="manager")
    for code, user in (found | {"general_manager": other}).items():
        Duty.objects.create(code=code, user=user)
    made = report(level="2", at=datetime.now(UTC) - 5 * HOUR)
    page = desk.get(f"{made.get_absolute_url()}?entries=all").content.decode()
    first = f"dedicated engineer {engineer}, local manager {lead}, regional expert {agent} and 2 more"
    assert f"called: {first}" in stream_of(page)
    assert f"<summary>{first}</summary>" in page
    assert "general manager Gina</details>" in page


def test_the_next_step_names_the_first_three_roles(desk, report):
    made = report(level="2", at=datetime.now(UTC) - timedelta(minutes=1))
    page = desk.get(made.get_absolute_url()).content.decode()
    assert "Next: dedicated engineer, local manager, regional expert and 2 more, if nobody has replied</dd>" in page
    assert 'title="dedicated engineer, local manager, regional expert, maker&#x27;s expert, general manager"' in page


def test_who_has_no_such_duty_is_named_by_his_role_in_the_house(desk, report, administrator):
    made = report(level="3", at=datetime.now(UTC) - HOUR)
    page = desk.get(made.get_absolute_url()).content.decode()
    assert f"called: administrator {administrator}" in stream_of(page)


def test_only_the_latest_run_of_a_clock_is_offered_the_others_are_folded_away(desk, report):
    made = report(level="3", at=datetime.now(UTC) - 25 * HOUR)
    panel = desk.get(f"{made.get_absolute_url()}?why=respond:1").content.decode().split('id="why"')[1]
    offered, earlier = panel.split("Earlier runs")
    assert re.findall(r'href="\?why=([^"#]+)', offered) == ["restore:2"]
    assert re.findall(r'href="\?why=([^"#]+)', earlier.split("</details>")[0]) == ["restore:1"]


def test_the_level_says_who_set_it(desk, report, agent):
    def said(made):
        return text_of(desk.get(made.get_absolute_url()))

    given, default = report(level="3"), report()
    assert "Given with the report." in said(given)
    assert "Default, not confirmed yet." in said(default)
    assert "Raised automatically" in said(report(level="3", at=datetime.now(UTC) - 25 * HOUR))
    now = datetime.now(UTC)
    services.record(
        ticket=default, type="level_confirmed", by=Actor(user=agent), at=now, now=now, fields={"level": "2"}
    )
    assert "Confirmed by Agent." in said(default)


def test_the_phones_strip_says_when_a_late_clock_was_due(desk, report):
    made = report(level="2", at=datetime.now(UTC) - 5 * HOUR)
    strip = desk.get(made.get_absolute_url()).content.decode().split('class="clockstrip')[1].split("</div></div>")[0]
    assert re.search(r"<small>Restore \d\d:\d\d</small>", strip)


def test_three_main_clocks_are_always_there(desk, report, cathay):
    made = report(organisation=cathay.organisation, site=cathay.site, category="software", level="A")
    panel = desk.get(made.get_absolute_url()).content.decode().split('<ul class="clocks"')[1].split("</ul>")[0]
    assert re.findall(r"<b>(\w+)</b>", panel)[:3] == ["Reply", "Arrival", "Resolve"]
    assert panel.count("not promised") == 2


def test_every_clock_explains_itself_without_script(desk, report):
    made = report(level="3", at=datetime.now(UTC) - HOUR / 6)
    for target, counted in (("respond", "0:30"), ("restore", "24:00")):
        page = desk.get(f"{made.get_absolute_url()}?why={target}:1").content.decode()
        ledger = page.split('<table class="ledger"')[1].split("</table>")[0]
        assert re.search(rf'<tfoot>.*<td class="num">{counted}</td>', ledger, re.S)
        assert f"{made.reference}: Why is" in page.split('id="why-text"')[1]
    assert desk.get(f"{made.get_absolute_url()}?why=nonsense").status_code == 200


def test_the_ledger_says_in_whose_time_where_zones_differ(desk, report, agent):
    made = report(level="3")

    def page(zone):
        agent.zone = zone
        agent.save()
        return desk.get(f"{made.get_absolute_url()}?why=restore:1").content.decode()

    assert re.search(r"Why is restore due [^?<]*\d\d:\d\d\?", page("Asia/Shanghai"))
    afar = page("Europe/Berlin")
    assert re.search(rf"Why is restore due [^?<]*\d\d:\d\d CET {WHOLE}[^)]*\d\d:\d\d CST\)</span>\?", afar)
    assert re.search(rf"<tfoot>.*>Due [^<]*\d\d:\d\d CST {WHOLE}[^)]*\d\d:\d\d CET\)</span><", afar, re.S)


@pytest.mark.parametrize(("language", "bracket"), [("en", r" <S>\([^)]*CST\)"), ("zh-hans", r"<S>（[^）]*CST）")])
def test_times_are_shown_in_both_zones_where_they_differ(desk, report, agent, language, bracket):
    """A narrow line ends before the second one, never in it."""
    agent.zone, agent.language = "Europe/Berlin", language
    agent.save()
    page = desk.get(report(level="3").get_absolute_url()).content.decode()
    assert len(re.findall("CET" + bracket.replace("<S>", '<span class="nowrap">') + "</span>", page)) > 1


def test_a_level_change_shows_old_and_new_times_before_it_is_saved(desk, report):
    made = report(level="3", at=datetime.now(UTC) - HOUR)
    page = desk.get(f"{made.get_absolute_url()}?act=level&level=1").content.decode()
    table = page.split('aria-label="Times at level 1"')[1].split("</table>")[0]
    assert re.search(r"Restore</th><td>.*</td><td>.*<b>", table, re.S)
    made.refresh_from_db()
    assert made.level == "3"


def test_a_scheme_that_cannot_be_evaluated_leaves_the_ticket_readable(desk, ticket):
    Ticket.objects.filter(pk=ticket.pk).update(scheme_code="gone")
    from_log = desk.get(ticket.get_absolute_url())
    assert from_log.status_code == 200


def fill(ticket: Ticket, agent, count: int) -> None:
    by, start = Actor(user=agent), datetime.now(UTC)
    for number in range(count):
        write = services.note if number % 3 else services.reply
        write(ticket=ticket, body=f"Entry number {number}", by=by, now=start + timedelta(milliseconds=number))


def test_long_tickets_load_the_last_thirty_and_offer_the_rest(desk, report, agent):
    made = report(description="How it began")
    fill(made, agent, 40)
    short = desk.get(made.get_absolute_url()).content.decode()
    whole = desk.get(f"{made.get_absolute_url()}?entries=all").content.decode()
    assert "Entry number 39" in short
    assert "Entry number 3<" not in short
    assert re.search(r"Show \d+ earlier", short)
    assert "Entry number 3<" in whole
    assert "How it began" in whole


def test_statements_do_not_grow_with_the_conversation(desk, report, agent, django_assert_max_num_queries):
    """Session, person, ticket, log, people, replies, notes, files, links, watchers, the reader's mark, the
    neighbours in the list he came from, drafts, waiting replies, and the sidebar."""
    made = report(level="3")
    fill(made, agent, 4)
    desk.get(made.get_absolute_url())
    with django_assert_max_num_queries(18):
        desk.get(made.get_absolute_url())
    fill(made, agent, 60)
    with django_assert_max_num_queries(18):
        desk.get(made.get_absolute_url())
    with django_assert_max_num_queries(18):
        desk.get(f"{made.get_absolute_url()}?entries=all")


def test_notes_never_reach_the_customers_page(client, ticket, agent, alice):
    services.note(ticket=ticket, body="Between us only", by=Actor(user=agent), now=datetime.now(UTC))
    client.force_login(alice)
    for address in (f"/portal/{ticket.reference}/", "/portal/", f"/tickets/{ticket.reference}/preview/"):
        assert "Between us only" not in client.get(address, follow=True).content.decode()


@pytest.mark.parametrize("seq", ["", "1", "junk", "9" * 40, "\x00", "-1", "²"])
def test_page_that_was_looked_at_moves_the_mark_whatever_it_sends(desk, agent, ticket, seq):
    assert desk.post(f"{ticket.get_absolute_url()}read/", {"seq": seq}).status_code == 204
    assert 1 <= agent.read_marks.get(ticket=ticket).seq <= Ticket.objects.get(pk=ticket.pk).last_seq


def test_opening_a_ticket_alone_reads_nothing(desk, agent, ticket):
    desk.get(ticket.get_absolute_url())
    desk.get(f"{ticket.get_absolute_url()}preview/")
    assert not agent.read_marks.exists()


def read_to_here(ticket, user):
    ticket.refresh_from_db()
    services.mark_read(ticket=ticket, by=Actor(user=user), seq=ticket.last_seq, now=datetime.now(UTC))


def test_line_stands_above_the_first_entry_since_the_last_look(still, desk, ticket, agent, lead):
    services.note(ticket=ticket, body="Seen before", by=Actor(user=lead), now=datetime.now(UTC))
    read_to_here(ticket, agent)
    assert 'id="new"' not in desk.get(ticket.get_absolute_url()).content.decode()
    services.note(ticket=ticket, body="My own", by=Actor(user=agent), now=datetime.now(UTC))
    services.note(ticket=ticket, body="Fresh words", by=Actor(user=lead), now=datetime.now(UTC))
    page = desk.get(ticket.get_absolute_url()).content.decode()
    before, after = page.split('id="new"')
    assert "New since you last looked, today" in after
    assert "Seen before" in before
    assert "My own" in before
    assert "Fresh words" in after
    assert "Fresh words" not in before


def test_acting_reads_what_was_shown(desk, ticket, agent, lead):
    services.note(ticket=ticket, body="Please call", by=Actor(user=lead), now=datetime.now(UTC))
    ticket.refresh_from_db()
    desk.post(f"{ticket.get_absolute_url()}events/", {"type": "responded", "seq": str(ticket.last_seq)})
    assert agent.read_marks.get(ticket=ticket).seq == ticket.last_seq


def test_thirty_entries_are_shown_and_the_earlier_ones_come_in_place(desk, ticket, agent):
    fill(ticket, agent, 40)
    part = desk.get(f"{ticket.get_absolute_url()}part/stream/?entries=all&show=all").content.decode()
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert re.search(r"Show \d+ earlier", page)
    assert page.count('class="bubble"') <= 30 < part.count('class="bubble"')
    assert part.startswith('<ol class="tl" id="stream"')


@pytest.mark.parametrize("part", ["head", "clocks", "clockstrip", "why", "panel", "stream", "act"])
def test_each_part_of_the_page_comes_alone(desk, ticket, part):
    answer = desk.get(f"{ticket.get_absolute_url()}part/{part}/")
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_part_of_no_page_is_not_found(desk, ticket):
    assert desk.get(f"{ticket.get_absolute_url()}part/ticket/").status_code == 404


def test_page_knows_the_list_it_was_opened_from_and_its_neighbours(desk, report, agent):
    tickets = [report(assignee=agent, level="3") for _ in range(3)]
    middle = tickets[1]
    came = "http://testserver/tickets/?view=mine"
    page = desk.get(middle.get_absolute_url(), headers={"referer": came}).content.decode()
    assert "Assigned to me" in page
    assert "2 of 3" in page
    for key, other in (("k", tickets[0]), ("j", tickets[2])):
        link = next(tag for tag in re.findall(r"<a [^>]+>", page) if f'data-key="{key}"' in tag)
        assert f'href="/tickets/{other.reference}/?in=view%3Dmine"' in link
    assert f'href="/tickets/?view=mine#row-{middle.reference}"' in page
    again = desk.get(middle.get_absolute_url()).content.decode()  # after a form the list is still known
    assert "2 of 3" in again


@pytest.mark.parametrize("given", ["view=due&q=%00", "x" * 5000, "view=nothing", "after=~~", "%ff%fe"])
def test_list_that_makes_no_sense_harms_nothing(desk, ticket, given):
    assert desk.get(ticket.get_absolute_url(), {"in": given}).status_code == 200
    desk.cookies["desk_list"] = given.replace("%", "")
    assert desk.get(ticket.get_absolute_url()).status_code == 200


def test_folded_panels_stay_folded_on_this_device(desk, ticket):
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert '<details id="escalation" data-fold open>' in page
    assert '<details id="links" data-fold>' in page
    desk.cookies["panels"] = "escalation.links"
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert '<details id="escalation" data-fold>' in page
    assert '<details id="links" data-fold open>' in page


def test_quoted_mail_is_folded_and_mentions_and_numbers_are_links(desk, ticket, agent, lead):
    body = "@Lead see SD-7\n\nOn Monday, Anna wrote:\n> Old words"
    services.note(ticket=ticket, body=body, by=Actor(user=agent), now=datetime.now(UTC))
    page = desk.get(ticket.get_absolute_url()).content.decode()
    assert "@Lead</a>" in page
    assert 'href="/tickets/SD-7/"' in page
    assert "&gt; Old words" in page.split('<details class="quoted">')[1].split("</details>")[0]


@pytest.mark.parametrize("form", ["level", "events", "edit", "assign", "link", "merge"])
def test_the_address_of_a_form_read_again_is_the_ticket(desk, report, form):
    made = report()
    assert desk.get(f"{made.get_absolute_url()}{form}/")["Location"] == made.get_absolute_url()
    refused = desk.post(f"{made.get_absolute_url()}level/", {"level": "nonsense"})
    assert refused.status_code == 400
    assert f'data-page="{made.get_absolute_url()}"' in refused.content.decode()


@pytest.mark.parametrize(
    ("cause", "words"), [("third_party", "Third party"), ("design_defect", "Design defect"), ("rust-7", "rust-7")]
)
def test_cause_and_category_are_told_by_their_names(client, lead, report, cause, words):
    client.force_login(lead)
    made = report(category="software")
    type(made).objects.filter(pk=made.pk).update(cause=cause)
    text = client.get(made.get_absolute_url()).content.decode()
    assert f"<dt>Cause</dt><dd>{words}</dd>" in text
    assert "<dt>Category</dt><dd>Software</dd>" in text
