"""The simulator: a strict Bot API server on loopback, and the people who talk to the bot."""

from __future__ import annotations

import asyncio
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from bot.simulator import page
from bot.simulator.bot_api import BotApi
from bot.simulator.chats import User
from bot.simulator.client import ClientApi
from bot.simulator.clock import Clock
from bot.simulator.crowd import Crowd
from bot.simulator.crowd_control import CrowdControl
from bot.simulator.faults import Faults
from bot.simulator.flood import Flood
from bot.simulator.group_control import GroupControl
from bot.simulator.groups import Group
from bot.simulator.journal import Journal
from bot.simulator.people import Person
from bot.simulator.receiving import Receiving
from bot.simulator.remote import RemoteControl
from bot.simulator.waiting import Signal, first_of
from bot.simulator.webhook import Webhook
from bot.simulator.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from bot.simulator.chats import ChatType

DEFAULT_TOKEN = "1234567890:SIMULATOR-simulator-SIMULATOR-simul"  # noqa: S105 (opens nothing)
HOST = "127.0.0.1"
LARGEST_REQUEST = 64 * 1024**2
SHUTDOWN_SECONDS = 0.02


class Simulator:
    """A simulated Telegram for one bot; ``async with`` starts and stops it.

    Args:
        token: The bot's token; its number is the bot's id.
        clock: Gives the time; a ``ManualClock`` stands still until a test advances it.
        port: The TCP port, 0 for any free one.
        page: Create one user ("You") and serve the chat page at ``/``.
        username: The bot's username.
        privacy_mode: Whether the bot sees only what is meant for it in groups.
        flood: The flood limits; ``Flood(enabled=False)`` turns them off.
        callback_seconds: How long a press on a button may wait for its answer.

    Attributes:
        world: Everything that exists.
        bot: The bot under test.
        flood: The flood limits, which may be changed at any time.
        updates: What waits for the bot.
        calls: Every call to the Bot API.
        violations: What only this simulator refuses; a test of a bot asserts that it is empty.
        faults: What is to go wrong.
        webhook: Where updates are delivered to, if anywhere.
        crowd: Simulated members of groups; nobody, until it is told to gather.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        clock: Clock | None = None,
        port: int = 0,
        page: bool = False,
        username: str = "interview_simulator_bot",
        privacy_mode: bool = True,
        flood: Flood | None = None,
        callback_seconds: float = 60.0,
    ) -> None:
        self.token = token
        self.clock = clock or Clock()
        bot = User(int(token.partition(":")[0]), "Interview Bot", username=username, is_bot=True)
        self.world = World(
            self.clock.now,
            bot,
            privacy_mode=privacy_mode,
            callback_seconds=callback_seconds,
            flood=flood,
        )
        self.bot = bot
        self.flood = self.world.flood
        self.updates = self.world.updates
        self.crowd = Crowd(self.world)
        self.calls = Journal()
        self.violations = self.calls.violations
        self.faults = Faults()
        self.webhook = Webhook(self.world, self.clock)
        self._receiving = Receiving(self.world, self.clock, self.webhook)
        self._port = port
        self._page = page
        self._runner: web.AppRunner | None = None
        self._timekeeper: asyncio.Task[None] | None = None
        if page:
            self.world.add_user("You", user_id=1)

    @property
    def port(self) -> int:
        """The TCP port once it has started."""
        return self._port

    @property
    def base_url(self) -> str:
        """What the bot's `telegram.base_url` is to be; without a slash at the end."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: The port is taken.
        """
        app = web.Application(client_max_size=LARGEST_REQUEST)
        face = BotApi(
            self.world,
            self.clock,
            token=self.token,
            receiving=self._receiving,
            webhook=self.webhook,
            journal=self.calls,
            faults=self.faults,
        )
        face.add_routes(app.router)
        ClientApi(self.world).add_routes(app.router)
        RemoteControl(self).add_routes(app.router)
        GroupControl(self.world).add_routes(app.router)
        CrowdControl(self.crowd).add_routes(app.router)
        if self._page:
            page.add_routes(app.router)
        app.on_response_prepare.append(self._put_date)
        # Cancelled handlers end long polls and held answers when the bot hangs up.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self._timekeeper = asyncio.create_task(self._keep_time())

    async def stop(self) -> None:
        """Stop listening and delivering; whatever hangs is let go."""
        self.faults.clear()
        await self.webhook.close()
        if self._timekeeper:
            self._timekeeper.cancel()
            await asyncio.gather(self._timekeeper, return_exceptions=True)
        if self._runner:
            await self._runner.cleanup()

    async def _put_date(self, _: web.Request, response: web.StreamResponse) -> None:
        """Let the answers bear the simulator's time, as Telegram's bear its own."""
        response.headers["Date"] = formatdate(self.clock.now(), usegmt=True)

    async def _keep_time(self) -> None:
        """Do what is due when it is due."""
        agenda = self.world.agenda
        changed = Signal()
        agenda.on_change = changed.notify
        while True:
            if agenda.next_due is None:
                await changed.wait()
            else:
                left = agenda.next_due - self.clock.now()
                await first_of(changed.wait(), self.clock.sleep(left))
            agenda.run(self.clock.now())

    def person(self, first_name: str, *, user_id: int | None = None, **about: Any) -> Person:
        """Create a person; `about` takes last_name, username and language_code."""
        return Person(self.world, self.world.add_user(first_name, user_id=user_id, **about))

    def another_bot(self, first_name: str, username: str) -> Person:
        """Create another bot, which can be a member of groups and write there."""
        user = self.world.add_user(first_name, username=username, is_bot=True)
        return Person(self.world, user)

    def group(
        self,
        title: str,
        *,
        members: Iterable[Person] = (),
        admins: Iterable[Person] = (),
        kind: ChatType = "supergroup",
        **about: Any,
    ) -> Group:
        """Create a group (or a channel); `about` is as in `membership.create_group`."""
        return Group.create(self.world, title, kind, list(members), list(admins), **about)

    def push_update(self, kind: str, body: dict[str, Any]) -> int | None:
        """Queue any update, however odd; None if the bot did not ask for this kind."""
        return self.world.push(kind, body)

    def redeliver(self, *update_ids: int) -> None:
        """Send updates once more, whatever the bot has confirmed."""
        self.updates.redeliver(update_ids)

    def restart_update_ids(self, first_id: int) -> None:
        """Number the updates to come from a lower id, as Telegram may after an idle week."""
        self.updates.restart_ids(first_id)

    async def settled(self, within: float = 5.0) -> None:
        """Return once the bot has taken every update and has no call under way but its poll.

        Raises:
            AssertionError: That does not happen within so many real seconds.
        """
        try:
            async with asyncio.timeout(within):
                while self._busy():
                    await first_of(self.calls.changed.wait(), self.updates.changed.wait())
        except TimeoutError:
            raise AssertionError(f"not settled within {within:g} s: {self._busy()}") from None

    def _busy(self) -> str:
        """What the bot still has to do, empty if nothing."""
        pending = self.updates.pending(self.clock.now())
        methods = {call.method for call in self.calls.under_way}
        if pending:
            return f"{len(pending)} updates are pending"
        if other := methods - {"getUpdates"}:
            return f"under way: {', '.join(sorted(other))}"
        polls = any(call.method == "getUpdates" for call in self.calls)
        if polls and not methods and not self.webhook.settings.url:
            return "the bot has not polled again"
        return ""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
