"""Text in templates that no translator will ever see: letters outside of the translate tags. Reads only.

Used by tests/guards/test_catalogues.py; `python tools/literal_text.py` prints what it finds.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, TokenType

TOP = Path(__file__).resolve().parent.parent / "templates"
LEFT_OUT = ("screens/gallery", "components/icons.svg", "components/mark.html")
# Attributes that are read or spoken; the rest of a tag is markup.
SPOKEN = re.compile(r"""\b(?:aria-label|aria-description|title|alt|placeholder|data-label)=("[^"]*"|'[^']*')""")
SILENT = re.compile(r"<(script|style|svg|kbd|code)\b.*?</\1>|<!--.*?-->|<!doctype[^>]*>", re.DOTALL | re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
ENTITY = re.compile(r"&\w+;|&#\d+;")
WORD = re.compile(r"[A-Za-z]{2,}")
PLACE = "\ufffc"  # stands for a tag of Django, so that markup around it stays whole
BLOCKS = {"blocktranslate": "endblocktranslate", "blocktrans": "endblocktrans", "comment": "endcomment"}
# Blocks that hold names of classes and of layouts.
NOT_READ = {"main_class", "body_class", "app_class", "layout", "skip_to"}
ARGUMENT = re.compile(r"""\b(?:title|label|text|hint|placeholder|more|name)=("[^"]*"|'[^']*')""")
ATTRIBUTE = re.compile(r"""\b[\w-]+=["']""")
# The same in every language.
EVERYWHERE = {"px", "SD", "UTC"}


def literals(source: str) -> Iterator[str]:
    """Pieces of text with words in them."""
    plain, until = [], ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.TEXT and not until:
            plain.append(token.contents)
        elif token.token_type == TokenType.BLOCK:
            name, *rest = token.split_contents()
            if name == "block" and rest[0] in NOT_READ:
                until = until or "endblock"
            until = "" if name == until else until or BLOCKS.get(name, "")
            plain.append(PLACE)
            yield from (text.strip("\"'") for text in ARGUMENT.findall(token.contents) if WORD.search(text))
        elif token.token_type == TokenType.VAR:
            plain.append(PLACE)
    markup = SILENT.sub(" ", "".join(plain))
    spoken = [match.strip("\"'") for match in SPOKEN.findall(markup)]
    for piece in (*spoken, *TAG.sub("\n", markup).split("\n")):
        words = set(WORD.findall(ENTITY.sub(" ", piece))) - EVERYWHERE
        if words and not ATTRIBUTE.search(piece):
            yield piece.replace(PLACE, "…").strip()


def found() -> Iterator[str]:
    for path in sorted(TOP.rglob("*.*")):
        name = str(path.relative_to(TOP))
        if path.suffix in (".html", ".txt") and not name.startswith(LEFT_OUT):
            for piece in literals(path.read_text(encoding="utf-8")):
                yield f"{name}: {piece[:120]}"


if __name__ == "__main__":
    print("\n".join(found()))
    sys.exit(0)
