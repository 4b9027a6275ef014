"""Reads a Bot API request, whatever way it carries its parameters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.simulator.errors import bad_request
from bot.simulator.values import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

ATTACH = "attach://"


async def read_parameters(request: web.Request) -> dict[str, Any]:
    """The parameters of the query string and of a form, multipart or JSON body; files as Upload.

    Raises:
        ApiError: The JSON body is none.
    """
    parameters: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise bad_request("can't parse JSON encoded request parameters") from None
        return parameters | (body if isinstance(body, dict) else {})
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            with value.file as file:
                parameters[name] = Upload(value.filename, value.content_type, file.read())
        else:
            parameters[name] = value
    return parameters


def split_attachments(
    parameters: Mapping[str, Any], declared: Mapping[str, object]
) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Part the method's own parameters from files that others point to by ``attach://name``."""
    attached = {
        name: value
        for name, value in parameters.items()
        if isinstance(value, Upload) and name not in declared
    }
    own = {name: value for name, value in parameters.items() if name not in attached}
    return own, attached


def with_attachments(value: Any, attached: Mapping[str, Upload]) -> Any:
    """The same value with each ``attach://name`` replaced by its file.

    Raises:
        ApiError: There is no such file in the request.
    """
    if isinstance(value, str) and value.startswith(ATTACH):
        name = value.removeprefix(ATTACH)
        if name not in attached:
            raise bad_request(f"file attached as {name} is not in the request")
        return attached[name]
    if isinstance(value, dict):
        return {name: with_attachments(part, attached) for name, part in value.items()}
    if isinstance(value, list):
        return [with_attachments(part, attached) for part in value]
    return value
