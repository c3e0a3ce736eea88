"""Live pages against the running product: the pill, changes in place, and who else is here."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from accounts.actors import Actor
from notifications.live import push
from tickets import services

pytestmark = [pytest.mark.browser, pytest.mark.slow]
expect = pytest.importorskip("playwright.sync_api").expect


def now():
    return datetime.now(UTC)


@pytest.fixture
def second(chromium):
    """Another person's browser."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def opened(product, page, user, address):
    """The page, once its stream is open."""
    product.sign_in(page, user)
    page.goto(product.url + address)
    expect(page.locator("#live-state")).to_have_text(re.compile(r"^Live, updated \d\d:\d\d:\d\d$"))
    return page


def order(page):
    return page.locator("tr[id^=row-]").evaluate_all("rows => rows.map(row => row.id)")


def test_a_new_ticket_waits_behind_the_pill_until_somebody_asks(product, page, agent, report):
    old = report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    page.locator(f"#row-{old.reference} a").focus()
    new = report(at=now() - timedelta(hours=2), title="Came in meanwhile")
    expect(page.locator("#newpill")).to_contain_text("1 new")
    assert order(page) == [f"row-{old.reference}"]
    page.keyboard.press(".")
    expect(page.locator(f"#row-{new.reference}")).to_be_visible()
    expect(page.locator("#newpill")).to_be_hidden()
    assert order(page) == [f"row-{new.reference}", f"row-{old.reference}"]
    assert page.evaluate("document.activeElement.closest('tr').id") == f"row-{old.reference}"


def test_a_new_owner_appears_where_the_row_stands(product, page, agent, lead, report):
    first, second = report(at=now() - timedelta(hours=2)), report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    before = order(page)
    services.assign(ticket=second, assignee=lead, by=Actor(lead), now=now())
    expect(page.locator(f"#row-{second.reference} .av[title=Lead]")).to_be_visible()
    assert order(page) == before == [f"row-{first.reference}", f"row-{second.reference}"]
    expect(page.locator("#newpill")).to_be_hidden()


def test_the_open_preview_follows_its_ticket_and_its_open_menu_stays(product, page, agent, lead, report):
    ticket, other = report(at=now() - timedelta(hours=2)), report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    preview = page.locator("#preview")
    expect(preview).to_contain_text("nobody owns it")
    preview.locator("details.pop > summary").click()
    services.assign(ticket=other, assignee=agent, by=Actor(lead), now=now())
    services.assign(ticket=ticket, assignee=lead, by=Actor(lead), now=now())
    expect(preview).to_contain_text("Lead")
    expect(preview).to_contain_text(ticket.reference)
    expect(preview.get_by_role("button", name="Assign to me")).to_be_visible()


def test_focus_goes_to_the_neighbour_of_a_ticket_that_left(product, page, agent, report):
    tickets = [report(at=now() - timedelta(hours=hours)) for hours in (3, 2, 1)]
    opened(product, page, agent, "/tickets/")
    page.locator(f"#row-{tickets[1].reference} a").focus()
    services.record(ticket=tickets[1], type="cancelled", by=Actor(agent), at=now(), now=now())
    expect(page.locator("#newpill")).to_contain_text("1 changed")
    page.keyboard.press(".")
    expect(page.locator(f"#row-{tickets[1].reference}")).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('tr').id") in {
        f"row-{tickets[0].reference}",
        f"row-{tickets[2].reference}",
    }


def test_a_new_entry_appears_without_touching_the_caret_or_the_text(product, page, agent, lead, ticket):
    opened(product, page, agent, ticket.get_absolute_url())
    page.fill("#composer-body", "Half a sentence")
    page.evaluate("document.querySelector('#composer-body').setSelectionRange(4, 4)")
    services.note(ticket=ticket, body="The key is at the gate", by=Actor(lead), now=now())
    expect(page.locator("#stream")).to_contain_text("The key is at the gate")
    expect(page.locator("#live-said")).to_have_text("1 new entry")
    assert page.evaluate("[document.activeElement.id, document.activeElement.selectionStart]") == ["composer-body", 4]
    assert page.input_value("#composer-body") == "Half a sentence"


