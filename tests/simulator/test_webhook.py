"""Webhooks: delivery by POST with the secret, in order, again until it is taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

SECRET = "s3cret_-"


class Endpoint:
    """A bot's webhook that answers with the statuses it is told, then with 200."""

    def __init__(self) -> None:
        self.received: asyncio.Queue[tuple[str | None, dict[str, Any]]] = asyncio.Queue()
        self.statuses: list[int] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.received.put_nowait((secret, await request.json()))
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    async def text(self) -> str:
        _, update = await asyncio.wait_for(self.received.get(), 5)
        words: str = update["message"]["text"]
        return words


@pytest.fixture
async def endpoint() -> AsyncIterator[Endpoint]:
    endpoint = Endpoint()
    app = web.Application()
    app.router.add_post("/hook", endpoint.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    endpoint.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield endpoint
    await runner.cleanup()


async def taken(sim: Simulator) -> None:
    """Return once nothing is pending."""
    async with asyncio.timeout(5):
        while sim.updates.pending(sim.clock.now()):
            await sim.updates.changed.wait()


async def failure(sim: Simulator, count: int = 1) -> dict[str, Any]:
    """The webhook's state once so many deliveries have failed."""
    await sim.webhook.failed.until(
        lambda: sim.webhook.settings.failures >= count or None, 5, lambda: "no failure"
    )
    return sim.webhook.info()


async def test_updates_are_posted_with_the_secret(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    await ann.say("before")
    await api("setWebhook", url=endpoint.url, secret_token=SECRET)
    secret, update = await endpoint.received.get()
    assert (secret, update["message"]["text"]) == (SECRET, "before")
    await ann.say("after")
    assert await endpoint.text() == "after"
    await taken(sim)
    assert (await api("getWebhookInfo"))["pending_update_count"] == 0


async def test_an_update_is_repeated_until_it_is_taken(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    endpoint.statuses = [500, 302]
    await api("setWebhook", url=endpoint.url)
    await ann.say("first")
    await ann.say("second")
    assert await endpoint.text() == "first"
    info = await failure(sim)
    assert info["last_error_message"] == (
        "Wrong response from the webhook: 500 Internal Server Error"
    )
    assert info["pending_update_count"] == 2
    sim.clock.advance(1)
    assert await endpoint.text() == "first"
    assert "302" in (await failure(sim, 2))["last_error_message"]
    sim.clock.advance(2)
    assert [await endpoint.text(), await endpoint.text()] == ["first", "second"]
    await taken(sim)


async def test_another_chat_does_not_wait_for_a_failing_one(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    endpoint.statuses = [500]
    await api("setWebhook", url=endpoint.url)
    await ann.say("stuck")
    assert await endpoint.text() == "stuck"
    await sim.person("Bob").say("flowing")
    assert await endpoint.text() == "flowing"


async def test_polling_is_refused_while_a_webhook_is_set(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    poll = asyncio.create_task(api.answer("getUpdates", timeout=50))
    await sim.calls.wait(lambda call: call.method == "getUpdates" and call.outcome == "open")
    assert (await api.answer("setWebhook", url=endpoint.url))[1]["description"] == (
        "Webhook was set"
    )
    status, body = await poll
    assert status == 409
    assert body["description"] == "Conflict: terminated by setWebhook request"
    status, body = await api.answer("getUpdates")
    assert status == 409
    assert body["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await api.answer("deleteWebhook"))[1]["description"] == "Webhook was deleted"
    assert await api("getUpdates") == []


async def test_a_webhook_takes_a_repeated_update_again(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    await api("setWebhook", url=endpoint.url, allowed_updates=["message"], ip_address="127.0.0.1")
    await ann.say("once")
    assert await endpoint.text() == "once"
    await taken(sim)
    sim.redeliver(sim.updates.next_id - 1)
    assert await endpoint.text() == "once"
    await taken(sim)
    info = await api("getWebhookInfo")
    assert (info["allowed_updates"], info["ip_address"]) == (["message"], "127.0.0.1")


async def test_deleting_a_webhook_keeps_updates_unless_told_otherwise(
    sim: Simulator, api: Api, ann: Person, endpoint: Endpoint
) -> None:
    endpoint.statuses = [500]
    await api("setWebhook", url=endpoint.url)
    await ann.say("kept")
    await endpoint.text()
    await api("deleteWebhook")
    assert len(await api("getUpdates")) == 1
    await api("deleteWebhook", drop_pending_updates=True)
    assert await api("getUpdates") == []


async def test_a_refused_connection_is_reported(sim: Simulator, api: Api, ann: Person) -> None:
    await api("setWebhook", url="http://127.0.0.1:9/hook", max_connections=500)
    await ann.say("x")
    info = await failure(sim)
    assert info["last_error_message"] == "Connection refused"
    assert info["max_connections"] == 100


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        (
            {"url": "http://example.org/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.org:8080/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "https://example.org/hook", "secret_token": "no spaces"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_bad_webhooks_are_refused(
    api: Api, parameters: dict[str, Any], refusal: str
) -> None:
    assert await api.refusal("setWebhook", **parameters) == f"Bad Request: {refusal}"
    assert await api("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
