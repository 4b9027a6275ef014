"""Where an update enters the chat, and what happens when a handler cannot cope with it."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, NoReturn

from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application

from bot.chat.admission import Admission, Allowance
from bot.chat.house import House
from bot.services.ledger import Ledger
from bot.transport.dispatch import Json, Outage, kind_of
from bot.transport.failures import ChatRefusal, Unreachable

MESSAGES = Allowance(burst=40, per_second=4)
PRESSES = Allowance(burst=150, per_second=10)

_LOG = logging.getLogger(__name__)


class StrictApplication(Application):  # type: ignore[type-arg]  # its six parameters stay PTB's
    """PTB's application, but a handler's exception reaches whoever handed the update in."""

    async def process_error(
        self, update: object, error: Exception, *_: Any, **__: Any
    ) -> NoReturn:
        """Raises the handler's error instead of logging it away."""
        raise error


class Reception:
    """Receives updates from the dispatcher: limits, parses, routes, apologises."""

    def __init__(
        self,
        application: StrictApplication,
        house: House,
        ledger: Ledger,
        is_outage: Callable[[Exception], bool],
        *,
        messages: Allowance = MESSAGES,
        presses: Allowance = PRESSES,
    ) -> None:
        self._application = application
        self._house = house
        self._ledger = ledger
        self._is_outage = is_outage
        self._messages = Admission(messages)
        self._presses = Admission(presses)

    def admits(self, raw: Json) -> bool:
        """Whether the update is within its sender's allowance; asked once, when it arrives."""
        sender = _sender(raw)
        return sender is None or self._admission(raw).admit(sender["id"], self._acted_at(raw))

    async def turn_away(self, raw: Json) -> None:
        """Answers a press that was not admitted; tells of a message now and then."""
        sender = _sender(raw) or {}
        text = self._house.library.texts(_language(raw)).plain("too_fast")
        if query := raw.get("callback_query"):
            await self._quietly(self._house.api.answer_callback(query["id"], text))
        elif self._admission(raw).should_notice(sender["id"], self._acted_at(raw)):
            await self._quietly(self._tell(raw, text))

    async def handle(self, raw: Json) -> None:
        """Handles one update; the same one may come again.

        Raises:
            Outage: nothing can be saved just now.
            Exception: whatever a handler raises.
        """
        update = Update.de_json(raw, self._application.bot)
        try:
            await self._application.process_update(update)
        except ChatRefusal as error:
            await self._refused(raw, error)
        except Exception as error:
            raise self._named(error) from error

    async def tell_outage(self, raw: Json) -> None:
        """Says that nothing is saved for the moment."""
        texts = self._house.library.texts(_language(raw))
        await self._quietly(self._tell(raw, str(texts.html("not_saved"))))

    async def give_up(self, raw: Json, error: Exception, error_id: str) -> None:
        """Sets the update aside and apologises with the error's id.

        Raises:
            Outage: nothing can be saved just now.
        """
        reason = type(error).__name__
        await self._ledger.set_aside(raw["update_id"], kind_of(raw), error_id, reason)
        texts = self._house.library.texts(_language(raw))
        apology = texts.screen("error", error_id=error_id)
        await self._quietly(self._tell(raw, str(apology)))

    def _admission(self, raw: Json) -> Admission:
        return self._presses if "callback_query" in raw else self._messages

    def _acted_at(self, raw: Json) -> float:
        """When it was sent, in seconds: what waited for the bot was no flood for that reason."""
        date = (raw.get("message") or {}).get("date")
        return float(date) if isinstance(date, int) else self._house.clock.monotonic()

    async def _refused(self, raw: Json, error: ChatRefusal) -> None:
        """Nobody can be told there: one line in the log, and no more to who blocked the bot."""
        _LOG.warning("update %s: nothing can be sent: %s", raw["update_id"], error.reason)
        person = _sender(raw)
        if isinstance(error, Unreachable) and person and person["id"] == error.chat_id:
            try:
                await self._house.services.people.set_unreachable(person["id"])
            except Exception as trouble:
                raise self._named(trouble) from trouble

    def _named(self, error: Exception) -> Exception:
        """The error, or `Outage` if the database is the one that is not well."""
        return Outage(str(error)) if self._is_outage(error) else error

    async def _tell(self, raw: Json, html: str) -> None:
        """Sends a short text to where the update came from, and answers a press."""
        query = raw.get("callback_query")
        message = raw.get("message") or (query or {}).get("message") or {}
        if query:
            await self._quietly(self._house.api.answer_callback(query["id"]))
        if chat := message.get("chat"):
            thread = message.get("message_thread_id") if message.get("is_topic_message") else None
            await self._house.api.send_text(chat["id"], html, thread_id=thread)

    async def _quietly(self, work: Awaitable[object]) -> None:
        """Does what may fail without consequence: the update is decided already."""
        try:
            await work
        except TelegramError as error:
            _LOG.warning("a notice was not delivered: %s", error)


def _sender(raw: Json) -> Json | None:
    """Who pressed or wrote; `None` for all other kinds of updates."""
    sender: Json | None = (raw.get("callback_query") or raw.get("message") or {}).get("from")
    return sender


def _language(raw: Json) -> str | None:
    code = (_sender(raw) or {}).get("language_code")
    return code if isinstance(code, str) else None
