from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.simulator import Flood, ManualClock, Person, Simulator
from tests.simulator.calling import Api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def sim(clock: ManualClock) -> AsyncIterator[Simulator]:
    """A simulator whose time stands still and which has no flood limits."""
    async with Simulator(clock=clock, flood=Flood(enabled=False)) as running:
        yield running


@pytest.fixture
async def api(sim: Simulator) -> AsyncIterator[Api]:
    async with Api(sim) as opened:
        yield opened


@pytest.fixture
async def ann(sim: Simulator, api: Api) -> Person:
    """Somebody who has started the bot, whose first update is confirmed."""
    person = sim.person("Ann")
    await person.say("/start")
    await api.updates()
    return person
