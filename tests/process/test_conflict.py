"""Another instance with the same token: an overlap is survived, a lasting one ends the program."""

from __future__ import annotations

from time import monotonic

from bot.simulator import Person, Simulator
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site


def overlap(simulator: Simulator, *, times: int | None) -> None:
    simulator.faults.add("conflict", "getUpdates", times=times)


@beside
async def test_a_short_overlap(site: Site, ann: Person) -> None:
    """As when one version takes over from another: both are there for a few seconds."""
    program = await site.start()
    overlap(site.simulator, times=2)
    await ann.ask("/start")
    assert "What I can do" in (await ann.ask("/help", within=PATIENCE)).text
    assert await program.stop() == 0


@beside
async def test_a_lasting_overlap(site: Site, ann: Person) -> None:
    """Exit code 5 and a clear message after 30 s of it, within 60 s."""
    program = await site.start()
    overlap(site.simulator, times=None)
    began = monotonic()
    await ann.say("/help")
    assert await program.ended(within=60.0) == 5
    assert monotonic() - began >= 30
    assert "Another instance" in program.err.text.splitlines()[-1]
    assert "Traceback" not in program.text
