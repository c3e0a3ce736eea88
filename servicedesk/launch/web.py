"""The web part of `up`: `python -m servicedesk.launch.web DESCRIPTOR [PROCESSES]` answers on a listening socket that
the supervisor has opened. Production starts uvicorn itself.

Several processes are forked from one that has read in everything and answers nobody (ADR 18). Until then it must not
open a connection nor start a thread. The socket stays open when any of them is replaced: nobody meets a closed port.
"""

import gc
import os
import signal
import socket
import sys
import time
from contextlib import suppress
from types import FrameType

import uvicorn
from django.urls import reverse

from servicedesk.launch import processes
from servicedesk.launch.processes import Backoff

STOPS = {signal.SIGTERM, signal.SIGINT}


def main(descriptor: int, count: int = 1) -> None:
    config = read_in()
    if count == 1:
        serve(config, descriptor)
    else:
        keep(config, descriptor, count)


def read_in() -> uvicorn.Config:
    """The product with all its pages, which Django else reads in at the first request."""
    config = uvicorn.Config(
        "servicedesk.asgi:application",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers="FORWARDED_ALLOW_IPS" in os.environ,
        timeout_graceful_shutdown=5,
    )
    config.load()
    reverse("admin:index")
    # What has been read in stays: the collector need not look at it again, which keeps forked processes from copying
    # it, and sooner gives back what requests leave.
    gc.collect()
    gc.freeze()
    return config


def serve(config: uvicorn.Config, descriptor: int) -> None:
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def keep(config: uvicorn.Config, descriptor: int, count: int) -> None:
    """So many processes until told to stop; one that ends is replaced. A stop waits for all of them."""
    for number in STOPS:
        signal.signal(number, stop)
    backoff, started_at = Backoff(), dict[int, float]()
    try:
        while True:
            while len(started_at) < count:
                start(config, descriptor, started_at)
            pid, status = os.wait()
            now, born = time.monotonic(), started_at.pop(pid)
            pause = backoff.failed(started_at=born, now=now)
            how = processes.meaning(os.waitstatus_to_exitcode(status))
            print(f"process {pid} ended ({how}); starting another in {pause:.0f} s", flush=True)
            time.sleep(pause)
    except SystemExit:
        for number in STOPS:
            signal.signal(number, signal.SIG_IGN)  # told once is enough
        for pid in started_at:
            with suppress(ProcessLookupError):  # ended at that moment, and not taken off yet
                os.kill(pid, signal.SIGTERM)
        with suppress(ChildProcessError):
            while True:
                os.wait()


def start(config: uvicorn.Config, descriptor: int, started_at: dict[int, float]) -> None:
    """A signal in between waits: nobody is born unnoticed, and no child takes it for its parent's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    parent, pid = os.getpid(), os.fork()
    if pid == 0:
        processes.die_with_parent(signal.SIGTERM, parent)
        for number in STOPS:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        serve(config, descriptor)
        sys.stdout.flush()
        os._exit(0)
    started_at[pid] = time.monotonic()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
