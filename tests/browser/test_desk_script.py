"""What the script adds to the shell: keys, drafts, dialogs; and that the shell works without it."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COPY = """() => document.querySelector("main").insertAdjacentHTML("afterbegin", `
  <button type="button" data-copy="#hidden-text">Copy as text</button>
  <details><summary>Show as text</summary><pre id="hidden-text">Due Fri 18:20\nbegan 17:50</pre></details>`)"""
KIND = "document.querySelector('[data-kind]:checked').value"


@pytest.fixture
def shell(live_server, settings):
    settings.DEBUG = True
    return f"{live_server.url}/design/?shell=app"


def test_slash_goes_to_search_and_is_dead_while_typing(page, shell):
    page.goto(shell)
    page.keyboard.press("/")
    page.keyboard.type("a / g t")
    assert page.input_value("#shell-q") == "a / g t"
    assert page.url == shell


def test_keys_are_dead_while_an_input_method_composes(page, shell):
    page.goto(shell)
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '/', isComposing: true}))")
    assert page.evaluate("document.activeElement.id") != "shell-q"


def test_question_mark_lists_the_keys_and_escape_puts_the_list_away(page, shell):
    page.goto(shell)
    page.keyboard.press("?")
    assert "Assign, assign to me" in page.inner_text("#keys[open]")
    page.keyboard.press("Escape")
    assert page.locator("#keys[open]").count() == 0


def test_the_keys_work_with_full_width_punctuation_and_under_a_thai_layout(page, shell):
    page.goto(shell)
    press = "init => document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, ...init}))"
    page.evaluate(press, {"key": "\uff1f", "code": "Slash", "shiftKey": True})
    assert "Search, from anywhere" in page.inner_text("#keys[open]")
    page.keyboard.press("Escape")
    with page.expect_request("**/recent/"):
        page.evaluate(press, {"key": "\u0e1c", "code": "KeyZ"})


def test_note_comes_back_as_a_note_after_a_reload(page, shell):
    page.goto(shell)
    page.fill("#composer-body", "Ka Ming has the old serial")
    page.keyboard.press("Control+;")
    page.locator("#composer-body").blur()
    page.goto(shell)
    assert page.input_value("#composer-body") == "Ka Ming has the old serial"
    assert page.evaluate(KIND) == "note"


def test_draft_is_dropped_once_the_page_shows_what_was_sent(page, shell):
    page.goto(shell)
    page.evaluate("localStorage['draft:gallery:reply'] = 'Good morning Grace, thank you for the photos.'")
    page.evaluate("localStorage['draft:gallery:reply:sent'] = '1'")
    page.goto(shell)
    assert page.input_value("#composer-body") == ""
    assert page.evaluate("localStorage.length") == 0


def test_draft_stays_when_the_page_does_not_show_it(page, shell):
    page.goto(shell)
    page.evaluate("localStorage['draft:gallery:reply'] = 'Never arrived'")
    page.evaluate("localStorage['draft:gallery:reply:sent'] = '1'")
    page.goto(shell)
    assert page.input_value("#composer-body") == "Never arrived"


def test_dialog_gives_focus_back(page, shell):
    page.goto(shell.replace("?shell=app", ""))
    page.click("[data-dialog]")
    assert page.evaluate("document.querySelector('dialog').open")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.dialog") == "sample-dialog"


def test_arrows_move_in_an_open_menu_and_escape_gives_the_focus_back(page, shell):
    page.goto(shell)
    page.focus(".side__foot summary")
    page.keyboard.press("Enter")
    focused = "document.activeElement.innerText.trim()"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(focused) == "Your account"
    page.keyboard.press("ArrowUp")
    assert page.evaluate(focused) == "Sign out"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.side__foot details:not([open]) > summary')")


def test_clock_counts_from_the_servers_time_whatever_the_browser_thinks(page, shell):
    page.clock.install(time="2020-01-01T00:00:00Z")
    page.goto(shell)
    page.clock.run_for(60_000 * 5 + 31_000)  # it counts every half minute
    assert page.inner_text(".is-next .clock") == "5m left"


@pytest.mark.parametrize("width", [1280, 1024, 768, 360, 320])
def test_no_sideways_scroll(page, shell, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in (shell, shell.replace("?shell=app", "")):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_menu_opens_without_script(chromium, shell):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(shell)
    page.click(".me")
    assert page.locator(".side__foot .menu").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("datetime-local", "2026-11-25T11:45", "Wed 25 Nov 2026 11:45"),
        ("date", "2026-11-29", "Sun 29 Nov 2026"),
        ("time", "23:05", "23:05"),
        ("date", "", ""),
    ],
)
def test_a_picker_is_repeated_in_words_as_it_changes(page, shell, kind, value, words):
    page.goto(shell)
    drawn = f'<input type="{kind}" id="pick"><output id="pick_words">before</output>'
    page.evaluate("drawn => document.querySelector('main').insertAdjacentHTML('afterbegin', drawn)", drawn)
    page.evaluate("document.querySelector('#pick').dispatchEvent(new Event('input', {bubbles: true}))")
    page.fill("#pick", value)
    assert page.inner_text("#pick_words") == words


def test_text_of_a_closed_fold_is_copied(page, shell, live_server):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    page.goto(shell)
    page.evaluate(COPY)
    page.click("[data-copy='#hidden-text']")
    page.wait_for_function("document.querySelector('[data-copy]').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "Due Fri 18:20\nbegan 17:50"


def test_where_nothing_can_be_copied_the_text_is_shown_and_chosen(page, shell):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.goto(shell)
    page.evaluate(COPY)
    page.click("[data-copy='#hidden-text']")
    page.wait_for_selector("#hidden-text", state="visible")
    assert "began 17:50" in page.evaluate("getSelection().toString()")
    assert page.inner_text("[data-copy]") == "Copy as text"
