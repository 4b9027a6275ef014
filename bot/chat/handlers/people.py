"""The person's own affairs: greeting, streak, zone, data."""

from __future__ import annotations

from datetime import timedelta

from bot.chat import views
from bot.chat.context import Turn
from bot.chat.handlers import daily, practice
from bot.chat.screen import Button, Screen
from bot.domain.errors import Stale, UnknownCommand, UnknownTopic
from bot.transport.api import Upload

DAILY_LINK = "daily"
PRACTICE_LINK = "practice-"
"""Deep links of the form t.me/bot?start=practice-statistics."""
NOWHERE = "-"
"""No area or topic is called that."""
LONGEST_DOUBT = timedelta(days=1)
"""So long may people think about being forgotten."""
EXPORT_NAME = "interview-practice.json"


async def start(turn: Turn) -> None:
    """`/start [payload]`: greets; a deep link to a topic or today's question begins there."""
    payload = turn.argument
    if payload == DAILY_LINK:
        await daily.begin(turn)
        return
    if payload.startswith(PRACTICE_LINK):
        try:
            await practice.begin(turn, payload.removeprefix(PRACTICE_LINK) or NOWHERE)
        except UnknownTopic:
            pass  # an old or mistyped link is a plain start
        else:
            return
    new = await turn.house.services.people.greet(turn.who, turn.what)
    await turn.send(views.welcome(turn.texts, turn.name, new=new))


async def help_(turn: Turn) -> None:
    """`/help`: every command on one screen."""
    catalogue = turn.house.services.catalogue
    areas = tuple(area.title for area in catalogue.bank.areas)
    await turn.send(views.help_screen(turn.texts, areas))


async def about(turn: Turn) -> None:
    """`/about`."""
    questions = len(turn.house.services.catalogue.playable)
    screen = turn.texts.screen("about", questions=questions, version=turn.house.version)
    await turn.send(Screen(screen))


async def streak(turn: Turn) -> None:
    """`/streak`."""
    view = await turn.house.services.people.streak(turn.who, turn.what)
    await turn.send(views.streak(turn.texts, view, turn.house.streak_rules))


async def export(turn: Turn) -> None:
    """`/export`: the person's data as a file."""
    document = await turn.house.services.people.export(turn.who, turn.what.now)
    upload = Upload(EXPORT_NAME, document, "application/json")
    caption = turn.texts.html("export_caption")
    await turn.house.api.send_document(turn.chat.id, upload, caption)


async def forget(turn: Turn) -> None:
    """`/forget`: asks once."""
    await turn.send(views.forget(turn.texts))


async def forget_pressed(turn: Turn) -> None:
    """The button that erases, while the question still stands."""
    _still_asked(turn)
    await turn.house.services.people.forget(turn.who, turn.what.now)
    await turn.show(Screen(turn.texts.screen("forgotten")), turn.message_id)


async def keep_pressed(turn: Turn) -> None:
    """The button that cancels, while the question still stands."""
    _still_asked(turn)
    await turn.show(Screen(turn.texts.html("kept")), turn.message_id)


def _still_asked(turn: Turn) -> None:
    """Refuses a press below a message that has been answered, or is no longer there.

    Raises:
        Stale: its buttons are gone, or it is older than a day.
    """
    message = turn.message
    if message is None or message.reply_markup is None:
        raise Stale
    if turn.what.now - message.date > LONGEST_DOUBT:
        raise Stale


async def in_group(turn: Turn) -> None:
    """A private command in a group: shows the way to the private chat."""
    if turn.is_anonymous:
        await turn.say("anonymous")
        return
    url = f"https://t.me/{turn.house.bot_username}?start=group"
    rows = ((Button(turn.texts.button("open_private"), url=url),),)
    await turn.send(Screen(turn.texts.screen("group"), rows))


async def unknown_command(turn: Turn) -> None:
    """A command that does not exist, in private."""
    raise UnknownCommand
