"""Serves the chat page: its HTML and the files beside it, and nothing from elsewhere."""

from __future__ import annotations

import mimetypes
from importlib import resources

from aiohttp import web

from bot.simulator.errors import PersonError
from bot.simulator.face import guarded

FOLDER = resources.files("bot.simulator").joinpath("page")
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def add_routes(router: web.UrlDispatcher) -> None:
    """Serve ``/`` and ``/page/…``."""
    router.add_get("/", guarded(_index))
    router.add_get("/page/{name}", guarded(_named))


async def _index(_request: web.Request) -> web.Response:
    return _file("index.html")


async def _named(request: web.Request) -> web.Response:
    return _file(request.match_info["name"])


def _file(name: str) -> web.Response:
    for file in FOLDER.iterdir():
        if file.name == name and file.is_file():
            kind = TYPES.get(name.rpartition(".")[2]) or mimetypes.guess_type(name)[0]
            return web.Response(
                body=file.read_bytes(),
                content_type=kind or "application/octet-stream",
                charset="utf-8" if name.rpartition(".")[2] in TYPES else None,
                headers=HEADERS,
            )
    raise PersonError(f"The page has no file {name}.")
