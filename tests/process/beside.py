"""Tests that take long: they begin with the session, in threads, and are waited for at its end."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.simulator import Person
from tests.process.harness import Site, a_site

Scenario = Callable[[Site, Person], Awaitable[None]]
"""A test of a site and of one person, who is called Ann."""

THREADS = 3
"""One for what only waits; two keep two processors busy."""


def beside(scenario: Scenario) -> Callable[[Ahead], None]:
    """Makes a test of a scenario, which is played beside all other tests."""

    def test(ahead: Ahead) -> None:
        ahead.outcome_of(scenario)

    test.__doc__ = scenario.__doc__
    test.scenario = scenario  # type: ignore[attr-defined]  # for `scenario_of`
    return test


def scenario_of(item: pytest.Item) -> Scenario | None:
    """The scenario of a test that was made by `beside`."""
    scenario: Scenario | None = getattr(getattr(item, "function", None), "scenario", None)
    return scenario


class Ahead:
    """The scenarios that were begun, each with a site of its own."""

    def __init__(self, scenarios: Iterable[Scenario], bank: Path) -> None:
        self._bank = bank
        self._pool = ThreadPoolExecutor(THREADS)
        self._futures: dict[Scenario, Future[None]] = {
            scenario: self._pool.submit(self._play, scenario) for scenario in scenarios
        }

    def outcome_of(self, scenario: Scenario) -> None:
        """Returns once the scenario is over, or raises what went wrong."""
        self._futures[scenario].result()

    def close(self) -> None:
        """Waits for those that have begun, and begins no others."""
        self._pool.shutdown(cancel_futures=True)

    def _play(self, scenario: Scenario) -> None:
        async def play(folder: Path) -> None:
            async with a_site(folder, self._bank) as site:
                await scenario(site, site.simulator.person("Ann"))

        with tempfile.TemporaryDirectory(prefix="beside-") as folder:
            asyncio.run(play(Path(folder)))
