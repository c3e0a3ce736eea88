"""Which Chromium draws pages for tests and pictures, and how it is started. The product itself needs none."""

import shutil

# The first is the same Chromium without windows of its own, and takes half the processor time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def program() -> str | None:
    """The path of the first that this machine has."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
