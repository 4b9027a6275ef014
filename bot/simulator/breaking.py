"""The broken answers of injected faults."""

from __future__ import annotations

import json
import socket
import struct
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.simulator.errors import OTHER_POLLER, ApiError, conflict, too_many_requests

if TYPE_CHECKING:
    from bot.simulator.faults import Fault

AFTER_EFFECT = frozenset({"invalid_json", "half_body", "reset_after"})
WITHOUT_ANSWER = frozenset({"reset_before", "reset_after"})
# SO_LINGER with zero seconds: closing sends a reset instead of an orderly end.
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def refusal_body(refusal: ApiError) -> dict[str, Any]:
    """The Bot API's answer to what it refuses."""
    body = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    return body | ({"parameters": refusal.parameters} if refusal.parameters else {})


def json_response(status: int, body: dict[str, Any]) -> web.Response:
    """An answer of the Bot API."""
    return web.Response(
        status=status, body=json.dumps(body).encode(), content_type="application/json"
    )


async def broken_response(
    request: web.Request, fault: Fault, status: int, body: dict[str, Any]
) -> web.StreamResponse:
    """What the bot gets to see of an answer that meets a fault; `body` is the true one, if any."""
    match fault.kind:
        case "half_body":
            return await _half(request, json.dumps(body).encode())
        case "reset_before" | "reset_after":
            return _reset(request)
    return _whole(fault, status)


def _whole(fault: Fault, status: int) -> web.Response:
    match fault.kind:
        case "status":
            return web.Response(
                status=fault.status, text=fault.body, content_type=fault.content_type
            )
        case "too_many_requests":
            refusal = too_many_requests(fault.retry_after)
        case "conflict":
            refusal = conflict(OTHER_POLLER)
        case "invalid_json":
            broken = '{"ok":true,"result":'
            return web.Response(status=status, text=broken, content_type="application/json")
        case _:
            refusal = ApiError(401, "Unauthorized")
    return json_response(refusal.code, refusal_body(refusal))


async def _half(request: web.Request, whole: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(whole)
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    if request.transport:
        request.transport.close()
    return response


def _reset(request: web.Request) -> web.Response:
    if request.transport:
        connection: socket.socket = request.transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        request.transport.abort()
    return web.Response()