def test_head_and_clocks_change_in_place_and_an_open_menu_stays(product, page, agent, lead, report):
    ticket = report()
    opened(product, page, agent, ticket.get_absolute_url())
    page.click("#status-menu > summary")
    services.assign(ticket=ticket, assignee=lead, by=Actor(lead), now=now())
    services.reply(ticket=ticket, body="We are on it", by=Actor(lead), now=now())
    expect(page.locator("#head")).to_contain_text("Lead")
    expect(page.locator("#details .clocks")).to_contain_text("Met")
    expect(page.locator("#live-said")).to_contain_text("Reply: Met")
    expect(page.locator("#status-menu .menu")).to_be_visible()


def test_the_counts_of_the_tabs_follow_what_is_written(product, page, agent, lead, ticket):
    opened(product, page, agent, ticket.get_absolute_url())
    tab = page.locator("#shows a", has_text="Conversation")
    before = int(re.sub(r"\D", "", tab.inner_text()) or 0)
    services.note(ticket=ticket, body="The key is at the gate", by=Actor(lead), now=now())
    services.reply(ticket=ticket, body="We are on it", by=Actor(lead), now=now())
    expect(tab.locator(".count")).to_have_text(str(before + 2))


def test_two_people_see_each_other_come_write_and_go(product, page, second, agent, lead, ticket):
    opened(product, page, agent, "/tickets/")
    opened(product, second, lead, ticket.get_absolute_url())
    mark = page.locator(f"#row-{ticket.reference} .presence .av")
    expect(mark).to_have_attribute("aria-label", "Lead is viewing")
    second.fill("#composer-body", "Dear")
    expect(mark).to_have_attribute("aria-label", "Lead is writing")
    page.goto(product.url + ticket.get_absolute_url())
    expect(page.locator("#head .crumbs .presence")).to_contain_text("Lead is writing")
    expect(page.locator("#writing-here")).to_be_hidden()
    page.focus("#composer-body")
    expect(page.locator("#writing-here")).to_contain_text("Lead is writing a reply")
    page.fill("#composer-body", "Dear Alice")
    page.get_by_role("button", name="Write Lead a note").click()
    expect(page.locator(".composer [data-kind=note]")).to_be_checked()
    expect(page.locator("#composer-body")).to_have_value("@Lead ")
    page.get_by_text("Public reply").click()
    expect(page.locator("#composer-body")).to_have_value("Dear Alice")
    page.fill("#composer-body", "")
    expect(second.locator("#head .crumbs .presence")).to_contain_text("Agent is viewing")
    second.goto("about:blank")
    expect(page.locator("#head .crumbs .presence")).to_be_empty()
    expect(page.locator("#writing-here")).to_be_hidden()


APART = """row => {
  const boxes = [...row.querySelectorAll(".c-who .av, .c-who .av__act")].filter((mark) => mark.offsetParent);
  const area = (mark) => mark.getBoundingClientRect();
  const faces = boxes.filter((mark) => mark.matches(".av")).map(area);
  const right = Math.max(...boxes.map((mark) => area(mark).right));
  const next = row.querySelector(".c-upd");
  const end = next && next.offsetParent ? area(next.querySelector("time, span") || next).left : innerWidth;
  return faces.every((face, at) => !at || face.left >= faces[at - 1].right) && right <= end && faces.length;
}"""


@pytest.mark.parametrize("width", [1440, 1280, 390])
def test_who_is_at_a_ticket_stands_side_by_side(product, page, agent, lead, manager, engineer, report, width):
    mine, free = report(assignee=agent), report(assignee=None)
    page.set_viewport_size({"width": width, "height": 844})
    opened(product, page, agent, "/tickets/") if width > 390 else (product.sign_in(page, agent), page.goto(product.url))
    for ticket, people in ((mine, [lead, manager, engineer]), (free, [lead, manager])):
        for person in people:
            push.here(number=ticket.number, person=person.pk, name=person.name, act="viewing")
    rows = [page.locator(f"#row-{ticket.reference}") for ticket in (mine, free)]
    expect(rows[0].locator(".presence .av")).to_have_text("+3")
    expect(rows[0].get_by_role("img", name="Lead is viewing, Manager is viewing, Engineer is viewing")).to_be_visible()
    expect(rows[1].locator(".presence .av")).to_have_count(2)
    assert [row.evaluate(APART) for row in rows] == [2, 2]


