"""The same bot on PostgreSQL: two processes' worth of restarts, one person, nothing lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator import Flood, Simulator
from tests.dialogues.conftest import Stage, go_on, letter_of, pressed


@pytest.fixture
async def stage(tmp_path: Path, postgresql_url: str) -> AsyncIterator[Stage]:
    async with Simulator(flood=Flood(enabled=False)) as simulator:
        stage = Stage(simulator, tmp_path, {"BOT_STORAGE__URL": postgresql_url})
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []


async def test_a_set_with_a_restart_in_the_middle(stage: Stage) -> None:
    ann = stage.simulator.person("Ann")
    question = await ann.ask("/practice python")
    await stage.restart()
    feedback = await pressed(ann, letter_of(question, "right & <proper>"))
    assert feedback.text.startswith("✅")
    assert "1/1" in (await go_on(ann)).text
    await stage.restart()
    assert "🔥 1 day" in (await ann.ask("/streak")).text


async def test_typed_answers_and_erasure(stage: Stage) -> None:
    ann = stage.simulator.person("Ann")
    await ann.ask("/practice numerics")
    assert (await ann.ask("2048 MiB")).text.startswith("✅")
    asked = await ann.ask("/forget")
    assert "erased" in (await pressed(ann, asked.labels[0])).text
    assert "🔥 0 days" in (await ann.ask("/streak")).text
