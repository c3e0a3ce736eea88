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
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TEXT = "size => { document.documentElement.style.fontSize = size; }"


@cache
def _checker() -> Any:
    api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="see requirements-dev.txt")
    return api.Axe()


def findings(page: Any) -> list[str]:
    """Of the checker, with the first place each; and how much too wide the page is.

    At a desk also with text twice as large, on a phone also in the narrowest window of WCAG 2.2 (1.4.10).
    """
    found = [
        f"{rule['id']}: {rule['help']} at {rule['nodes'][0]['target']} ({len(rule['nodes'])})"
        for rule in _checker().run(page, options=RULES).response["violations"]
    ]
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


def too_wide(page: Any, when: str, found: list[str]) -> None:
    if (over := page.evaluate(WIDER)) > 0:
        found.append(f"{over} px too wide{when}")
