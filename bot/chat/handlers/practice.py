"""Sets and answers in the private chat."""

from __future__ import annotations

import asyncio

from bot.chat import daily_views, views
from bot.chat.context import Turn
from bot.chat.handlers import mock
from bot.chat.screen import Screen
from bot.services.results import (
    AlreadyShown,
    Feedback,
    Moved,
    Question,
    SetAside,
    Shown,
    Skipped,
    Summary,
)


async def practise(turn: Turn) -> None:
    """`/practice [area or topic]`."""
    await begin(turn, turn.argument or None)


async def practise_pressed(turn: Turn) -> None:
    """A button that begins a set."""
    await begin(turn, turn.pressed().id or None)


async def begin(turn: Turn, topic: str | None) -> None:
    """Goes on with the open set, or begins one on `topic`."""
    result = await turn.house.services.practice.practise(turn.who, turn.what, topic)
    await turn.beside_answer(present(turn, result))


async def next_pressed(turn: Turn) -> None:
    """`Next ▶`: the next question in a new message, or the summary."""
    attempt_id = turn.pressed().id
    result = await turn.house.services.practice.go_on(turn.who, turn.what, attempt_id)
    rows = views.report_rows(turn.texts, attempt_id)
    await asyncio.gather(
        turn.beside_answer(present(turn, result)), turn.set_rows(turn.message_id, rows)
    )


async def option_pressed(turn: Turn) -> None:
    """A letter: the answer to a single item, a tick in a multi item."""
    press = turn.pressed()
    answers = turn.house.services.answers
    result = await answers.choose(turn.who, turn.what, press.id, press.place)
    if isinstance(result, Shown):
        rows = views.question_rows(turn.texts, result)
        await turn.beside_answer(turn.set_rows(turn.message_id, rows))
    else:
        await _show_outcome(turn, result)


async def submit_pressed(turn: Turn) -> None:
    """`Submit` below a multi item."""
    result = await turn.house.services.answers.submit(turn.who, turn.what, turn.pressed().id)
    await _show_outcome(turn, result)


async def hint(turn: Turn) -> None:
    """`/hint` or its button: the question's message grows by a hint."""
    attempt_id = turn.press.id if turn.press else None
    shown = await turn.house.services.practice.hint(turn.who, turn.what, attempt_id)
    screen = views.question(turn.texts, shown)
    await show_on_question(turn, shown, screen, still_open=True)


async def skip(turn: Turn) -> None:
    """`/skip` or its button."""
    attempt_id = turn.press.id if turn.press else None
    result = await turn.house.services.practice.skip(turn.who, turn.what, attempt_id)
    if isinstance(result, Skipped):
        await show_on_question(turn, result.shown, views.skipped(turn.texts, result))
    else:
        await turn.beside_answer(mock.present(turn, result))


async def stop(turn: Turn) -> None:
    """`/stop` or its button: the summary, or the report, so far; a daily question waits."""
    attempt_id = turn.press.id if turn.press else None
    result = await turn.house.services.practice.stop(turn.who, turn.what, attempt_id)
    if isinstance(result, Moved):
        await turn.beside_answer(mock.present(turn, result))
    elif isinstance(result, SetAside):
        header = views.header(turn.texts, result.shown)
        screen = daily_views.aside(turn.texts, result.shown, header, turn.what.now)
        await show_on_question(turn, result.shown, screen)
    else:
        await turn.beside_answer(present(turn, result))


async def report_pressed(turn: Turn) -> None:
    """`🚩 Report` below feedback."""
    new = await turn.house.services.practice.report(turn.who, turn.what, turn.pressed().id)
    await turn.say("reported" if new else "reported_before")


async def present(turn: Turn, result: Question | Summary | AlreadyShown) -> None:
    """A question or a summary in a new message, remembered by its id."""
    practice = turn.house.services.practice
    if isinstance(result, Question):
        await mock.show_held(turn, result.held)
        await turn.set_rows(result.old_message_id)
        message_id = await turn.send(views.question(turn.texts, result.shown))
        await practice.question_shown(result.shown.attempt.id, message_id)
    elif isinstance(result, Summary):
        await turn.set_rows(result.last_message_id)
        title = turn.house.services.catalogue.title_of(result.scope)
        message_id = await turn.send(views.summary(turn.texts, result, title))
        await practice.summary_shown(result.set_id, message_id)


async def _show_outcome(turn: Turn, result: Feedback | Moved | AlreadyShown) -> None:
    """The verdict; in an interview the next question."""
    if isinstance(result, Feedback):
        screen = views.feedback(turn.texts, result, recap=True)
        await show_on_question(turn, result.shown, screen)
    else:
        await turn.beside_answer(mock.present(turn, result))


async def show_on_question(
    turn: Turn, shown: Shown, screen: Screen, *, still_open: bool = False
) -> None:
    """Edits the question's message; where it is gone, a new one takes its place.

    A crash while it was being sent may have left an older copy, which is the one pressed.
    """
    pressed = turn.message_id if turn.query_id else None
    new_id = await turn.show(screen, shown.attempt.message_id, pressed)
    if new_id is not None and still_open:
        await turn.house.services.practice.question_shown(shown.attempt.id, new_id)
