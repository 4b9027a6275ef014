from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.transport.request import AiohttpRequest
from tests.transport.fakes import BotApiServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as running:
        yield running


@pytest.fixture
async def request_() -> AsyncIterator[AiohttpRequest]:
    async with AiohttpRequest(read_seconds=5.0) as opened:
        yield opened
