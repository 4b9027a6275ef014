"""Group quizzes: commands, presses, votes, replies, and what becomes of a group."""

from __future__ import annotations

import re

from telegram import PollAnswer, Update
from telegram.error import TelegramError

from bot.chat.context import Turn
from bot.chat.house import House
from bot.chat.quiz_desk import kick
from bot.chat.screen import Button, Screen
from bot.domain.errors import QuizUsage, Refusal, UnknownTopic
from bot.domain.group_quiz import ROUNDS, SECONDS, TEAMS
from bot.domain.names import display_name
from bot.services.quiz_results import Ballot, Place, Wish

NOTED, UNREAD = "✍", "🤔"
"""Reactions to a reply: it counts; it cannot be read."""
SMALLEST_NUMBER_OF_TEAMS = 2

_TEAMS = re.compile(r"teams?[:=]?(\d?)", re.IGNORECASE)


async def quiz(turn: Turn) -> None:
    """`/quiz [teams] [area or topic] [questions] [seconds]`: opens a lobby."""
    if turn.is_private:
        await _to_groups(turn)
        return
    if turn.is_anonymous and not _is_group_itself(turn):
        await turn.say("anonymous")
        return
    host = None if turn.is_anonymous else turn.who
    quizzes = turn.house.services.quizzes
    try:
        wish = wish_of(turn.argument)
        opened = await quizzes.open(_place(turn), host, turn.who.language, turn.what, wish)
    except UnknownTopic as refusal:
        await turn.say("quiz_unknown_topic", **refusal.values)
        return
    if opened:
        kick(turn.house, opened.quiz_id)


async def stop_quiz(turn: Turn) -> None:
    """`/stopquiz`: the end, with the standings so far."""
    if turn.is_private:
        await _to_groups(turn)
        return
    if turn.is_anonymous and not _is_group_itself(turn):
        await turn.say("anonymous")
        return
    quizzes, place = turn.house.services.quizzes, _place(turn)
    person_id = None if turn.is_anonymous else turn.person_id
    host = person_id is not None and await quizzes.is_host(place, person_id)
    admin = not host and (
        person_id is None or await _is_admin(turn.house, turn.chat.id, person_id)
    )
    kick(turn.house, await quizzes.stop(place, person_id, turn.what, admin=admin))


async def join_pressed(turn: Turn) -> None:
    """`✋ Join`, or a team's button."""
    press = turn.pressed()
    quizzes = turn.house.services.quizzes
    team = press.place if press.place >= 0 else None
    scene = await quizzes.join(turn.who, turn.what, press.id, turn.name, team)
    mine = next((p for p in scene.state.players if p.person_id == turn.person_id), None)
    if mine is None or mine.team is None:
        await turn.say("joined")
    else:
        await turn.say("joined_team", team=mine.team)
    kick(turn.house, press.id)


async def start_pressed(turn: Turn) -> None:
    """`▶ Start`."""
    quiz_id = turn.pressed().id
    quizzes = turn.house.services.quizzes
    host = await quizzes.is_host(_place(turn), turn.person_id, quiz_id)
    admin = not host and await _is_admin(turn.house, turn.chat.id, turn.person_id)
    kick(turn.house, await quizzes.start(turn.who, turn.what, quiz_id, admin=admin))


async def voted(update: Update, house: House) -> None:
    """A vote in a poll."""
    answer = update.poll_answer
    if answer is None:
        return
    quizzes, now = house.services.quizzes, house.clock.now()
    if answer.voter_chat is not None:
        kick(house, await quizzes.anonymous(now, poll_id=answer.poll_id))
    elif answer.user is not None and not answer.user.is_bot and answer.option_ids:
        kick(house, await quizzes.vote(_ballot(answer, house), now))