def test_a_customer_sees_a_new_message_appear_and_hears_of_it(product, page, agent, alice, ticket):
    product.sign_in(page, alice)
    with page.expect_response("**/events/portal/**"):
        page.goto(f"{product.url}/portal/{ticket.reference}/")
    page.fill("#write textarea", "Half a")
    services.note(ticket=ticket, body="Internal", by=Actor(agent), now=now())
    services.reply(ticket=ticket, body="The part is on its way", by=Actor(agent), now=now())
    expect(page.locator("#thread")).to_contain_text("The part is on its way")
    expect(page.locator("#live-said")).to_contain_text("new entr")
    assert page.input_value("#write textarea") == "Half a"
    assert "Internal" not in page.content()


def opened_list(product, page, alice):
    product.sign_in(page, alice)
    with page.expect_response("**/events/portal/*"):
        page.goto(f"{product.url}/portal/")


def test_a_customers_list_changes_in_place_and_lets_new_rows_wait(product, page, agent, alice, report):
    old = report(at=now() - timedelta(hours=1))
    opened_list(product, page, alice)
    services.record(ticket=old, type="waiting", by=Actor(agent), at=now(), now=now())
    expect(page.locator(f"#case-{old.number}")).to_contain_text("answer")
    new = report(title="Came in meanwhile")
    services.reply(ticket=old, body="We look at it", by=Actor(agent), now=now())
    page.get_by_role("button", name="Show what is new").click()
    expect(page.locator(f"#case-{new.number} a")).to_be_focused()


def test_a_case_turns_late_at_its_moment_although_nothing_happens(product, page, alice, report, acme):
    due = now() + timedelta(seconds=7)
    case = report(equipment=acme.unit, level="1", at=due - timedelta(minutes=15))
    product.sign_in(page, alice)
    page.goto(f"{product.url}/portal/{case.reference}/")
    expect(page.locator("h1")).not_to_have_text("We are late")
    expect(page.locator("h1")).to_have_text("We are late")


def test_a_list_that_cannot_be_loaded_anew_stays_and_says_of_what_time_it_is(product, page, agent, report):
    old = report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    page.route("**/tickets/**", lambda route: route.fulfill(status=503))
    report(title="Came in meanwhile")
    banner = page.locator("#old")
    expect(banner).to_contain_text(re.compile(r"as it was at \d\d:\d\d\."))
    page.unroute("**/tickets/**")
    page.route("**/tickets/**", lambda route: route.abort())
    banner.get_by_role("button", name="Try again").click()
    expect(banner).to_be_visible()
    assert order(page) == [f"row-{old.reference}"]
    page.unroute("**/tickets/**")
    banner.get_by_role("button", name="Try again").click()
    expect(page.locator("tr[id^=row-]")).to_have_count(2)
    expect(banner).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('#list') !== null")


def test_a_list_without_a_server_says_so_before_anybody_asks(product, page, agent, report):
    report()
    opened(product, page, agent, "/tickets/")
    page.context.set_offline(True)
    expect(page.locator("#old")).to_contain_text("may be out of date")
    page.context.set_offline(False)
    expect(page.locator("#old")).to_be_hidden()


def test_a_view_that_takes_its_time_shows_rows_in_outline(product, page, agent, report):
    report(), report(assignee=agent)
    opened(product, page, agent, "/tickets/")
    page.evaluate("window.addEventListener('click', (event) => event.preventDefault(), {once: true})")
    page.click(".views a[href*=mine]")
    expect(page.locator("#list .list__row")).to_have_count(8)
    expect(page.locator("tr[id^=row-]").first).to_be_hidden()
    page.click(".views a[href*=mine]")
    expect(page.locator("tr[id^=row-]")).to_have_count(1)
    page.go_back()
    expect(page.locator("tr[id^=row-]")).to_have_count(2)
    expect(page.locator("#list .list__row")).to_have_count(0)


@pytest.mark.parametrize("address", ["/tickets/", "/dashboard/"])
def test_the_counts_of_the_views_follow_on_every_page_that_shows_them(product, page, agent, report, address):
    ticket = report()
    opened(product, page, agent, address)
    mine = page.locator("[data-count=mine]").first  # beside the list; the last one is the phone's menu
    expect(mine).not_to_contain_text("1")
    services.assign(ticket=ticket, assignee=agent, by=Actor(agent), now=now())
    expect(mine.locator(".count")).to_have_text("1")
    if address == "/tickets/":
        expect(page.locator(".viewpop [data-count=mine] .count")).to_have_text("1")
    services.record(ticket=ticket, type="cancelled", by=Actor(agent), at=now(), now=now())
    expect(mine.locator(".count")).to_have_count(0)
    expect(page.locator(".side__nav [data-count=due] .count")).to_have_count(0)


