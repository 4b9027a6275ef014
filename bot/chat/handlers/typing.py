"""Answers by message: numbers and free text, in one message or several."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import TelegramError

from bot.chat import views
from bot.chat.context import Turn
from bot.chat.handlers import certificate, mock
from bot.chat.handlers.practice import show_on_question
from bot.chat.house import House
from bot.domain.errors import NothingAsked, NothingOpen, OnlyText
from bot.services.mocks import Told
from bot.services.results import AlreadyShown, Feedback, Moved, Settled, Who
from bot.texts import Texts
from bot.transport.failures import ChatRefusal

_LOG = logging.getLogger(__name__)


async def typed(turn: Turn) -> None:
    """A message in the private chat: (a part of) the answer to the open question, if any."""
    if turn.message is None or not turn.text:
        raise OnlyText
    if turn.message.reply_to_message and await certificate.name_told(turn):
        return
    service = turn.house.services.typed
    try:
        result = await service.type_in(turn.who, turn.what, turn.text, turn.message_id)
    except NothingOpen:
        if not await certificate.name_told(turn) and not await mock.reminded(turn):
            raise NothingAsked from None
        return
    if isinstance(result, Moved):
        await mock.present(turn, result)
    elif isinstance(result, Feedback) and result.shown.attempt.feedback_message_id is None:
        await _tell(turn.house, turn.texts, result, reply_to=turn.message_id)


async def not_finished_pressed(turn: Turn) -> None:
    """`➕`: the answer will come in several messages."""
    service = turn.house.services.typed
    shown = await service.begin_draft(turn.who, turn.what, turn.pressed().id)
    screen = views.question(turn.texts, shown, turn.what.now)
    await show_on_question(turn, shown, screen, still_open=True)


async def finished_pressed(turn: Turn) -> None:
    """`✔`: the messages so far are the answer."""
    service = turn.house.services.typed
    result = await service.finish_draft(turn.who, turn.what, turn.pressed().id)
    if isinstance(result, Moved | AlreadyShown):
        await turn.beside_answer(mock.present(turn, result))
        return
    attempt = result.shown.attempt
    if attempt.feedback_message_id is None:
        telling = _tell(turn.house, turn.texts, result, reply_to=attempt.draft_message_id)
        await turn.beside_answer(telling)


async def model_pressed(turn: Turn) -> None:
    """`📄`: the feedback grows by a model answer."""
    result = await turn.house.services.typed.told(turn.who, turn.pressed().id)
    await turn.show(views.feedback(turn.texts, result, model=True), turn.message_id)


async def rate_pressed(turn: Turn) -> None:
    """The person's own view of their story, beside the score."""
    press = turn.pressed()
    result = await turn.house.services.typed.rate(turn.who, press.id, press.place)
    rows = views.feedback(turn.texts, result).rows
    score = views.points_of(result)
    await asyncio.gather(
        turn.say("rated", rating=press.place, points=score),
        turn.set_rows(turn.message_id, rows),
    )


async def tell_settled(house: House, settled: Settled) -> None:
    """Sends the feedback on an answer whose last message came a minute ago."""
    feedback = settled.feedback
    if isinstance(feedback, Moved):
        await _tell_moved(house, feedback, settled.language)
        return
    attempt = feedback.shown.attempt
    texts = house.library.texts(settled.language)
    try:
        await _tell(house, texts, feedback, reply_to=attempt.draft_message_id)
    except ChatRefusal as refusal:
        _LOG.info("feedback is not delivered: %s", refusal.reason)
    except TelegramError as error:
        _LOG.warning("feedback waits for the next sweep: %s", error)
        return
    await house.services.typed.draft_told(attempt.id)


async def _tell_moved(house: House, moved: Moved, language: str) -> None:
    """The next question of an interview, whose answer came in several messages."""
    if moved.closed:
        attempt = moved.closed.shown.attempt
        await mock.tell(house, Told(moved, Who(attempt.person_id, language, attempt.chat_id)))


async def _tell(house: House, texts: Texts, feedback: Feedback, *, reply_to: int | None) -> None:
    """Feedback as a reply; the question loses its buttons beside."""
    attempt = feedback.shown.attempt
    screen = views.feedback(texts, feedback)
    sending = house.api.send_text(
        attempt.chat_id, str(screen.text), keyboard=screen.markup, reply_to=reply_to
    )
    if attempt.message_id is None:
        message_id = await sending
    else:
        message_id, _ = await asyncio.gather(
            sending, house.api.edit_markup(attempt.chat_id, attempt.message_id, None)
        )
    await house.services.typed.feedback_shown(attempt.id, message_id)
