"""From an empty machine to the first page: a fresh clone, no environment, no package cache; then a second start.

    python -m benchmarks.start [--demo] [--python python3]

The clone holds what is committed. The first figure contains the download of the packages. Aim: second start to the
first page under 8 s.
"""

import argparse
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from benchmarks import figures, ground
from servicedesk.launch.state import PROJECT

FORGOTTEN = ("SERVICEDESK_STATE", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEBUG", "VIRTUAL_ENV", "RATE_STAFF_KEY")
PATIENCE = 600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--demo", action="store_true")
    parser.add_argument("--python", default=shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin") or "python3")
    chosen = parser.parse_args()
    print(figures.machine())
    directory = Path(tempfile.mkdtemp(prefix="servicedesk-start-"))
    directory.chmod(0o711)
    try:
        clone = directory / "clone"
        subprocess.run(["git", "clone", "-q", str(PROJECT), str(clone)], check=True)
        for name in ("first start, nothing there", "second start", "third start"):
            seconds, steps = start(clone, chosen.python, is_demo=chosen.demo)
            print(f"{name}: first page after {seconds:.1f} s ({steps})", flush=True)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def start(clone: Path, python: str, *, is_demo: bool) -> tuple[float, str]:
    """Seconds to the first whole page, and when the program said what; stopped again afterwards."""
    port = ground.free_port()
    command = [python, "manage.py", "up", "--port", str(port), *(["--demo"] if is_demo else [])]
    environment = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
    environment |= {"PIP_NO_CACHE_DIR": "1"}
    output = clone.parent / f"output-{port}"
    began = time.monotonic()
    with output.open("wb") as file:
        process = subprocess.Popen(
            command, cwd=clone, env=environment, stdout=file, stderr=file, start_new_session=True
        )
    try:
        while not has_page(port):
            if process.poll() is not None or time.monotonic() - began > PATIENCE:
                raise SystemExit(f"No page came:\n{output.read_text()[-2000:]}")
            time.sleep(0.05)
        seconds = time.monotonic() - began
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=90)
    said = [line for line in output.read_text().splitlines() if line.startswith("Packages installed")]
    return seconds, said[0] if said else "packages there"


def has_page(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/account/sign-in/", timeout=10) as answer:
            return answer.status == 200 and b"</html>" in answer.read()
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    main()
