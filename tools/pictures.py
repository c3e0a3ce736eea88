"""Takes pictures of the product's pages from a running demo world: `python -m tools.pictures URL OUT [--only queue]`.

For builders. With `--beside DIRECTORY` each is put next to the picture of the same name found there, such as the
design's, as OUT/pairs/NAME.png: left what was drawn, right what was built. Reads the product only as people do, and
sends a few reports there.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium
from tools.screenshot import new_context, sign_in, watch

GAP, PAPER = 24, (120, 120, 120)


@dataclass(frozen=True)
class Shot:
    """A picture each of `widths`, NAME-WIDTH, and one more in the dark of those in `dark`.

    `steps`: what is done before, a press of SELECTOR, or SELECTOR and the text to fill in.
    """

    name: str
    address: str
    person: str = ""
    widths: tuple[int, ...] = (1440, 390)
    dark: tuple[int, ...] = ()
    full: bool = False
    language: str = "en"
    steps: tuple[str | tuple[str, str], ...] = ()
    suffix: str = ""

    def variants(self) -> Iterator[tuple[str, int, bool]]:
        for width in self.widths:
            yield f"{self.name}-{width}{self.suffix}", width, False
        for width in self.dark:
            yield f"{self.name}-dark-{width}", width, True


GO_ON = "main form[method=post] .btn--primary"
EQUIPMENT = (".choices .choice >> nth=1", GO_ON)
FAULT = ("[data-gravest]", ("#id_description", "The alarm sounds and everything is dark. It began at 09:40."))
CHECK = (*EQUIPMENT, *FAULT, GO_ON)
TICKET = "/tickets/{agent_ticket}/"
FORMS = ("assign", "level", "edit", "link", "merge", "waiting", "restored")
MENUS = {
    "status": "#status-menu > summary",
    "owner": "#owner-menu > summary",
    "note": ".composer__tabs label >> nth=1",
}
TWO_ROWS = ("tbody .cb >> nth=1", "tbody .cb >> nth=2")
QUEUE = {
    "chosen": TWO_ROWS,
    "chosen-assign": (*TWO_ROWS, ".bulk summary >> nth=0"),
    "chosen-level": (*TWO_ROWS, ".bulk summary >> nth=1"),
    "chosen-status": (*TWO_ROWS, ".bulk summary >> nth=2"),
    "filter": (".filters .chip--add",),
    "display": (".pagehead summary",),
}
LOOKED_AFTER = ("settings", "settings/people", "settings/teams", "settings/duties", "settings/mail", "customers")
# {agent_ticket}, {customer_ticket}, {done_ticket}: the most urgent one on the way, the customer's newest open fault,
# and the newest that was finished.
SHOTS = (
    Shot("00-gallery-full", "/design/", widths=(1440,), dark=(1440,), full=True),
    Shot("01-agent-queue", "/tickets/", "agent", dark=(1440,)),
    Shot("02-ticket", "/tickets/{agent_ticket}/", "agent", widths=(1440, 1024, 390), dark=(1440,)),
    Shot("02-ticket-390-why", "/tickets/{agent_ticket}/#why", "agent", widths=(390,)),
    Shot("03-report-1-equipment", "/report/", "alice", dark=(390,)),
    Shot("03-report-1-equipment-guest", "/report/", dark=(390,)),
    Shot("03-report-1-equipment.th", "/report/", language="th"),
    Shot("03-report-2-fault", "/report/", "alice", dark=(390,), steps=(*EQUIPMENT, *FAULT)),
    Shot("03-report-2-fault.th", "/report/", "alice", language="th", steps=(*EQUIPMENT, *FAULT)),
    Shot("03-report-3-check", "/report/", "alice", dark=(390,), steps=(*CHECK, ("#id_phone", ""), GO_ON)),
    Shot("03-report-4-sent", "/report/", "alice", dark=(390,), steps=(*CHECK, ("#id_phone", "+852 5555 0142"), GO_ON)),
    Shot("04-portal-home", "/portal/", "alice", dark=(390,)),
    Shot("04-portal-ticket", "/portal/{customer_ticket}/", "alice", dark=(390,)),
    Shot("04-portal-ticket.zh-Hant", "/portal/{customer_ticket}/", "alice", language="zh-Hant"),
    Shot("04-portal-survey", "/portal/{done_ticket}/survey/", "alice", dark=(390,)),
    Shot("05-dashboard", "/dashboard/", "manager", dark=(1440,)),
    Shot("05-dashboard-full", "/dashboard/", "manager", widths=(1440,), full=True),
    Shot("08-sla-policy", "/schemes/infrastructure/", "manager", dark=(1440,)),
    Shot("08-sla-policy-full", "/schemes/infrastructure/", "alice", full=True),
    Shot("08-sla-policy", "/schemes/infrastructure/#try", "manager", widths=(390,), suffix="-simulator"),
    Shot("10-account", "/account/", "agent", dark=(390,)),
    Shot("10-status", "/status/", "admin", dark=(390,)),
    *(Shot(f"10-{page.replace('/', '-')}", f"/{page}/", "admin", dark=(390,)) for page in LOOKED_AFTER),
    *(Shot(f"11-form-{name}", f"{TICKET}?act={name}", "agent", dark=(1440,)) for name in FORMS),
    *(Shot(f"11-menu-{name}", TICKET, "agent", dark=(1440,), steps=(press,)) for name, press in MENUS.items()),
    Shot("11-place", TICKET + "place/", "agent", full=True),
    Shot("11-new-ticket", "/tickets/new/", "agent", full=True),
    *(Shot(f"12-queue-{name}", "/tickets/", "agent", dark=(1440,), steps=steps) for name, steps in QUEUE.items()),
    Shot("12-queue-search", "/tickets/?q=SN-1301", "agent"),
    Shot("12-queue-empty", "/tickets/?q=nothing-of-this-name", "agent"),
)
TICKETS = {
    "agent_ticket": ("agent", "/api/v1/tickets/?state=on_the_way&ordering=next_due_at&page_size=1"),
    "done_ticket": ("alice", "/api/v1/tickets/?state=resolved&kind=fault&ordering=-received_at&page_size=1"),
    "customer_ticket": ("alice", "/api/v1/tickets/?open=1&kind=fault&ordering=-received_at&page_size=1"),
}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="where `up --demo` answers")
    parser.add_argument("out", type=Path)
    parser.add_argument("--password", default=os.environ.get("DEMO_PASSWORD", ""), help="of the demo people")
    parser.add_argument("--beside", type=Path, help="a directory with pictures of the same names")
    parser.add_argument("--only", default="", help="part of the names")
    return parser.parse_args()


def opened(browser: Browser, shot: Shot, width: int, dark: bool, options: argparse.Namespace) -> Page:
    page = new_context(browser, look(width, dark, shot.language)).new_page()
    watch(page)
    if shot.language != "en":  # pressed by the person: it wins over the account's language
        page.context.add_cookies([{"name": "django_language", "value": shot.language.lower(), "url": options.url}])
    if shot.person:
        page.context.add_cookies(session_of(browser, shot.person, options.url, options.password))
    return page


def look(width: int, dark: bool = False, language: str = "en") -> argparse.Namespace:
    return argparse.Namespace(width=width, height=None, dark=dark, language=language, no_script=False)


@cache
def session_of(browser: Browser, person: str, url: str, password: str) -> Any:
    """Each signs in once: whoever does so for every picture is told to wait."""
    with new_context(browser, look(1440)) as context:
        page = context.new_page()
        sign_in(page, url, f"{person}@demo.test", password)
        return [cookie for cookie in context.cookies() if cookie["name"] == "sessionid"]


def found_tickets(browser: Browser, options: argparse.Namespace) -> dict[str, str]:
    numbers = {}
    for name, (person, address) in TICKETS.items():
        page = opened(browser, Shot("", "", person), 1440, False, options)
        found = page.request.get(options.url + address).json()["results"]
        # Somebody has been working in this world: any ticket of that person gives the picture.
        found = found or page.request.get(f"{options.url}/api/v1/tickets/?page_size=1").json()["results"]
        numbers[name] = found[0]["number"]
        page.context.close()
    return numbers


def take(browser: Browser, shot: Shot, numbers: dict[str, str], options: argparse.Namespace) -> None:
    for name, width, dark in shot.variants():
        page = opened(browser, shot, width, dark, options)
        page.goto(options.url + shot.address.format(**numbers), wait_until="load")
        for step in shot.steps:
            press(page, step)
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready")
        if shot.steps:  # as a page begins, without a caret
            page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
        page.screenshot(path=options.out / f"{name}.png", full_page=shot.full)
        page.context.close()
        print(name)
        if options.beside and (options.beside / f"{name}.png").exists():
            pair(options.beside / f"{name}.png", options.out / f"{name}.png", options.out / "pairs" / f"{name}.png")


def press(page: Page, step: str | tuple[str, str]) -> None:
    """A press returns before the page it leads to begins; what is read or pressed then is of the page that goes."""
    if isinstance(step, tuple):
        page.fill(*step)
    elif step == GO_ON:
        with page.expect_navigation(wait_until="load"):
            page.click(step)
    else:
        page.click(step)
        page.wait_for_load_state("load")


def pair(drawn: Path, built: Path, out: Path) -> None:
    """Both at the width of the smaller one, so that a pixel means the same on either side."""
    out.parent.mkdir(exist_ok=True)
    images = [Image.open(path).convert("RGB") for path in (drawn, built)]
    width = min(image.width for image in images)
    images = [image.resize((width, image.height * width // image.width)) for image in images]
    sheet = Image.new("RGB", (2 * width + GAP, max(image.height for image in images)), PAPER)
    for number, image in enumerate(images):
        sheet.paste(image, (number * (width + GAP), 0))
    sheet.save(out)


def main() -> None:
    options = parse()
    options.url = options.url.rstrip("/")
    options.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.ARGUMENTS)
        numbers = found_tickets(browser, options)
        for shot in SHOTS:
            if options.only in shot.name + shot.suffix:
                take(browser, shot, numbers, options)
        browser.close()


if __name__ == "__main__":
    main()
