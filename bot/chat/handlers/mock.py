"""Mock interviews in the private chat."""

from __future__ import annotations

import asyncio
import logging

from telegram.error import TelegramError

from bot.chat import mock_views, views
from bot.chat.context import Turn
from bot.chat.house import House
from bot.chat.pictures import report_screen
from bot.chat.screen import Screen
from bot.chat.spot import Spot
from bot.domain.errors import InterviewOpen
from bot.domain.interview import Kind
from bot.services.mocks import Due, Told
from bot.services.results import (
    AlreadyShown,
    Closed,
    Held,
    MockOver,
    Moved,
    Offer,
    Question,
    Report,
    Shown,
)
from bot.texts import Texts
from bot.transport.api import Lane
from bot.transport.failures import ChatRefusal

PAST_WORDS = ("past", "report", "reports", "history")
SPELLINGS = {
    "behavioral": Kind.BEHAVIOURAL,
    "story": Kind.BEHAVIOURAL,
    "stories": Kind.BEHAVIOURAL,
}

_LOG = logging.getLogger(__name__)


async def mock(turn: Turn) -> None:
    """`/mock [quick, full, behavioural]`: begins one, or goes on with the open one."""
    word = turn.argument.lower()
    if word in PAST_WORDS:
        await past(turn)
        return
    await _enter(turn, _kind_of(word))


async def mock_pressed(turn: Turn) -> None:
    """A button that begins an interview, or offers them."""
    await _enter(turn, _kind_of(turn.pressed().id))


async def pause_pressed(turn: Turn) -> None:
    """`⏸`: the clock stands, the question is covered."""
    mocks = turn.house.services.mocks
    moved = await mocks.pause(turn.who, turn.what, turn.pressed().id)
    await turn.beside_answer(present(turn, moved))


async def resume_pressed(turn: Turn) -> None:
    """`▶`: the question comes back where it was."""
    mocks = turn.house.services.mocks
    moved = await mocks.resume(turn.who, turn.what, turn.pressed().id)
    await turn.beside_answer(present(turn, moved, in_place=turn.message_id))


async def end_pressed(turn: Turn) -> None:
    """`⏹` below a waiting interview."""
    mocks = turn.house.services.mocks
    moved = await mocks.stop(turn.who, turn.what, turn.pressed().id)
    await asyncio.gather(turn.beside_answer(present(turn, moved)), turn.set_rows(turn.message_id))


async def past(turn: Turn) -> None:
    """The reports so far."""
    services = turn.house.services
    reports = await services.mocks.reports(turn.who)
    zone = await services.people.zone_of(turn.who)
    await turn.beside_answer(turn.send(mock_views.past(turn.texts, reports, zone)))


async def reminded(turn: Turn) -> bool:
    """Whether an interview waits, of which the person was reminded."""
    waiting = await turn.house.services.mocks.waiting(turn.who)
    if waiting is None:
        return False
    await turn.send(mock_views.already_open(turn.texts, *waiting))
    return True


async def compare_pressed(turn: Turn) -> None:
    """Which other interview to compare with."""
    services = turn.house.services
    await services.mocks.report(turn.who, turn.pressed().id)  # refuses what is not theirs
    reports = await services.mocks.reports(turn.who)
    zone = await services.people.zone_of(turn.who)
    screen = mock_views.past(turn.texts, reports, zone, of=turn.pressed().id)
    await turn.beside_answer(turn.send(screen))


async def report_pressed(turn: Turn) -> None:
    """A report once more, perhaps beside another interview."""
    press = turn.pressed()
    against = press.place if press.place >= 0 else None
    report = await turn.house.services.mocks.report(turn.who, press.id, against)
    await turn.beside_answer(turn.send(_report_screen(turn.texts, report)))


async def replies_pressed(turn: Turn) -> None:
    """Every question of a report; from one of them, back to the list."""
    press = turn.pressed()
    report = await turn.house.services.mocks.report(turn.who, press.id)
    catalogue = turn.house.services.catalogue
    titles = {
        reply.position: catalogue.title_of(reply.topic_id or reply.area_id) or reply.area_id
        for reply in report.replies
    }
    screen = mock_views.replies(turn.texts, report, titles)
    if press.place >= 0:
        await turn.show(screen, turn.message_id)
    else:
        await turn.beside_answer(turn.send(screen))


async def reply_pressed(turn: Turn) -> None:
    """One question of a report with its feedback, in place of the list."""
    press = turn.pressed()
    report, verdict = await turn.house.services.mocks.reply(turn.who, press.id, press.place)
    await turn.show(mock_views.reply(turn.texts, report, verdict, press.place), turn.message_id)


