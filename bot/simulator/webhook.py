"""Delivers updates to the bot's webhook, in order, until they are taken."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.errors import bad_request
from bot.simulator.waiting import Signal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.clock import Clock
    from bot.simulator.updates import Update
    from bot.simulator.world import World

AUTHENTICITY_HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PORTS = frozenset({80, 88, 443, 8443})
DEFAULT_CONNECTIONS, MOST_CONNECTIONS = 40, 100
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Settings:
    """What setWebhook asked for; without a URL there is no webhook."""

    url: str = ""
    secret: str = ""
    max_connections: int = DEFAULT_CONNECTIONS
    ip_address: str = ""
    custom_certificate: bool = False
    last_error_at: int | None = None
    last_error: str = ""
    failures: int = 0


class Webhook:
    """The bot's webhook: its settings, and the task that delivers while there is one.

    Attributes:
        failed: Notified when a delivery failed.
    """

    def __init__(self, world: World, clock: Clock) -> None:
        self.settings = Settings()
        self._world = world
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self.failed = Signal()

    async def set(self, given: Mapping[str, Any]) -> str:
        """Set or, with an empty URL, remove the webhook.

        Returns:
            What the official server says about it.

        Raises:
            ApiError: The URL or the secret will not do.
        """
        url = given.get("url", "")
        if url:
            _check_url(url)
        secret = given.get("secret_token", "")
        if secret and not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        same = url == self.settings.url
        await self.close()
        if given.get("drop_pending_updates"):
            self._world.updates.clear()
        self._world.updates.allow(given.get("allowed_updates"))
        connections = given.get("max_connections", DEFAULT_CONNECTIONS)
        self.settings = Settings(
            url,
            secret,
            max(1, min(MOST_CONNECTIONS, connections)),
            given.get("ip_address", ""),
            "certificate" in given,
        )
        if url:
            self._task = asyncio.create_task(self._deliver())
            return "Webhook is already set" if same else "Webhook was set"
        return "Webhook is already deleted" if same else "Webhook was deleted"

    def info(self) -> dict[str, Any]:
        """The Bot API's WebhookInfo."""
        settings, updates = self.settings, self._world.updates
        shown: dict[str, Any] = {
            "url": settings.url,
            "has_custom_certificate": settings.custom_certificate,
            "pending_update_count": len(updates.pending(self._world.now())),
        }
        if settings.url:
            shown["max_connections"] = settings.max_connections
        if settings.ip_address:
            shown["ip_address"] = settings.ip_address
        if settings.last_error_at:
            shown["last_error_date"] = settings.last_error_at
            shown["last_error_message"] = settings.last_error
        if updates.allowed_by_bot is not None:
            shown["allowed_updates"] = list(updates.allowed_by_bot)
        return shown

    async def close(self) -> None:
        """Stop delivering."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _deliver(self) -> None:
        """Deliver up to max_connections updates at once, those of one chat in order."""
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PATIENCE_SECONDS)
            ) as session,
            asyncio.TaskGroup() as tasks,
        ):
            busy: dict[str, Update] = {}
            while True:
                for update in self._world.updates.pending(self._world.now()):
                    lane = _lane(update)
                    if lane not in busy and len(busy) < self.settings.max_connections:
                        busy[lane] = update
                        tasks.create_task(self._insist(session, update, busy, lane))
                await self._world.updates.changed.wait()

    async def _insist(
        self, session: aiohttp.ClientSession, update: Update, busy: dict[str, Update], lane: str
    ) -> None:
        pause = FIRST_PAUSE
        while problem := await self._post(session, update):
            self.settings.last_error_at = int(self._world.now())
            self.settings.last_error = problem
            self.settings.failures += 1
            self.failed.notify()
            await self._clock.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        self._world.updates.taken(update)
        del busy[lane]
        self._world.updates.changed.notify()

    async def _post(self, session: aiohttp.ClientSession, update: Update) -> str:
        """Send one update; returns what went wrong, empty if it was taken."""
        headers = {AUTHENTICITY_HEADER: self.settings.secret} if self.settings.secret else {}
        try:
            async with session.post(
                self.settings.url, json=update.render(), headers=headers, allow_redirects=False
            ) as response:
                await response.read()
                if response.ok and response.status < 300:
                    return ""
                return f"Wrong response from the webhook: {response.status} {response.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientConnectorError:
            return "Connection refused"
        except aiohttp.ClientError:
            return "Connection reset by peer"


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    loopback = parts.hostname in LOOPBACK
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not loopback and (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")


def _lane(update: Update) -> str:
    """Updates of one lane are delivered one after the other: a chat's, a poll's, a person's."""
    body = update.body
    place = body.get("chat") or body.get("message", {}).get("chat") or body.get("user") or body
    return f"{place.get('id')}"
