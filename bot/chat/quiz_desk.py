"""Says what quizzes have to say, one thing after the other in each, and tells what came of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.chat import quiz_views
from bot.chat.house import House
from bot.chat.screen import Screen
from bot.chat.spot import Spot
from bot.domain.group_quiz import Phase
from bot.domain.quiz_events import Ending, Trouble
from bot.markup import formulas_of
from bot.services.quiz_results import Asked, Job, Posted, Say
from bot.texts import Texts
from bot.transport.api import Lane, SentPoll
from bot.transport.failures import ChatRefusal, FileGone, NoRights, TopicGone, Unreachable
from bot.transport.html_split import CAPTION_LIMIT

TRIES = 5
"""How often something is said at most; for the podium it is many times more."""
PODIUM_TRIES = 40
PAUSE = timedelta(seconds=5)
"""Before the second try; each further pause is so much longer."""
TOGETHER = 4.0
"""Seconds within which the next round follows a standing: rather both wait than one alone."""
STORING_TRIES = 60
"""How often it is tried to store what has been said, a second apart."""

_LOG = logging.getLogger(__name__)


def kick(house: House, quiz_id: str | None) -> None:
    """Has said what there is to say in that quiz."""
    if quiz_id is not None:
        house.desk.kick(quiz_id, lambda: carry_on(house, quiz_id))


async def recover(house: House) -> None:
    """After a start: says what was left unsaid."""
    for quiz_id in await house.services.quizzes.recover(house.clock.now()):
        kick(house, quiz_id)


async def sweep(house: House) -> None:
    """Lets time pass for all quizzes that are due, and has said what could not be said before."""
    quizzes = house.services.quizzes
    now = house.clock.now()
    moved = await asyncio.gather(*(quizzes.look(one, now) for one in await quizzes.due(now)))
    for quiz_id in {*moved, *await quizzes.with_jobs(now)}:
        kick(house, quiz_id)


async def carry_on(house: House, quiz_id: str) -> None:
    """Says what there is to say, in order."""
    while job := await house.services.quizzes.next_job(quiz_id, house.clock.now()):
        await _do(house, job)


async def _do(house: House, job: Job) -> None:
    """Does one thing; whatever comes of it is stored."""
    try:
        stored = await _said(house, job)
    except ChatRefusal as refusal:
        stored = _refused(house, job, refusal)
    except TelegramError as error:
        stored = _failed(house, job, error)
    await _insist(house, stored)


_Storing = Callable[[], Awaitable[object]]


async def _said(house: House, job: Job) -> _Storing:
    """Says it; gives what is to be stored then."""
    quizzes = house.services.quizzes
    if job.say is Say.POST:
        return await _post(house, job)
    message_id = await _tell(house, job)
    return lambda: quizzes.done(job, message_id)


async def _post(house: House, job: Job) -> _Storing:
    """Sends a round."""
    quizzes, scene, asked = house.services.quizzes, job.scene, job.asked
    if asked is None:
        return lambda: quizzes.post_failed(job, Trouble.REFUSED, house.clock.now())
    texts, limit = house.library.texts(scene.language), scene.state.limit
    if asked.is_open:
        message_id = await _spot(house, job).send(quiz_views.open_round(texts, asked, limit))
        sent = None
    else:
        sent = await _send_poll(house, job, asked, texts)
        message_id = sent.message_id
    posted = Posted(
        at=house.clock.now(),
        chat_id=house.api.home_of(scene.place.chat_id),
        message_id=message_id,
        poll_id=sent.poll_id if sent else None,
        option_ids=sent.option_ids if sent else (),
    )
    return lambda: quizzes.posted(job, posted)


async def _send_poll(house: House, job: Job, asked: Asked, texts: Texts) -> SentPoll:
    """Sends a round as a poll, with the picture of its formulas."""
    place = job.scene.place
    params = quiz_views.poll(texts, asked, job.scene.state.limit)
    formulas = formulas_of(asked.item.question)
    picture = await house.gallery.formula(formulas) if formulas else None
    if isinstance(picture, str):
        media = {"type": "photo", "media": picture}
        try:
            return await house.api.send_poll(
                place.chat_id, {**params, "media": media}, thread_id=place.thread_id
            )
        except FileGone:
            picture = await house.gallery.formula(formulas, anew=True)
    if picture is None or isinstance(picture, str):
        return await house.api.send_poll(place.chat_id, params, thread_id=place.thread_id)
    media = {"type": "photo", "media": "attach://formula"}
    return await house.api.send_poll(
        place.chat_id,
        {**params, "media": media},
        {"formula": picture},
        thread_id=place.thread_id,
    )


_Screens = Mapping[Say, Callable[[Texts, Job], Screen]]
_NEW: _Screens = {
    Say.LOBBY: lambda texts, job: quiz_views.lobby(texts, job.scene),
    Say.EXPLAIN: lambda texts, _: Screen(texts.html("quiz_anonymous")),
    Say.STANDING: quiz_views.standing,
    Say.WORST: quiz_views.worst,
}
"""What is said in a new message."""


async def _tell(house: House, job: Job) -> int | None:
    """Says anything but a round; gives the id of a new message."""
    texts = house.library.texts(job.scene.language)
    if job.say is Say.STANDING and job.scene.state.phase is not Phase.OVER:
        await house.api.room(job.scene.place.chat_id, 2, TOGETHER)
    if job.say in _NEW:
        return await _spot(house, job).send(_NEW[job.say](texts, job))
    if job.say is Say.PODIUM:
        return await _show_podium(_spot(house, job), quiz_views.podium(texts, job))
    if job.say in {Say.EDIT_LOBBY, Say.CALL_OFF}:
        return await _show_lobby(house, job, texts)
    if job.say is Say.RESULT:
        await _tell_result(house, job, texts)
    elif job.chat_id is not None and job.message_id is not None:
        await _end_message(house, job, texts, job.chat_id, job.message_id)
    return None


async def _show_podium(spot: Spot, screen: Screen) -> int:
    """The picture above its words; they are the last message also where they do not fit below."""
    words = Screen(screen.text)
    try:
        if len(screen.text) <= CAPTION_LIMIT:
            return await spot.send(screen)
        if screen.drawing:
            await spot.send(Screen("", drawing=screen.drawing))
    except NoRights as refusal:
        _LOG.info("a podium without a picture: %s", refusal.reason)
    return await spot.send(words)


async def _end_message(
    house: House, job: Job, texts: Texts, chat_id: int, message_id: int
) -> None:
    """Closes a poll, changes the message of an open round, or takes a message away."""
    match job.say:
        case Say.STOP_POLL:
            await house.api.stop_poll(chat_id, message_id)
        case Say.DISCARD:
            await house.api.delete(chat_id, message_id)
        case Say.CLOSE | Say.DROP if job.asked:
            screen = quiz_views.closed_round(texts, job, dropped=job.say is Say.DROP)
            await Spot(house, chat_id, job.scene.place.thread_id).edit(screen, message_id)
        case _:
            pass


async def _show_lobby(house: House, job: Job, texts: Texts) -> int | None:
    """Shows the lobby anew; where its message is gone, in a new one, if anybody needs it."""
    spot, screen = _spot(house, job), quiz_views.lobby(texts, job.scene)
    if await spot.edit(screen, job.scene.lobby_message_id):
        return None
    if job.say is Say.EDIT_LOBBY and not screen.rows:
        return None
    return await spot.send(screen)


async def _tell_result(house: House, job: Job, texts: Texts) -> None:
    """Somebody's own result; where they cannot be reached, that is all."""
    screen, person_id = quiz_views.result(texts, job), job.person_id
    if screen is None or person_id is None:
        return
    try:
        await house.api.send_text(
            person_id, str(screen.text), keyboard=screen.markup, lane=Lane.BROADCAST
        )
    except Unreachable:
        await house.services.people.set_unreachable(person_id)


