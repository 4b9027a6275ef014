"""One person who sends far too much."""

from __future__ import annotations

import re
from pathlib import Path

from bot.simulator import Person
from tests.process.harness import FAST, PATIENCE, Program, Site

UPDATES = 5_000
MEBIBYTE = 1 << 20
AT_ONCE = 2.0
"""Seconds; a machine that does nothing else needs less than one."""


def memory(program: Program) -> int:
    """The program's resident memory in bytes."""
    status = Path(f"/proc/{program.pid}/status").read_text()
    found = re.search(r"^VmRSS:\s+(\d+) kB$", status, re.MULTILINE)
    assert found
    return int(found[1]) * 1024


async def test_five_thousand_updates_of_one_person(site: Site, ann: Person) -> None:
    """The excess is dropped with a notice and remembered nowhere; others are answered at once,
    at the pace that Telegram allows."""
    for name in FAST:
        del site.settings[name]
    site.simulator.flood.enabled = True
    program = await site.start()
    bob, cat = site.simulator.person("Bob"), site.simulator.person("Cat")
    await cat.ask("/help")
    before = memory(program)
    for _ in range(UPDATES):
        await ann.say("/help")
    await bob.ask("/about", within=AT_ONCE)
    await site.simulator.calls.wait(
        lambda call: (
            call.method == "getUpdates"
            and not site.simulator.updates.pending(site.simulator.clock.now())
        ),
        PATIENCE,
    )
    await cat.ask("/about", within=AT_ONCE)
    assert memory(program) - before < 40 * MEBIBYTE
    assert 0 < len(ann.inbox) < 50
