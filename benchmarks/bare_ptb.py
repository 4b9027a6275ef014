"""A bare python-telegram-bot as it comes: default request, no storage, the same calls.

It plays the same part as the product towards the benchmark's people, but knows nothing: a press
on a letter is answered and the message edited; a press on Next is answered, the buttons changed
and a new question sent.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

TEXT = (
    "<b>Statistics</b>\nA question about as long as a usual one, with four options.\n\n"
    + "\n".join(f"{letter}) an option that is about as long as options are" for letter in "ABCD")
)
LETTERS = InlineKeyboardMarkup(
    [
        [InlineKeyboardButton(letter, callback_data=f"o:{letter}") for letter in "ABCD"],
        [InlineKeyboardButton(label, callback_data=label) for label in ("⏭ Skip", "⏹ Stop")],
    ]
)
REPORT = InlineKeyboardMarkup([[InlineKeyboardButton("🚩 Report", callback_data="r")]])
AFTER = InlineKeyboardMarkup(
    [[InlineKeyboardButton("Next ▶", callback_data="n"), *REPORT.inline_keyboard[0]]]
)


async def begin(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Sends the first question."""
    assert update.effective_chat
    await context.bot.send_message(
        update.effective_chat.id, TEXT, parse_mode="HTML", reply_markup=LETTERS
    )


async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Makes the calls that the product makes."""
    query = update.callback_query
    assert query
    await query.answer()
    if query.data != "n":
        await query.edit_message_text(f"✅ Right!\n{TEXT}", parse_mode="HTML", reply_markup=AFTER)
        return
    await query.edit_message_reply_markup(REPORT)
    await begin(update, context)


def main(base_url: str, *, concurrent: bool) -> None:
    """Polls until the process is ended."""
    builder = Application.builder().token("1:" + "x" * 35).base_url(f"{base_url}/bot")
    application: Application[Any, Any, Any, Any, Any, Any] = builder.concurrent_updates(
        concurrent
    ).build()
    application.add_handler(CommandHandler("practice", begin))
    application.add_handler(CallbackQueryHandler(pressed))
    asyncio.set_event_loop(asyncio.new_event_loop())
    application.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], concurrent="--concurrent" in sys.argv)
