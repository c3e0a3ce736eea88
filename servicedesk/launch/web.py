"""One web process of `up`: uvicorn on the listening socket that the supervisor has opened (file descriptor argument).

The socket stays open when this process is replaced, so nobody meets a closed port. Production starts uvicorn itself.
"""

import gc
import os
import socket
import sys

import uvicorn


def main(descriptor: int) -> None:
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
    # What has been read in stays: the collector need not look at it again, and sooner gives back what requests leave.
    gc.collect()
    gc.freeze()
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