async def _enter(turn: Turn, kind: Kind | None) -> None:
    mocks = turn.house.services.mocks
    try:
        entered = await mocks.enter(turn.who, turn.what, kind)
    except InterviewOpen as refusal:
        screen = mock_views.already_open(turn.texts, **refusal.values)
        await turn.beside_answer(turn.send(screen))
        return
    if isinstance(entered, Offer):
        await turn.beside_answer(turn.send(mock_views.offer(turn.texts, entered.past)))
    else:
        await turn.beside_answer(present(turn, entered))


async def present(turn: Turn, moved: Moved | AlreadyShown, *, in_place: int | None = None) -> None:
    """Shows a step of an interview; a question that comes back may do so `in_place`."""
    if isinstance(moved, Moved):
        await _present(turn.spot, turn.texts, moved, in_place)


async def show_held(turn: Turn, held: Held | None) -> None:
    """Covers the question of an interview that has to wait."""
    if held is not None:
        await _cover(turn.spot, turn.texts, held)


async def sweep(house: House) -> None:
    """Moves the clocks of all interviews on that are due."""
    mocks = house.services.mocks
    now = house.clock.now()
    due = [one for one in await mocks.due(now) if one.mock_id not in house.telling]
    await asyncio.gather(*(_look(house, one) for one in due))


async def tell(house: House, told: Told) -> None:
    """Shows what time did to an interview; where nobody can be told, it waits."""
    spot = Spot(house, told.who.chat_id)
    texts = house.library.texts(told.who.language)
    try:
        await _present(spot, texts, told.moved, None)
    except ChatRefusal as refusal:
        _LOG.info("an interview waits: %s", refusal.reason)
        await house.services.mocks.hold(told.who, house.clock.now())
    except TelegramError as error:
        _LOG.warning("an interview is shown at the next sweep: %s", error)


async def _look(house: House, due: Due) -> None:
    told = await house.services.mocks.look(due, house.clock.now())
    if told is not None:
        await tell(house, told)


async def _present(spot: Spot, texts: Texts, moved: Moved, in_place: int | None) -> None:
    then = moved.then
    work = [_close(spot, texts, moved.closed)] if moved.closed else []
    match then:
        case Question():
            work.append(_ask(spot, texts, then, in_place))
        case MockOver(report):
            work.append(_report(spot, texts, report))
        case Held():
            work.append(_cover(spot, texts, then))
        case Shown():
            work.append(_move_clock(spot, texts, then))
        case None:
            pass
    await asyncio.gather(*work)


async def _close(spot: Spot, texts: Texts, closed: Closed) -> None:
    """What was chosen stays, the buttons go."""
    await spot.edit(mock_views.noted(texts, closed), closed.shown.attempt.message_id)


async def _ask(spot: Spot, texts: Texts, question: Question, in_place: int | None) -> None:
    """The next question in a new message; a covered one where it was."""
    house, shown = spot.house, question.shown
    mock_id = shown.attempt.mock_id or ""
    screen = views.question(texts, shown, house.clock.now())
    house.telling.add(mock_id)
    try:
        if in_place is not None and await spot.edit(screen, in_place):
            message_id = in_place
        else:
            await spot.set_rows(question.old_message_id)
            message_id = await spot.send(screen)
        await house.services.practice.question_shown(shown.attempt.id, message_id)
    finally:
        house.telling.discard(mock_id)


async def _report(spot: Spot, texts: Texts, report: Report) -> None:
    house = spot.house
    house.telling.add(report.mock_id)
    try:
        message_id = await spot.send(_report_screen(texts, report))
        await house.services.mocks.report_shown(report.mock_id, message_id)
    finally:
        house.telling.discard(report.mock_id)


async def _cover(spot: Spot, texts: Texts, held: Held) -> None:
    screen = mock_views.held(texts, held)
    message_id = held.shown.attempt.message_id if held.shown else None
    if message_id is None or not await spot.edit(screen, message_id):
        await spot.send(Screen(screen.text, screen.rows))


async def _move_clock(spot: Spot, texts: Texts, shown: Shown) -> None:
    """The time that is left; where the question was answered meanwhile, that is shown again."""
    screen = views.question(texts, shown, spot.house.clock.now())
    await spot.edit(screen, shown.attempt.message_id, lane=Lane.BROADCAST)
    closed = await spot.house.services.mocks.closed(shown)
    if closed is not None:
        await _close(spot, texts, closed)


def _report_screen(texts: Texts, report: Report) -> Screen:
    return report_screen(texts, report, mock_views.report(texts, report))


def _kind_of(word: str) -> Kind | None:
    """The interview that is meant; None for none or an unknown one."""
    if not word:
        return None
    if word in SPELLINGS:
        return SPELLINGS[word]
    return next((kind for kind in Kind if kind.startswith(word)), None)
