"""What any page must be: accessible by the checker, and never too wide, also where it is narrow or its text is large.

`findings(page)` looks at the page as it stands; an empty list is a page in order.
"""

from functools import cache
from typing import Any

import pytest

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
IS_DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "size => { document.documentElement.style.fontSize = size; }"


@cache
def _checker() -> Any:
    api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="see requirements-dev.txt")
    return api.Axe()


def findings(page: Any, *, in_both_colours: bool = False) -> list[str]:
    """Of the checker, with the first place each; and how much too wide the page is.

    Of the other colour scheme, if asked for, only the contrast: nothing else changes with it. At a desk also with text
    twice as large, on a phone also in the narrowest window of WCAG 2.2 (1.4.10).
    """
    found = _violations(page, RULES)
    if in_both_colours:
        found += _in_the_other_colours(page)
    too_wide(page, "", found)
    size = page.viewport_size
    if size["width"] >= 1024:
        page.evaluate(TEXT, "200%")
        too_wide(page, " with text at 200 %", found)
        page.evaluate(TEXT, "")
    else:
        page.set_viewport_size({"width": 320, "height": size["height"]})
        too_wide(page, " in a window of 320", found)
        page.set_viewport_size(size)
    return found


def _violations(page: Any, rules: dict[str, Any], when: str = "") -> list[str]:
    """Only these leave the page: what it passes is a hundred times as much."""
    page.evaluate(_checker().axe_script)
    return [
        f"{rule['id']}: {rule['help']} at {rule['nodes'][0]['target']} ({len(rule['nodes'])}){when}"
        for rule in page.evaluate("rules => axe.run(document, rules).then(found => found.violations)", rules)
    ]


def _in_the_other_colours(page: Any) -> list[str]:
    own, other = ("dark", "light") if page.evaluate(IS_DARK) else ("light", "dark")
    page.emulate_media(color_scheme=other, reduced_motion="reduce")  # at once: no colour on its way
    found = _violations(page, CONTRAST, f" when {other}")
    page.emulate_media(color_scheme=own, reduced_motion="null")
    return found


def too_wide(page: Any, when: str, found: list[str]) -> None:
    if (over := page.evaluate(WIDER)) > 0:
        found.append(f"{over} px too wide{when}")
