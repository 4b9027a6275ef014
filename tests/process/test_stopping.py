"""Signals: what has begun is finished or comes again; the program ends in time, with code 0."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.simulator import Person, Seen
from bot.simulator.journal import Call
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Program, Site, free_address
from tests.process.questions import exported, feedback_on, right_letter, scores

TERM, INT = signal.SIGTERM, signal.SIGINT


async def hanging(site: Site, ann: Person) -> tuple[Program, Seen]:
    """A program that waits for Telegram to take its feedback on a right answer."""
    program = await site.start()
    question = await ann.ask("/practice python")
    site.simulator.faults.add("hang", "editMessageText", chat=ann.id)
    await ann.press(right_letter(question), question)
    await site.simulator.calls.wait(lambda call: call.method == "editMessageText")
    return program, question


async def put_off(site: Site) -> Call:
    """The poll that the program waits in once it has put off what hangs."""
    return await site.simulator.calls.wait(
        lambda call: call.outcome == "open" and bool(call.params.get("timeout")), PATIENCE
    )


@pytest.mark.parametrize("number", [TERM, INT])
async def test_an_idle_program_stops_at_once(
    site: Site, ann: Person, number: signal.Signals
) -> None:
    """What it has finished is confirmed: nothing is pending, nothing comes again."""
    program = await site.start()
    await ann.ask("/help")
    program.signal(number)
    assert await program.ended(within=3.0) == 0
    assert site.simulator.updates.pending(site.simulator.clock.now()) == []
    assert "Traceback" not in program.text


@beside
async def test_a_handler_that_hangs_is_left_to_the_next_start(site: Site, ann: Person) -> None:
    """The program ends within 8 s; what was unfinished is finished after the restart, once."""
    bob = site.simulator.person("Bob")
    program, question = await hanging(site, ann)
    await bob.press(right_letter(await bob.ask("/practice python")))
    await bob.wait(lambda seen: seen.text.startswith("✅"))
    program.signal(TERM)
    assert await program.ended(within=8.0) == 0
    site.simulator.faults.clear()
    await site.start()
    assert (await feedback_on(ann, question)).text.startswith("✅")
    await site.simulator.settled(PATIENCE)
    for person in (ann, bob):
        assert [score for _, score in scores(await exported(person))] == [1.0]


@beside
async def test_a_handler_that_is_almost_done_is_waited_for(site: Site, ann: Person) -> None:
    """It finishes and is confirmed, and the program ends as soon as it has."""
    program, question = await hanging(site, ann)
    poll = await put_off(site)
    program.signal(TERM)
    await site.simulator.calls.wait(lambda call: call is poll and call.outcome != "open")
    assert program.running
    site.simulator.faults.clear()
    assert await program.ended(within=3.0) == 0
    assert (await feedback_on(ann, question)).text.startswith("✅")
    assert site.simulator.updates.pending(site.simulator.clock.now()) == []


@beside
async def test_a_second_signal_ends_it_at_once(site: Site, ann: Person) -> None:
    """Whatever hangs; what was committed is there after the restart, and nothing is lost."""
    program, question = await hanging(site, ann)
    for number in (TERM, INT):  # two of a kind could arrive as one
        program.signal(number)
    assert await program.ended(within=2.0) == 0
    site.simulator.faults.clear()
    await site.start()
    assert (await feedback_on(ann, question)).text.startswith("✅")
    assert [score for _, score in scores(await exported(ann))] == [1.0]


async def test_a_signal_while_telegram_cannot_be_reached(site: Site) -> None:
    """Also before the first answer the program can be stopped; nor does it show its token then."""
    program = await site.launch(
        "run",
        BOT_TELEGRAM__BASE_URL=f"http://{free_address()}",
        BOT_LOGGING__LEVEL="DEBUG",
    )
    await program.err.wait("Telegram does not answer")
    program.signal(TERM)
    assert await program.ended(within=3.0) == 0
    assert site.simulator.token.partition(":")[2] not in program.text


async def test_a_signal_while_telegram_is_silent(site: Site) -> None:
    """Likewise while the first call hangs."""
    site.simulator.faults.add("hang", "getMe", times=None)
    program = await site.launch("run")
    await site.simulator.calls.wait(lambda call: call.method == "getMe", PATIENCE)
    program.signal(TERM)
    assert await program.ended(within=3.0) == 0


@beside
async def test_a_confirmation_that_hangs_is_not_waited_for_long(site: Site, ann: Person) -> None:
    """What it would have confirmed comes again and changes nothing."""
    program = await site.start()
    question = await ann.ask("/practice python")
    await site.simulator.settled()
    fault = site.simulator.faults.add("hang", "getUpdates", times=None)
    await ann.press(right_letter(question), question)
    await feedback_on(ann, question)
    await site.simulator.calls.wait(lambda _: fault.hits > 0)
    program.signal(TERM)
    assert await program.ended(within=8.0) == 0
    site.simulator.faults.clear()
    await site.start()
    await site.simulator.settled(PATIENCE)
    assert [score for _, score in scores(await exported(ann))] == [1.0]


async def test_many_updates_at_the_time_of_the_signal(site: Site) -> None:
    """Fifty people speak while it stops: after the restart each has been answered."""
    program = await site.start()
    people = [site.simulator.person(f"P{n}") for n in range(50)]
    for person in people:
        await person.say("/practice python")
    program.signal(TERM)
    assert await program.ended(within=8.0) == 0
    await site.start()
    await asyncio.gather(*(person.wait(lambda _: True, PATIENCE) for person in people))
    await site.simulator.settled(PATIENCE)
    assert all("⏭ Skip" in person.last.labels for person in people)
