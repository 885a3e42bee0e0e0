"""Does anything listen at the address of a cluster? Ray itself would try for ten minutes, without a word."""

from __future__ import annotations

import os
import socket
import time
from urllib.parse import urlsplit

#: For a cluster that is just starting.
_SECONDS = 5.0
#: Of Ray's client, `ray://`.
_CLIENT_PORT = 10001


def check_reachable(address: str) -> None:
    """Throws a ConnectionError. Addresses that Ray finds by itself, or alone can read, are left to it."""
    found = host_and_port(os.environ.get("RAY_ADDRESS", address) if address == "auto" else address)
    if found is None:
        return
    last = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(found, timeout=_SECONDS).close()
            return
        except OSError as error:
            # A name that nobody knows will not be known in a second.
            if isinstance(error, socket.gaierror) or time.monotonic() >= last:
                raise ConnectionError(f"nothing answers at {found[0]}:{found[1]}: {error.strerror or error}") from error
            time.sleep(0.5)


def host_and_port(address: str) -> tuple[str, int] | None:
    """Of `host:port` and `ray://host:port`."""
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        port = parts.port or (_CLIENT_PORT if parts.scheme == "ray" else None)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.scheme in ("", "ray") and parts.hostname and port else None