def test_signed_out_elsewhere_is_said_at_the_foot(product, page, agent, ticket):
    opened(product, page, agent, "/tickets/")
    page.context.clear_cookies()
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#live-state")).to_have_text("Signed out")


def test_without_a_stream_the_page_asks_every_half_minute(product, page, agent, report):
    report()
    page.clock.install()
    page.route("**/events/**", lambda route: route.abort())
    product.sign_in(page, agent)
    page.goto(product.url + "/tickets/")
    expect(page.locator("#live-state")).to_have_text("Reconnecting")
    report(title="Came in meanwhile")
    with page.expect_response("**/live/changes/**"):
        page.clock.run_for(31_000)
    page.clock.run_for(2_000)
    expect(page.locator("#newpill")).to_contain_text("1 new")


def test_a_chosen_ticket_that_left_the_view_stays_chosen_and_is_marked(product, page, agent, report):
    gone, kept = report(at=now() - timedelta(hours=2)), report(at=now() - timedelta(hours=1))
    opened(product, page, agent, "/tickets/")
    for ticket in (gone, kept):
        page.locator(f"#row-{ticket.reference} .c-sel label").click()
    services.record(ticket=gone, type="cancelled", by=Actor(agent), at=now(), now=now())
    expect(page.locator("#newpill")).to_contain_text("1 changed")
    page.click("#newpill")
    expect(page.locator("#list")).to_contain_text("No longer in this view")
    heading, columns = page.locator("#list tbody:last-child .grp th"), page.locator("#list thead th")
    assert heading.evaluate("one => one.colSpan") == columns.count()
    assert order(page) == [f"row-{kept.reference}", f"row-{gone.reference}"]
    for ticket in (gone, kept):
        expect(page.locator(f"#row-{ticket.reference} .c-sel [type=checkbox]")).to_be_checked()
    expect(page.locator("#bulk")).to_contain_text("2")


GATE = "Ring at gate 3, ask for the night desk"


@pytest.mark.parametrize("name", ["alice", "engineer"])
def test_how_people_get_in_is_read_on_an_open_ticket_as_soon_as_somebody_changes_it(
    product, page, agent, ticket, request, name
):
    opened(product, page, agent, ticket.get_absolute_url())
    page.fill("#composer-body", "Half a sentence")
    services.note(ticket=ticket, body="What came before", by=Actor(agent), now=now())
    expect(page.locator("#stream")).to_contain_text("What came before")
    services.change_access(ticket=ticket, notes=GATE, by=Actor(request.getfixturevalue(name)), now=now())
    expect(page.locator("#cover")).to_contain_text(GATE)
    expect(page.locator("#stream")).to_contain_text("Access notes changed")
    assert page.input_value("#composer-body") == "Half a sentence"


def test_it_is_read_on_every_open_ticket_of_the_site(product, page, agent, engineer, report):
    here, other = report(), report()
    opened(product, page, agent, other.get_absolute_url())
    services.reply(ticket=other, body="What came before", by=Actor(engineer), now=now())
    expect(page.locator("#stream")).to_contain_text("What came before")
    services.change_access(ticket=here, notes=GATE, by=Actor(engineer), now=now())
    expect(page.locator("#cover")).to_contain_text(GATE)
    expect(page.locator("#stream")).not_to_contain_text("Access notes changed")


def test_a_customer_reads_at_once_how_the_engineer_says_he_gets_in(product, page, engineer, alice, ticket):
    product.sign_in(page, alice)
    with page.expect_response("**/events/portal/**"):
        page.goto(f"{product.url}/portal/{ticket.reference}/")
    page.fill("#write textarea", "Half a")
    services.reply(ticket=ticket, body="What came before", by=Actor(engineer), now=now())
    expect(page.locator("#thread")).to_contain_text("What came before")
    services.change_access(ticket=ticket, notes=GATE, by=Actor(engineer), now=now())
    expect(page.locator("#visit")).to_contain_text(GATE)
    assert page.input_value("#write textarea") == "Half a"
