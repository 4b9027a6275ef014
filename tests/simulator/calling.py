"""Calls the simulator as a bot does, and checks that every answer is of its declared shape."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.simulator import spec
from bot.simulator.values import MismatchError

if TYPE_CHECKING:
    from types import TracebackType

    from bot.simulator import Simulator

DESCRIPTION = json.loads(
    resources.files("bot.simulator").joinpath("api-10.0.json").read_text(encoding="utf-8")
)


class Api:
    """The Bot API of a running simulator, called with forms as python-telegram-bot does."""

    def __init__(self, simulator: Simulator) -> None:
        self.simulator = simulator
        self.root = f"{simulator.base_url}/bot{simulator.token}"
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))

    async def __aenter__(self) -> Api:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.session.close()

    async def answer(self, method: str, **parameters: Any) -> tuple[int, dict[str, Any]]:
        """Status and body."""
        form = aiohttp.FormData(default_to_multipart=False)
        for name, value in parameters.items():
            if isinstance(value, bytes):
                form.add_field(name, value, filename=f"{name}.bin")
            else:
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        async with self.session.post(f"{self.root}/{method}", data=form) as response:
            return response.status, await response.json()

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must go well, in the shape that the Bot API declares."""
        status, body = await self.answer(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        check_returned(method, body["result"])
        return body["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """The description of a call that must be refused; its code is the HTTP status."""
        status, body = await self.answer(method, **parameters)
        assert not body["ok"], body
        assert body["error_code"] == status
        description: str = body["description"]
        return description

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        """Fetch and confirm all updates that are there."""
        found: list[dict[str, Any]] = await self("getUpdates", **parameters)
        if found:
            await self("getUpdates", offset=found[-1]["update_id"] + 1)
        return found


def check_returned(method: str, result: Any) -> None:
    """Fail unless a result is of a type that the method may return."""
    kinds = DESCRIPTION["methods"][method]["returns"]
    for kind in kinds:
        try:
            spec.load().check(kind, result)
        except MismatchError:
            if kind == kinds[-1]:
                raise
        else:
            return
