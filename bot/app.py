"""The only place where the parts meet."""

from __future__ import annotations

import asyncio
import gc
import logging
import random
import secrets
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.banks.loader import load_bank
from bot.chat import quiz_desk
from bot.chat.admission import Allowance
from bot.chat.gallery import Gallery
from bot.chat.handlers import mock
from bot.chat.handlers.typing import tell_settled
from bot.chat.house import House, Services
from bot.chat.menus import register_commands
from bot.chat.reception import Reception, StrictApplication
from bot.chat.reminding import Reminding
from bot.chat.routes import ALLOWED_UPDATES, routes
from bot.content import cache_folder, compiled_folder, content_folder, package_version
from bot.domain.questions import Bank
from bot.domain.reminders import ReminderRules
from bot.domain.streaks import StreakRules
from bot.domain.zones import prepare
from bot.pictures import kept_formulas
from bot.services.answers import AnswerService
from bot.services.catalogue import Catalogue
from bot.services.certificates import CertificateService
from bot.services.daily import DailyService
from bot.services.ids import DiceBox
from bot.services.interviews import MockKeeper
from bot.services.leaderboards import LeaderboardService
from bot.services.ledger import Ledger
from bot.services.mocks import MockService
from bot.services.people import PeopleService
from bot.services.pictures import PictureService
from bot.services.practice import PracticeService
from bot.services.preferences import PreferencesService
from bot.services.progress import ProgressService
from bot.services.quizmaster import QuizKeeper
from bot.services.quizzes import QuizService
from bot.services.reminders import ReminderService
from bot.services.sets import PracticeRules, SetKeeper
from bot.services.settling import Settler
from bot.services.typed import TypedService
from bot.settings import Config
from bot.storage.database import Database, open_database
from bot.storage.errors import StorageError
from bot.storage.store import Store
from bot.texts import Library, load_library
from bot.transport.api import Api
from bot.transport.clock import Clock, SystemClock
from bot.transport.dispatch import Dispatcher, Outage
from bot.transport.health import HealthServer, Measured, Metrics, watch_loop
from bot.transport.pacing import Pace, Pacer
from bot.transport.polling import Polling, TokenRefused
from bot.transport.request import AiohttpRequest
from bot.transport.skew import SkewWatch
from bot.transport.source import TelegramSource
from bot.transport.waiting import unless
from bot.transport.webhook import Webhook

CLOSING_TIME = 5.0
"""Seconds for which handlers may finish after the signal to stop."""
SAYING_TIME = 1.5
"""Seconds for which quizzes may finish what they are saying then."""
READY_WITHIN = 90.0
"""Seconds since the last successful getUpdates up to which the bot counts as ready."""
HOUSEKEEPING_EVERY = 3600.0
SWEEP_EVERY = 1.0
QUIZZES_EVERY, QUIZZES_AFTER = 0.5, 1.5
"""Seconds between two looks at the quizzes, and from the start to the first one."""

_LOG = logging.getLogger(__name__)


class WebhookRefused(Exception):
    """Telegram cannot or will not deliver to telegram.webhook.url."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said and asked; loaded before anything is opened."""

    library: Library
    bank: Bank


def load_content(config: Config) -> Content:
    """Loads texts and banks, and checks them.

    Raises:
        TextErrors: the texts are not usable.
        BankErrors: the bank is not usable.
    """
    texts = Path(config.content.texts) if config.content.texts else content_folder("prompts")
    library = load_library(texts, config.content.language)
    folder = bank_folder(config)
    return Content(library, load_bank(folder, cache=compiled_folder(folder)))


def bank_folder(config: Config) -> Path:
    """Where the questions are: the configured folder, or the one that came with the package."""
    banks = config.content.banks
    return Path(banks) if banks else content_folder("question_banks")


