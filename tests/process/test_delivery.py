"""Updates by polling: each takes effect once, whatever ends the program in between."""

from __future__ import annotations

import aiohttp
import pytest

from bot.simulator import Person
from tests.process.beside import beside
from tests.process.harness import PATIENCE, Site, refuse
from tests.process.questions import exported, feedback_on, right_letter, scores


async def test_what_waited_before_the_start_is_answered(site: Site, ann: Person) -> None:
    """In its order, all of it."""
    for command in ("/start", "/help", "/about"):
        await ann.say(command)
    await site.start()
    texts = [(await ann.next_message(PATIENCE)).text for _ in range(3)]
    assert ["Hello" in texts[0], "What I can do" in texts[1]] == [True, True]
    assert [c.params for c in site.simulator.calls.of("deleteWebhook", "setWebhook")] == []


async def test_the_bot_asks_for_the_kinds_that_it_uses(site: Site, ann: Person) -> None:
    """By name, so that nothing else is ever queued for it."""
    await site.start()
    await ann.ask("/start")
    for poll in site.simulator.calls.of("getUpdates"):
        assert set(poll.params["allowed_updates"]) == {
            "message",
            "callback_query",
            "my_chat_member",
            "poll_answer",
        }


async def test_update_ids_that_begin_again_lower_are_accepted(site: Site, ann: Person) -> None:
    """As after an idle week, while the program runs and after a restart of it."""
    program = await site.start()
    question = await ann.ask("/practice python")
    site.simulator.restart_update_ids(1_000)
    await ann.press(right_letter(question), question)
    await feedback_on(ann, question)
    assert await program.stop() == 0
    site.simulator.restart_update_ids(10)
    await site.start()
    assert "1/1" in (await ann.ask("/stop")).text
    assert len(scores(await exported(ann))) == 1


async def test_an_update_redelivered_after_a_crash_counts_once(site: Site, ann: Person) -> None:
    """Killed between the commit and the feedback: the person sees it after the restart."""
    program = await site.start()
    question = await ann.ask("/practice python")
    edits = site.simulator.faults.add("hang", "editMessageText", chat=ann.id)
    await ann.press(right_letter(question), question)
    await site.simulator.calls.wait(lambda call: call.method == "editMessageText")
    program.kill()
    await program.ended()
    edits.cancel()
    await site.start()
    assert (await feedback_on(ann, question)).text.startswith("✅")
    await site.simulator.settled(PATIENCE)
    assert [score for _, score in scores(await exported(ann))] == [1.0]


@beside
async def test_a_webhook_left_over_is_deleted(site: Site, ann: Person) -> None:
    """When polling finds one, though not at the first try; its pending updates are kept."""
    refuse(site.simulator, "Bad Request: not now", "deleteWebhook")
    async with aiohttp.ClientSession() as session:
        address = f"{site.simulator.base_url}/bot{site.simulator.token}/setWebhook"
        await session.post(address, json={"url": "http://127.0.0.1:9/"})
    await ann.say("/help")
    await site.start()
    assert "What I can do" in (await ann.next_message(PATIENCE)).text
    deletions = site.simulator.calls.of("deleteWebhook")
    assert [call.outcome for call in deletions] == ["fault", "ok"]
    assert not any(call.params.get("drop_pending_updates") for call in deletions)


@pytest.mark.parametrize(
    ("method", "status"), [("getMe", 404), ("getUpdates", 401), ("getUpdates", 404)]
)
async def test_a_refused_token_ends_the_program(
    site: Site, ann: Person, method: str, status: int
) -> None:
    """At the start and at work alike: exit code 4 and a message, never a zombie."""
    words = {401: "Unauthorized", 404: "Not Found"}[status]
    if method == "getUpdates":
        program = await site.start()
        refuse(site.simulator, words, method, status=status, times=None)
        await ann.say("/help")
    else:
        refuse(site.simulator, words, method, status=status, times=None)
        program = await site.launch("run")
    assert await program.ended() == 4
    assert "BotFather" in program.err.text.splitlines()[-1]
    assert "Traceback" not in program.text
    if method == "getUpdates":
        assert len(ann.inbox) == 1, "what was taken was not finished"
