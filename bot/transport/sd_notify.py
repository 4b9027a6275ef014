"""Tells systemd how the service is (sd_notify(3)); does nothing elsewhere."""

from __future__ import annotations

import os
import socket


def notify(state: str) -> bool:
    """Sends e.g. `READY=1` or `WATCHDOG=1`; `False` where nobody listens."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address or not hasattr(socket, "AF_UNIX"):
        return False
    name = f"\0{address[1:]}" if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
        try:
            channel.connect(name)
            channel.sendall(state.encode())
        except OSError:
            return False
    return True
