"""The number of a ticket as people write it: SD-20383, sd 20383, #20383, full-width from a Chinese keyboard.

Pure. Whether there is such a ticket, and for whom, is not asked here.
"""

import re
import unicodedata

WRITTEN = re.compile(r"#?\s*(?:SD)?[\s#\u2010-\u2015\u2212-]*([0-9]{1,18})", re.IGNORECASE)


def number_in(text: str) -> int | None:
    """None: the text is something else, or more than a number."""
    match = WRITTEN.fullmatch(unicodedata.normalize("NFKC", text[:60]).strip())
    return int(match[1]) if match and len(text) <= 60 else None
