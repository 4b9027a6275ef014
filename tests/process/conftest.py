"""The program as a process of its own; whatever a test leaves running ends with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.simulator import Person
from tests.process.beside import Ahead, scenario_of
from tests.process.harness import Program, Site, a_site
from tests.process.questions import write_bank


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bank(tmp_path_factory.mktemp("bank"))


@pytest.fixture
async def site(tmp_path: Path, bank: Path) -> AsyncIterator[Site]:
    """A place on which nothing runs yet."""
    async with a_site(tmp_path, bank) as site:
        yield site


@pytest.fixture
def ann(site: Site) -> Person:
    return site.simulator.person("Ann")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory, bank: Path) -> AsyncIterator[Site]:
    """A place on which one program runs for all tests of a module, each with its own people."""
    async with a_site(tmp_path_factory.mktemp("house"), bank) as site:
        await site.start()
        yield site


@pytest.fixture
def program(house: Site) -> Program:
    """The one program of the module."""
    return house.programs[0]


@pytest.fixture
def guest(house: Site) -> Person:
    """Somebody whom the module's program has not met yet."""
    return house.simulator.person("Guest")


@pytest.fixture(scope="session", autouse=True)
def ahead(request: pytest.FixtureRequest, bank: Path) -> Iterator[Ahead]:
    """What takes long begins first."""
    scenarios = [scenario_of(item) for item in request.session.items]
    ahead = Ahead(filter(None, scenarios), bank)
    yield ahead
    ahead.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is waited for last."""
    items.sort(key=lambda item: scenario_of(item) is not None)
