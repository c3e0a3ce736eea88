"""Takes pictures of the product's pages from a running demo world: `python -m tools.pictures URL OUT [--only queue]`.

For builders. With `--beside DIRECTORY` each is put next to the picture of the same name found there, such as the
design's, as OUT/pairs/NAME.png: left what was drawn, right what was built. Reads the product only as people do.
"""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.screenshot import ARGUMENTS, new_context, sign_in, watch

GAP, PAPER = 24, (120, 120, 120)


@dataclass(frozen=True)
class Shot:
    """A picture each of `widths`, NAME-WIDTH, and one more in the dark of those in `dark`; `clicks`: presses before."""

    name: str
    address: str
    person: str = ""
    widths: tuple[int, ...] = (1440, 390)
    dark: tuple[int, ...] = ()
    full: bool = False
    language: str = "en"
    clicks: tuple[str, ...] = ()

    def variants(self) -> Iterator[tuple[str, int, bool]]:
        for width in self.widths:
            yield f"{self.name}-{width}", width, False
        for width in self.dark:
            yield f"{self.name}-dark-{width}", width, True


# {agent_ticket} and {customer_ticket}: the most urgent ticket on the way, and the customer's newest open fault.
SHOTS = (
    Shot("00-gallery-full", "/design/", widths=(1440,), dark=(1440,), full=True),
    Shot("01-agent-queue", "/tickets/", "agent", dark=(1440,)),
    Shot("02-ticket", "/tickets/{agent_ticket}/", "agent", widths=(1440, 1024, 390), dark=(1440,)),
    Shot("02-ticket-390-why", "/tickets/{agent_ticket}/#why", "agent", widths=(390,)),
    Shot("03-report-1-equipment", "/report/", "alice", dark=(390,)),
    Shot("03-report-1-equipment-guest", "/report/", dark=(390,)),
    Shot("03-report-1-equipment.th", "/report/", language="th"),
    Shot("04-portal-home", "/portal/", "alice", dark=(390,)),
    Shot("04-portal-ticket", "/portal/{customer_ticket}/", "alice", dark=(390,)),
    Shot("04-portal-ticket.zh-Hant", "/portal/{customer_ticket}/", "alice", language="zh-Hant"),
    Shot("05-dashboard", "/dashboard/", "manager", dark=(1440,)),
    Shot("05-dashboard-full", "/dashboard/", "manager", widths=(1440,), full=True),
    Shot("08-sla-policy", "/schemes/infrastructure/", "manager", dark=(1440,)),
    Shot("08-sla-policy-full", "/schemes/infrastructure/", "alice", full=True),
    Shot("10-account", "/account/", "agent", dark=(390,)),
    Shot("10-settings", "/settings/", "admin", dark=(390,)),
    Shot("10-status", "/status/", "admin", dark=(390,)),
)
TICKETS = {
    "agent_ticket": ("agent", "/api/v1/tickets/?state=on_the_way&ordering=next_due_at&page_size=1"),
    "customer_ticket": ("alice", "/api/v1/tickets/?open=1&ordering=-received_at&page_size=1"),
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
    look = {"width": width, "height": None, "dark": dark, "language": shot.language, "no_script": False}
    page = new_context(browser, argparse.Namespace(**look)).new_page()
    watch(page)
    if shot.language != "en":  # pressed by the person: it wins over the account's language
        page.context.add_cookies([{"name": "django_language", "value": shot.language.lower(), "url": options.url}])
    if shot.person:
        sign_in(page, options.url, f"{shot.person}@demo.test", options.password)
    return page


def found_tickets(browser: Browser, options: argparse.Namespace) -> dict[str, str]:
    numbers = {}
    for name, (person, address) in TICKETS.items():
        page = opened(browser, Shot("", "", person), 1440, False, options)
        numbers[name] = page.request.get(options.url + address).json()["results"][0]["number"]
        page.context.close()
    return numbers


def take(browser: Browser, shot: Shot, numbers: dict[str, str], options: argparse.Namespace) -> None:
    for name, width, dark in shot.variants():
        page = opened(browser, shot, width, dark, options)
        page.goto(options.url + shot.address.format(**numbers), wait_until="load")
        for selector in shot.clicks:
            page.click(selector)
        page.wait_for_load_state("load")
        page.evaluate("document.fonts.ready")
        page.screenshot(path=options.out / f"{name}.png", full_page=shot.full)
        page.context.close()
        print(name)
        if options.beside and (options.beside / f"{name}.png").exists():
            pair(options.beside / f"{name}.png", options.out / f"{name}.png", options.out / "pairs" / f"{name}.png")


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
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        numbers = found_tickets(browser, options)
        for shot in SHOTS:
            if options.only in shot.name:
                take(browser, shot, numbers, options)
        browser.close()


if __name__ == "__main__":
    main()