def _refused(house: House, job: Job, refusal: ChatRefusal) -> _Storing:
    """Nobody hears it there."""
    quizzes, now = house.services.quizzes, house.clock.now()
    _LOG.warning("a quiz cannot say its %s: %s", job.say, refusal.reason)
    if isinstance(refusal, Unreachable | TopicGone):
        gone = isinstance(refusal, TopicGone)
        ending = Ending.TOPIC_GONE if gone else Ending.EXPELLED
        return lambda: quizzes.silenced(job.scene.quiz_id, ending, now)
    if job.say is Say.POST:
        return lambda: quizzes.post_failed(job, Trouble.NO_RIGHTS, now)
    if job.say is Say.LOBBY and isinstance(refusal, NoRights):
        return lambda: quizzes.silenced(job.scene.quiz_id, Ending.MUTED, now)
    return lambda: quizzes.done(job)


def _failed(house: House, job: Job, error: TelegramError) -> _Storing:
    """It is tried again a little later, unless that is hopeless."""
    quizzes, now = house.services.quizzes, house.clock.now()
    _LOG.warning("a quiz could not say its %s: %s", job.say, error)
    hopeless = isinstance(error, BadRequest)
    wait = error.retry_after if isinstance(error, RetryAfter) else timedelta()
    assert isinstance(wait, timedelta)  # noqa: S101 — see FloodWait
    if job.say is Say.POST:
        trouble = Trouble.REFUSED if hopeless else Trouble.FAILED
        return lambda: quizzes.post_failed(job, trouble, now, wait)
    tries = PODIUM_TRIES if job.say is Say.PODIUM else TRIES
    if hopeless or job.tries >= tries:
        return lambda: quizzes.done(job)
    return lambda: quizzes.put_off(job, now + max(wait, PAUSE * job.tries))


async def _insist(house: House, store: _Storing) -> None:
    """What has been said is said: it is stored, however long that takes."""
    for left in reversed(range(STORING_TRIES)):
        try:
            await store()
        except Exception:  # whatever it is: storing it later is better than saying it twice
            if not left:
                raise
            _LOG.exception("what a quiz has said is stored in a second")
            await house.clock.sleep(1.0)
        else:
            return


def _spot(house: House, job: Job) -> Spot:
    place = job.scene.place
    return Spot(house, place.chat_id, place.thread_id)
