"""The whole map on one page: which update goes to which handler. Order matters."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    PollAnswerHandler,
    filters,
)

from bot.chat import views
from bot.chat.buttons import Kind
from bot.chat.context import Turn, make_turn, speak
from bot.chat.handlers import (
    certificate,
    daily,
    leaderboard,
    membership,
    mock,
    people,
    practice,
    progress,
    quiz,
    reminders,
    settings,
    typing,
    zones,
)
from bot.chat.house import House
from bot.domain.errors import Refusal, UnknownTopic

Handler = Callable[[Turn], Awaitable[None]]

PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
GROUP = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
ALLOWED_UPDATES = ("message", "callback_query", "my_chat_member", "poll_answer")

COMMANDS: Mapping[str, Handler] = {
    "start": people.start,
    "practice": practice.practise,
    "daily": daily.daily,
    "mock": mock.mock,
    "verify": certificate.verify,
    "progress": progress.progress,
    "hint": practice.hint,
    "skip": practice.skip,
    "stop": practice.stop,
    "streak": people.streak,
    "remind": reminders.remind,
    "settings": settings.settings,
    "timezone": zones.timezone,
    "export": people.export,
    "forget": people.forget,
    "help": people.help_,
    "about": people.about,
}

GROUP_COMMANDS: Mapping[str, Handler] = {
    "quiz": quiz.quiz,
    "stopquiz": quiz.stop_quiz,
    "leaderboard": leaderboard.leaderboard,
}
"""Also answered in private, where they show the way, or something of the person's own."""

PRESSES: Mapping[Kind, Handler] = {
    Kind.OPTION: practice.option_pressed,
    Kind.SUBMIT: practice.submit_pressed,
    Kind.NEXT: practice.next_pressed,
    Kind.HINT: practice.hint,
    Kind.SKIP: practice.skip,
    Kind.STOP: practice.stop,
    Kind.REPORT: practice.report_pressed,
    Kind.PRACTISE: practice.practise_pressed,
    Kind.SETTINGS: settings.settings_pressed,
    Kind.PICK_ZONE: zones.picker_pressed,
    Kind.ZONE: zones.zone_pressed,
    Kind.NOT_FINISHED: typing.not_finished_pressed,
    Kind.FINISHED: typing.finished_pressed,
    Kind.MODEL: typing.model_pressed,
    Kind.RATE: typing.rate_pressed,
    Kind.DAILY: daily.daily_pressed,
    Kind.MOCK: mock.mock_pressed,
    Kind.PAUSE: mock.pause_pressed,
    Kind.RESUME: mock.resume_pressed,
    Kind.END: mock.end_pressed,
    Kind.REPORT_AGAIN: mock.report_pressed,
    Kind.PAST: mock.past,
    Kind.COMPARE: mock.compare_pressed,
    Kind.REPLIES: mock.replies_pressed,
    Kind.REPLY: mock.reply_pressed,
    Kind.CERTIFICATE: certificate.certificate_pressed,
    Kind.NAME: certificate.name_pressed,
    Kind.THEME: progress.theme_pressed,
    Kind.REMINDER: reminders.pressed,
    Kind.JOIN: quiz.join_pressed,
    Kind.START_QUIZ: quiz.start_pressed,
    Kind.LISTING: leaderboard.listing_pressed,
    Kind.FORGET: people.forget_pressed,
    Kind.KEEP: people.keep_pressed,
}


STILL: frozenset[Handler] = frozenset(
    {
        people.export,
        people.forget,
        people.keep_pressed,
        people.help_,
        people.about,
        certificate.verify,
        mock.report_pressed,
        mock.past,
        mock.compare_pressed,
        mock.replies_pressed,
        mock.reply_pressed,
        practice.report_pressed,
        typing.model_pressed,
    }
)
"""Handlers that store nothing of the person, whose being there counts all the same."""


def routes(house: House) -> list[BaseHandler[Any, Any, Any]]:
    """Every route, in the order in which they are tried; the first that fits takes the update.

    Edited messages have no route: they run no command again and change no answer.
    """

    def bound(handler: Handler) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        async def run(update: Update, _: Any) -> None:
            if turn := make_turn(update, house):
                await speak(turn)
                await _guarded(handler, turn)

        return run

    def aware(
        handler: Callable[[Update, House], Awaitable[None]],
    ) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        async def run(update: Update, _: Any) -> None:
            await handler(update, house)

        return run

    here = filters.UpdateType.MESSAGE
    return [
        CallbackQueryHandler(bound(_press)),
        PollAnswerHandler(aware(quiz.voted)),
        *(CommandHandler(name, bound(to), here) for name, to in GROUP_COMMANDS.items()),
        *(CommandHandler(name, bound(to), PRIVATE) for name, to in COMMANDS.items()),
        MessageHandler(PRIVATE & filters.COMMAND, bound(people.unknown_command)),
        MessageHandler(PRIVATE & filters.LOCATION, bound(zones.located)),
        MessageHandler(PRIVATE & ~filters.StatusUpdate.ALL, bound(typing.typed)),
        CommandHandler(list(COMMANDS), bound(people.in_group), GROUP),
        MessageHandler(GROUP & filters.StatusUpdate.MIGRATE, aware(quiz.migrated)),
        MessageHandler(GROUP & filters.StatusUpdate.LEFT_CHAT_MEMBER, bound(quiz.somebody_left)),
        MessageHandler(
            GROUP & filters.REPLY & filters.TEXT & ~filters.COMMAND, bound(quiz.replied)
        ),
        ChatMemberHandler(bound(membership.mine_changed), ChatMemberHandler.MY_CHAT_MEMBER),
    ]


async def _press(turn: Turn) -> None:
    """Hands a press to the handler of its kind."""
    await _run(PRESSES[turn.pressed().kind], turn)


async def _run(handler: Handler, turn: Turn) -> None:
    await handler(turn)
    if handler in STILL:
        await _live(turn)


async def _live(turn: Turn) -> None:
    """Whatever people send brings their reminders back."""
    if turn.is_private:
        await turn.house.services.reminders.alive(turn.who, turn.what.now)


async def _guarded(handler: Handler, turn: Turn) -> None:
    """Runs a handler; a refusal becomes a friendly word, and every press is answered."""
    try:
        await _run(handler, turn)
    except UnknownTopic as refusal:
        rows = views.topic_rows(refusal.values["suggestions"])
        await turn.say(refusal.text, rows, **refusal.values)
        await _live(turn)
    except Refusal as refusal:
        await turn.say(refusal.text, alert=refusal.alert, **refusal.values)
        await _live(turn)
    await turn.answer()
