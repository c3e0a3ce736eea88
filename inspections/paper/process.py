"""The process that sets one paper: run by `setting`, never imported. Reads standard input, writes standard output.

Before it reads a word it gives up the network where the system lets it, and takes limits of time, memory and files.
"""

import ctypes
import os
import resource
import struct
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

CPU_SECONDS = 40
MEMORY = 3 * 1024**3  # of addresses: fonts are mapped, not read
MOST_INPUT = 200 * 1024 * 1024
NEW_NETWORK, NEW_USER = 0x40000000, 0x10000000
FONTS = ("manimgx_fonts", "manimgx_fonts_cjk")
NOWHERE = "/nonexistent"


def main() -> None:
    form: Literal["pdf", "png"] = "png" if sys.argv[1:] == ["png"] else "pdf"
    leave_network()
    limit()
    words = sys.stdin.buffer.read(MOST_INPUT)
    import typst  # noqa: PLC0415  only now, under the limits

    source: bytes = Path(__file__).with_name("template.typ").read_bytes()
    compiler = typst.Compiler(
        source,
        root=os.getcwd(),  # holds the pictures of this paper, nothing else
        font_paths=typst.Fonts(False, False, [str(path) for path in font_paths()]),
        ignore_system_fonts=True,
        sys_inputs={"data": words.decode()},
        package_path=NOWHERE,
        package_cache_path=NOWHERE,
    )
    found: Any = None
    if form == "pdf":
        with suppress(typst.TypstError):  # letters that no font has are refused in an archive's file, not in others
            found = compiler.compile(source, format="pdf", pdf_standards=["a-2b"], timestamp=0)
    if found is None:
        found = compiler.compile(source, format=form, ppi=110, timestamp=0)
    sys.stdout.buffer.write(found if form == "pdf" else pages(found))


def leave_network() -> None:
    """A name space without any interface; not every system allows it."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(NEW_NETWORK) != 0:
            libc.unshare(NEW_USER | NEW_NETWORK)


def limit() -> None:
    for kind, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


def font_paths() -> list[Path]:
    found = (find_spec(name) for name in FONTS)
    return [Path(spec.origin).parent for spec in found if spec is not None and spec.origin]


def pages(found: Any) -> bytes:
    """For people who look at a paper: a JSON list would be no picture, so each page stands after its length."""
    several = found if isinstance(found, list) else [found]
    return b"".join(struct.pack(">Q", len(page)) + page for page in several)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)