async def replied(turn: Turn) -> None:
    """A reply to one of the bot's messages in a group: perhaps the answer to an open round."""
    reply = turn.message.reply_to_message if turn.message else None
    author = reply.from_user if reply else None
    if reply is None or author is None or author.username != turn.house.bot_username:
        return
    quizzes, place = turn.house.services.quizzes, _place(turn)
    if turn.is_anonymous:
        told = await quizzes.anonymous(turn.what.now, place=place, message_id=reply.message_id)
        kick(turn.house, told)
        return
    try:
        counted = await quizzes.reply(
            place, reply.message_id, turn.who, turn.name, turn.text, turn.what
        )
    except Refusal:  # no number, another language: it was no answer
        await _react(turn, UNREAD)
        return
    if counted is not None:
        kick(turn.house, counted[0])
        if counted[1]:
            await _react(turn, NOTED)


async def somebody_left(turn: Turn) -> None:
    """Somebody is no longer in the group."""
    gone = turn.message.left_chat_member if turn.message else None
    if gone is None or gone.is_bot:
        return
    quizzes = turn.house.services.quizzes
    for quiz_id in await quizzes.left(turn.chat.id, gone.id, turn.what.now):
        kick(turn.house, quiz_id)


async def migrated(update: Update, house: House) -> None:
    """The group has become a supergroup; both chats tell of it."""
    message = update.message
    if message is None:
        return
    old = message.migrate_from_chat_id or message.chat.id
    new = message.migrate_to_chat_id or message.chat.id
    for quiz_id in await house.services.quizzes.migrated(old, new, house.clock.now()):
        kick(house, quiz_id)


def wish_of(argument: str) -> Wish:
    """What follows `/quiz`.

    Raises:
        QuizUsage: it makes no sense, or a number is out of bounds.
    """
    words = argument.split()
    teams = 0
    if words and (match := _TEAMS.fullmatch(words[0])):
        words.pop(0)
        teams = int(match[1] or SMALLEST_NUMBER_OF_TEAMS)
        if len(words) > 1 and words[0].isdecimal() and not words[1].isdecimal():
            teams = int(words.pop(0))
        if teams not in TEAMS:
            raise QuizUsage
    numbers: list[int] = []
    while words and words[-1].isdecimal() and len(numbers) < 2:
        numbers.insert(0, int(words.pop()[:6]))
    rounds, seconds = (*numbers, 0, 0)[:2]
    bounds = zip(numbers, (ROUNDS, SECONDS), strict=False)
    if any(number not in bound for number, bound in bounds) or any(
        word.lstrip("-+").isdecimal() for word in words
    ):
        raise QuizUsage
    return Wish(" ".join(words), rounds, seconds, teams)


async def _to_groups(turn: Turn) -> None:
    """A quiz needs company."""
    url = f"https://t.me/{turn.house.bot_username}?startgroup=quiz"
    rows = ((Button(turn.texts.button("add_to_group"), url=url),),)
    await turn.send(Screen(turn.texts.html("quiz_in_groups"), rows))


def _is_group_itself(turn: Turn) -> bool:
    """Whether an anonymous admin speaks, and not a channel."""
    sender = turn.message.sender_chat if turn.message else None
    return sender is not None and sender.id == turn.chat.id


async def _is_admin(house: House, chat_id: int, person_id: int) -> bool:
    """Whether Telegram says so."""
    params = {"chat_id": chat_id, "user_id": person_id}
    try:
        member = await house.api.call("getChatMember", params)
    except TelegramError:
        return False
    return member.get("status") in {"creator", "administrator"}


async def _react(turn: Turn, emoji: str) -> None:
    """A sign on somebody's message; whether that works changes nothing."""
    params = {
        "chat_id": turn.chat.id,
        "message_id": turn.message_id,
        "reaction": [{"type": "emoji", "emoji": emoji}],
    }
    try:
        await turn.house.api.call("setMessageReaction", params)
    except TelegramError:
        return


def _place(turn: Turn) -> Place:
    return Place(turn.chat.id, turn.thread_id)


def _ballot(answer: PollAnswer, house: House) -> Ballot:
    user = answer.user
    assert user is not None  # noqa: S101 — the caller has looked
    return Ballot(
        poll_id=answer.poll_id,
        person_id=user.id,
        name=display_name(user.first_name, user.last_name),
        language=house.library.texts(user.language_code).language,
        option_ids=tuple(answer.option_persistent_ids or ()),
        places=tuple(answer.option_ids),
    )
