"""Tells systemd how the service is (sd_notify(3)); does nothing elsewhere."""

from __future__ import annotations

import asyncio
import os
import socket


async def keep_watchdog() -> None:
    """Tells systemd's watchdog that the event loop turns, twice as often as it asks for."""
    microseconds = os.environ.get("WATCHDOG_USEC", "")
    if not microseconds.isdigit():
        return
    while notify("WATCHDOG=1"):  # noqa: ASYNC110 — a heartbeat, not a wait
        await asyncio.sleep(int(microseconds) / 2e6)


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
