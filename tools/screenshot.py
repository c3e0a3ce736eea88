"""Takes a picture of a page of a running service desk: `python -m tools.screenshot URL OUT [--width 390] [--dark]`.

For builders: signs in through the real form with `--as EMAIL --password WORD`. Prints script errors, failed requests
and sideways scroll.
"""

import argparse
import os
import sys
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tools import chromium

LEFT = ("net::ERR_ABORTED",)  # a stream of a page that was left
HEIGHTS = {1440: 900, 390: 844}


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("out")
    parser.add_argument("--width", type=int, default=1440)
    parser.add_argument("--height", type=int)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--full", action="store_true", help="the whole page, not only the first screen")
    parser.add_argument("--no-script", action="store_true")
    parser.add_argument("--language", default="en", help="the browser's language, such as zh-Hant or th")
    parser.add_argument("--as", dest="person", help="sign in with this address")
    parser.add_argument("--password", default=os.environ.get("DEMO_PASSWORD", ""))
    parser.add_argument("--click", action="append", default=[], help="press this selector before the picture")
    return parser.parse_args()


def sign_in(page: Page, url: str, email: str, password: str) -> None:
    parts = urlsplit(url)
    page.goto(f"{parts.scheme}://{parts.netloc}/account/sign-in/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    with page.expect_navigation(wait_until="load"):
        page.press("[name=password]", "Enter")
    if "/account/sign-in" in page.url:
        sys.exit(f"Sign-in as {email} failed.")


def new_context(browser: object, options: argparse.Namespace) -> BrowserContext:
    phone = options.width < 768
    return browser.new_context(  # type: ignore[attr-defined, no-any-return]
        viewport={"width": options.width, "height": options.height or HEIGHTS.get(options.width, 900)},
        color_scheme="dark" if options.dark else "light",
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        is_mobile=phone,
        locale=options.language,
        java_script_enabled=not options.no_script,
    )


def watch(page: Page) -> None:
    page.on("console", lambda entry: print("console:", entry.text) if entry.type == "error" else None)
    page.on("pageerror", lambda error: print("script error:", error))
    page.on("requestfailed", lambda request: None if request.failure in LEFT else print("failed:", request.url))


def main() -> None:
    options = parse()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.program(), args=chromium.ARGUMENTS)
        page = new_context(browser, options).new_page()
        watch(page)
        if options.person:
            sign_in(page, options.url, options.person, options.password)
        answer = page.goto(options.url, wait_until="load")
        for selector in options.click:
            page.click(selector)
        page.screenshot(path=options.out, full_page=options.full)
        if not options.no_script:
            over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            print(f"{answer.status if answer else '?'} {page.title()}" + (f", {over} px too wide" if over > 0 else ""))
        browser.close()


if __name__ == "__main__":
    main()