async def run_bot(
    config: Config,
    token: str,
    content: Content,
    stop: asyncio.Event,
    *,
    clock: Clock | None = None,
    dice: DiceBox | None = None,
    on_ready: Callable[[], object] = lambda: None,
) -> None:
    """Runs the bot until `stop` is set, then finishes what has begun.

    Raises:
        StorageError: the database cannot be used.
        TokenRefused: Telegram does not know the token.
        WebhookRefused: Telegram does not deliver to the configured address.
        ConflictPersists: another instance uses it.
        OSError: an address to listen on is taken.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        database = await open_database(config.storage.url, synchronous=config.storage.synchronous)
        stack.push_async_callback(database.close)
        request = AiohttpRequest(on_date=SkewWatch(clock).compare)
        await stack.enter_async_context(request)
        bot = _Bot(config, token, content, database, request, clock, dice)
        if not await bot.introduce(stop):
            return
        await bot.serve(stop, stack, on_ready)


class _Bot:
    """The parts of one running bot."""

    def __init__(
        self,
        config: Config,
        token: str,
        content: Content,
        database: Database,
        request: AiohttpRequest,
        clock: Clock,
        dice: DiceBox | None,
    ) -> None:
        self.config = config
        self.content = content
        self.database = database
        self.clock = clock
        self.metrics = Metrics()
        self.store = Store(database)
        self.ledger = Ledger(self.store, clock)
        self.services = _services(config, content.bank, self.store, dice or random.SystemRandom())
        base_url = config.telegram.base_url
        pacer = Pacer(_pace(config), clock)
        self.api = Api(
            request,
            token,
            base_url=base_url,
            pacer=pacer,
            clock=clock,
            on_migrated=self._moved_on,
        )
        ptb: ExtBot[None] = ExtBot(
            token,
            base_url=f"{base_url}/bot",
            base_file_url=f"{base_url}/file/bot",
            request=request,
            get_updates_request=request,
        )
        self.application: StrictApplication = (
            ApplicationBuilder()
            .application_class(StrictApplication)
            .bot(ptb)
            .updater(None)
            .build()  # type: ignore[assignment]  # the builder's types do not follow the class
        )
        self.polling: Polling | None = None

    async def introduce(self, stop: asyncio.Event) -> bool:
        """Asks Telegram who we are, however long it takes; `False` if stopped meanwhile.

        Raises:
            TokenRefused: 401 or 404.
        """
        return await self._insist(self.application.initialize, stop)

    async def _insist(self, ask: Callable[[], Awaitable[object]], stop: asyncio.Event) -> bool:
        """Asks something of Telegram until it answers; `False` if stopped before."""
        pause = 0.5
        while not stop.is_set():
            try:
                await unless(stop, ask())
            except InvalidToken as error:
                raise TokenRefused(str(error)) from None
            except TelegramError as error:
                _LOG.warning("Telegram does not answer, next try in %.2g s: %s", pause, error)
                await unless(stop, self.clock.sleep(pause))
                pause = min(pause * 2, 15.0)
            else:
                return not stop.is_set()
        return False

    async def serve(
        self, stop: asyncio.Event, stack: AsyncExitStack, on_ready: Callable[[], object]
    ) -> None:
        """Takes updates until `stop`, then finishes."""
        me: Bot = self.application.bot
        _LOG.info("running as @%s with %s questions", me.username, len(self.content.bank.items))
        stack.push_async_callback(self.application.shutdown)
        house = self._house(me.username)
        reception = self._reception(house)
        dispatcher = Dispatcher(Measured(reception, self.metrics), self.clock)
        await self._start_health(stack)
        library = self.content.library
        background = [
            asyncio.create_task(watch_loop(self.metrics.stalled), name="loop watch"),
            asyncio.create_task(register_commands(self.api, library), name="commands"),
            asyncio.create_task(self._keep_house(), name="housekeeping"),
            asyncio.create_task(asyncio.to_thread(prepare, self.clock.now()), name="zones"),
            asyncio.create_task(self._sweep_drafts(house), name="drafts"),
            asyncio.create_task(self._sweep_interviews(house), name="interviews"),
            asyncio.create_task(self._remind(house), name="reminders"),
            asyncio.create_task(self._sweep_quizzes(house), name="quizzes"),
        ]
        try:
            if self.config.telegram.mode == "webhook":
                await self._serve_webhook(dispatcher, stop, on_ready)
            else:
                await self._poll(dispatcher, stop, on_ready)
        finally:
            await house.desk.close(SAYING_TIME)
            for task in background:
                task.cancel()
            await asyncio.gather(*background, return_exceptions=True)

    async def _poll(
        self, dispatcher: Dispatcher, stop: asyncio.Event, on_ready: Callable[[], object]
    ) -> None:
        source = TelegramSource(self.api, ALLOWED_UPDATES)
        self.polling = polling = Polling(source, dispatcher, self.ledger, self.clock)
        running = asyncio.create_task(polling.run(), name="polling")
        stopping = asyncio.create_task(stop.wait())
        on_ready()
        try:
            await asyncio.wait((running, stopping), return_when=asyncio.FIRST_COMPLETED)
            polling.stop()
            await running  # raises what ended it
        finally:
            stopping.cancel()
            await dispatcher.close(CLOSING_TIME)
        await polling.confirm()

    async def _serve_webhook(
        self, dispatcher: Dispatcher, stop: asyncio.Event, on_ready: Callable[[], object]
    ) -> None:
        settings = self.config.telegram.webhook
        secret = settings.secret.get_secret_value() or secrets.token_urlsafe(32)
        webhook = Webhook(dispatcher, url=settings.url, listen=settings.listen, secret=secret)
        await webhook.start()
        try:
            if not await self._insist(lambda: self._set_webhook(settings.url, secret), stop):
                return
            on_ready()
            for raw in await self.ledger.parked():
                dispatcher.submit(raw, admitted=True)
            await stop.wait()
        finally:
            await dispatcher.close(CLOSING_TIME)
            await webhook.close()

    async def _set_webhook(self, url: str, secret: str) -> None:
        params = {
            "url": url,
            "secret_token": secret,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        }
        try:
            await self.api.call("setWebhook", params)
        except BadRequest as error:
            raise WebhookRefused(f"Telegram refuses the webhook: {error}") from None

    def _house(self, username: str) -> House:
        gallery = Gallery(
            self.api,
            self.services.pictures,
            self.clock,
            username,
            lambda formulas: kept_formulas(formulas, cache_folder() / "pictures"),
        )
        return House(
            api=self.api,
            gallery=gallery,
            library=self.content.library,
            services=self.services,
            clock=self.clock,
            streak_rules=_streak_rules(self.config),
            bot_username=username,
            version=package_version(),
        )

    def _reception(self, house: House) -> Reception:
        limits = self.config.limits
        for handler in routes(house):
            self.application.add_handler(handler)
        return Reception(
            self.application,
            house,
            self.ledger,
            _is_outage,
            messages=Allowance(limits.message_burst, limits.messages_per_second),
            presses=Allowance(limits.press_burst, limits.presses_per_second),
        )

    async def _start_health(self, stack: AsyncExitStack) -> None:
        if not self.config.http.listen:
            return
        health = HealthServer(self.config.http.listen, self.metrics, self._trouble)
        stack.push_async_callback(health.close)
        await health.start()

    async def _trouble(self) -> str | None:
        """Why the bot is not ready; `None` if it is."""
        try:
            await self.database.probe()
        except StorageError as error:
            return str(error)
        if self.polling is None:
            return None
        last = self.polling.last_success
        if last is None or self.clock.monotonic() - last > READY_WITHIN:
            return "no successful getUpdates within 90 s"
        return None

    async def _sweep_drafts(self, house: House) -> None:
        """Grades answers in several messages whose minute is over."""

        async def settle() -> None:
            for settled in await self.services.typed.sweep_drafts(self.clock.now()):
                await tell_settled(house, settled)

        while True:
            await self.clock.sleep(SWEEP_EVERY)
            await self._sweep("drafts", settle)

    async def _sweep_interviews(self, house: House) -> None:
        """Moves the clocks of interviews on, and shows what could not be shown before."""
        while True:
            await self.clock.sleep(SWEEP_EVERY)
            await self._sweep("interviews", lambda: mock.sweep(house))

    async def _remind(self, house: House) -> None:
        """Sends what people asked to be reminded of.

        Every look reads the wall clock: when that jumps, the next look knows.
        """
        reminding = Reminding(house)
        working = asyncio.create_task(reminding.work(), name="reminding")
        try:
            while True:
                await self._sweep("reminders", reminding.notice)
                await self.clock.sleep(reminding.pause)
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def _sweep_quizzes(self, house: House) -> None:
        """Lets time pass for quizzes, once what waited for the start has had time to come in."""
        await self._sweep("quizzes", lambda: quiz_desk.recover(house))
        await self.clock.sleep(QUIZZES_AFTER)
        while True:
            await self._sweep("quizzes", lambda: quiz_desk.sweep(house))
            await self.clock.sleep(QUIZZES_EVERY)

    async def _sweep(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        """One sweep; whatever happens to it, the next one comes."""
        try:
            await work()
        except StorageError as error:
            _LOG.warning("%s wait: %s", what, error)
        except Exception:  # noqa: BLE001 — see above; the trace is logged
            _LOG.exception("a sweep of %s failed", what)

    async def _moved_on(self, old_chat_id: int, new_chat_id: int) -> None:
        """A message to a group has shown that it is a supergroup now."""
        await self.services.quizzes.migrated(old_chat_id, new_chat_id, self.clock.now())

    async def _keep_house(self) -> None:
        """Forgets marks that no update can need again, and finishes erasures."""
        while True:
            try:
                await self.ledger.prune()
                await self.services.people.sweep_remains()
            except (Outage, StorageError) as error:
                _LOG.warning("housekeeping waits: %s", error)
            await self.clock.sleep(HOUSEKEEPING_EVERY)


def _services(config: Config, bank: Bank, store: Store, dice: DiceBox) -> Services:
    rules = PracticeRules(
        set_size=config.practice.set_size,
        retention=config.practice.retention,
        timezone=config.practice.timezone,
        streaks=_streak_rules(config),
    )
    sets = SetKeeper(Catalogue(bank), rules, dice)
    settler = Settler(sets)
    keeper = MockKeeper(settler)
    return Services(
        catalogue=sets.catalogue,
        practice=PracticeService(store, keeper),
        answers=AnswerService(store, keeper),
        typed=TypedService(store, keeper),
        daily=DailyService(store, keeper),
        people=PeopleService(store, rules),
        preferences=PreferencesService(store, sets),
        mocks=MockService(store, keeper),
        certificates=CertificateService(store, keeper),
        progress=ProgressService(store, sets),
        pictures=PictureService(store),
        reminders=ReminderService(store, sets.catalogue, rules, _reminder_rules(config)),
        quizzes=QuizService(store, QuizKeeper(settler)),
        leaderboards=LeaderboardService(store),
    )


def _streak_rules(config: Config) -> StreakRules:
    settings = config.streaks
    return StreakRules(settings.day_starts_at, settings.freeze_every, settings.freeze_cap)


def _reminder_rules(config: Config) -> ReminderRules:
    return ReminderRules(window=timedelta(minutes=config.reminders.window_minutes))


def _pace(config: Config) -> Pace:
    """The flood limits; the interval stays a little longer than asked for, as `Pace` says why."""
    settings = config.telegram
    usual, faster = Pace(), settings.chat_messages_per_second
    return Pace(
        messages_per_second=settings.messages_per_second,
        chat_interval=usual.chat_interval / faster,
        group_messages=max(1, round(usual.group_messages * faster)),
    )


def calm_collector() -> None:
    """Leaves what was loaded at the start out of garbage collection, and collects less often.

    An update makes thousands of short-lived objects; the default threshold of 700 spends a
    fifth of the time looking through them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_outage(error: Exception) -> bool:
    return isinstance(error, StorageError) and error.blameless
