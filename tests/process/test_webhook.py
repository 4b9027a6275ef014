"""Updates by webhook: Telegram hears 200 only of what has taken effect."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.simulator import Person
from tests.process.harness import PATIENCE, Site, free_address
from tests.process.questions import exported, feedback_on, right_letter, right_number, scores

SECRET = "A-secret_of-some-length"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MIB = 1 << 20


@pytest.fixture
async def webhook(site: Site) -> str:
    """The site is set up for it; its address."""
    address = free_address()
    site.settings |= {
        "BOT_TELEGRAM__MODE": "webhook",
        "BOT_TELEGRAM__WEBHOOK__URL": f"http://{address}/hook",
        "BOT_TELEGRAM__WEBHOOK__LISTEN": address,
        "BOT_TELEGRAM__WEBHOOK__SECRET": SECRET,
    }
    return site.settings["BOT_TELEGRAM__WEBHOOK__URL"]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.mark.usefixtures("webhook")
async def test_a_set_by_webhook(site: Site, ann: Person) -> None:
    """The same as by polling; when the program stops, the webhook stays."""
    program = await site.start()
    question = await ann.ask("/practice python")
    await ann.press(right_letter(question), question)
    await feedback_on(ann, question)
    assert scores(await exported(ann)) == [(right_letter(question), 1.0)]
    assert site.simulator.calls.of("getUpdates", "deleteWebhook") == []
    assert await program.stop() == 0
    assert site.simulator.calls.of("deleteWebhook") == []


@pytest.mark.usefixtures("webhook")
async def test_200_is_said_only_after_the_effects(site: Site, ann: Person) -> None:
    """Killed before it was said, the update comes again, counts once and is answered."""
    program = await site.start()
    question = await ann.ask("/practice numerics")
    fault = site.simulator.faults.add("hang", "sendMessage", chat=ann.id)
    answer = right_number(question)
    await ann.say(answer)
    await site.simulator.calls.wait(lambda call: call.outcome == "open")
    assert len(site.simulator.updates.pending(site.simulator.clock.now())) == 1
    program.kill()
    await program.ended()
    fault.cancel()
    await site.start()
    site.simulator.clock.advance(10)  # Telegram's pause before it delivers again
    assert (await ann.wait(lambda seen: "✅" in seen.text, PATIENCE)).id > question.id
    await site.simulator.settled(PATIENCE)
    assert scores(await exported(ann)) == [(answer, 1.0)]


async def test_what_waited_before_the_start_is_delivered(
    site: Site, ann: Person, webhook: str
) -> None:
    """Setting the webhook drops nothing, and names the kinds of updates."""
    await ann.say("/help")
    await site.start()
    assert "What I can do" in (await ann.next_message(PATIENCE)).text
    (call,) = site.simulator.calls.of("setWebhook")
    assert call.params["url"] == webhook
    assert call.params["secret_token"] == SECRET
    assert not call.params.get("drop_pending_updates")
    assert {"message", "callback_query"} <= set(call.params["allowed_updates"])


@pytest.mark.usefixtures("webhook")
async def test_a_secret_is_made_where_none_is_given(site: Site) -> None:
    """A new one at each start, long enough."""
    for _ in range(2):
        program = await site.start(BOT_TELEGRAM__WEBHOOK__SECRET="")
        program.kill()
        await program.ended()
    first, second = (c.params["secret_token"] for c in site.simulator.calls.of("setWebhook"))
    assert first != second
    assert min(len(first), len(second)) >= 32
    assert first not in site.programs[0].text


@pytest.mark.usefixtures("webhook")
async def test_a_webhook_that_telegram_refuses_ends_the_program(site: Site) -> None:
    """With exit code 2 and its reason: the address is configured wrongly."""
    program = await site.run("run", BOT_TELEGRAM__WEBHOOK__URL="https://example.org:7/hook")
    assert program.process.returncode == 2
    assert "only on ports 80, 88, 443 or 8443" in program.err.text.splitlines()[-1]
    assert "Traceback" not in program.text


@pytest.mark.usefixtures("webhook")
async def test_a_telegram_that_is_silent_at_first(site: Site, ann: Person) -> None:
    """Setting the webhook is tried again; a signal meanwhile ends the program."""
    hanging = site.simulator.faults.add("hang", "setWebhook")
    program = await site.launch("run")
    await site.simulator.calls.wait(lambda call: call.method == "setWebhook", PATIENCE)
    assert hanging.hits == 1
    assert await program.stop() == 0
    site.simulator.faults.add("status", "setWebhook", status=502)
    await site.start()
    assert "What I can do" in (await ann.ask("/help")).text


async def test_what_is_no_update_from_telegram(
    site: Site, ann: Person, webhook: str, session: aiohttp.ClientSession
) -> None:
    """Without the secret 403 whatever the body; with it 413 over 1 MiB, 400 for no update."""
    await site.start()
    said = {"update_id": 7, "message": (await ann.ask("/about")).raw}

    async def status(body: bytes, secret: str | None, *, address: str = webhook) -> int:
        headers = {} if secret is None else {HEADER: secret}
        async with session.post(address, data=io.BytesIO(body), headers=headers) as response:
            return response.status

    for secret in (None, "", SECRET[:-1], f"{SECRET}x", "é"):
        for body in (b"{}", b"x" * (MIB + 1)):
            assert await status(body, secret) == 403
    assert await status(b"x" * (MIB + 1), SECRET) == 413
    for odd in (b"", b"no JSON", b"[]", b"{}", b'{"update_id": "7"}', b"\xff", b"[" * 100_000):
        assert await status(odd, SECRET) == 400
    assert await status(b"{}", SECRET, address=f"{webhook}/other") == 404
    async with session.post(webhook, json=said, headers={HEADER: SECRET}) as response:
        assert response.status == 200
    assert "What I can do" in (await ann.ask("/help")).text


@pytest.mark.parametrize("given", [b"", b"%s: \xff\xfe\r\n" % HEADER.encode()])
async def test_without_the_secret_the_body_is_not_read(
    site: Site, webhook: str, given: bytes
) -> None:
    """The refusal comes although the body that was announced never does."""
    await site.start()
    host, _, port = site.settings["BOT_TELEGRAM__WEBHOOK__LISTEN"].rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n%s\r\n" % given)
    answer = await asyncio.wait_for(reader.readline(), PATIENCE)
    writer.close()
    await writer.wait_closed()
    assert b" 403 " in answer
