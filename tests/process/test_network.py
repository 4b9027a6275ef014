"""A network that fails in all its ways: nothing is lost, and nothing counts twice."""

from __future__ import annotations

from typing import Any

import pytest

from bot.simulator import Person
from bot.simulator.faults import Fault
from tests.process.harness import PATIENCE, Program, Site
from tests.process.questions import exported, feedback_on, right_letter, scores

pytestmark = pytest.mark.asyncio(loop_scope="module")

TROUBLES: dict[str, dict[str, Any]] = {
    "reset before the effect": {"kind": "reset_before"},
    "reset after the effect": {"kind": "reset_after"},
    "half a body": {"kind": "half_body"},
    "invalid JSON": {"kind": "invalid_json"},
    "502 with HTML": {"kind": "status", "status": 502},
    "200 with HTML": {"kind": "status", "status": 200, "after_effect": True},
    "200 with an empty object": {"kind": "status", "status": 200, "body": "{}"},
    "500 without a body": {"kind": "status", "status": 500, "body": ""},
    "too many requests": {"kind": "too_many_requests", "retry_after": 1},
}


def fail(house: Site, trouble: str, method: str, times: int) -> Fault:
    about = dict(TROUBLES[trouble])
    return house.simulator.faults.add(about.pop("kind"), method, times=times, **about)


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_broken_polls_lose_nothing(house: Site, guest: Person, trouble: str) -> None:
    """What happens meanwhile is answered and counts once."""
    question = await guest.ask("/practice python")
    fault = fail(house, trouble, "getUpdates", times=1)
    await guest.ask("/about")  # ends the poll that was under way before the trouble
    press = await guest.press(right_letter(question), question)
    assert not (await press.answer(PATIENCE)).text
    await feedback_on(guest, question)
    await house.simulator.settled(PATIENCE)
    assert fault.hits == 1
    assert len(scores(await exported(guest))) == 1


@pytest.mark.parametrize(
    "trouble",
    ["reset before the effect", "reset after the effect", "half a body", "502 with HTML"],
)
async def test_a_broken_answer_to_an_edit(house: Site, guest: Person, trouble: str) -> None:
    """The feedback is shown and the answer counts once, whatever became of the first try."""
    question = await guest.ask("/practice python")
    fault = fail(house, trouble, "editMessageText", times=1)
    await guest.press(right_letter(question), question)
    await feedback_on(guest, question)
    await house.simulator.settled(PATIENCE)
    assert fault.hits == 1
    assert [seen.id for seen in guest.inbox] == [question.id]
    assert len(scores(await exported(guest))) == 1


async def test_a_longer_failure_is_asked_less_and_less_often(house: Site, guest: Person) -> None:
    """Each pause is longer than the one before, and what waited is answered after the last."""
    before = len(house.simulator.calls)
    fault = fail(house, "502 with HTML", "getUpdates", times=3)
    await guest.ask("/about")
    await guest.ask("/help", within=PATIENCE)
    failed = [call.at for call in list(house.simulator.calls)[before:] if call.outcome == "fault"]
    assert fault.hits == len(failed) == 3
    assert failed[2] - failed[1] > 1.5 * (failed[1] - failed[0]) > 0.2


async def test_what_failed_is_a_line_in_the_log(
    house: Site, program: Program, guest: Person
) -> None:
    """A warning without a traceback: the network's troubles are not the program's."""
    before = len(program.err.records)
    fail(house, "502 with HTML", "getUpdates", times=1)
    await guest.ask("/help")
    await house.simulator.settled(PATIENCE)
    (record,) = program.err.records[before:]
    assert record["level"] == "WARNING"
    assert "getUpdates failed" in record["message"]
    assert "error" not in record
