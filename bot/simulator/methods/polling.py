"""Native polls: sendPoll and stopPoll."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.simulator.access import own_message
from bot.simulator.errors import bad_request, violation
from bot.simulator.keyboards import inline_keyboard
from bot.simulator.methods.media import media_content, mentions_resolved
from bot.simulator.methods.sending import refuse_unsimulated, send
from bot.simulator.polls import Poll, PollOption, PollRules
from bot.simulator.texts import FormattedText, formatted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.messages import Message
    from bot.simulator.world import World

LONGEST_QUESTION = 300
MOST_OPTIONS = 12
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
MOST_EXPLANATION_LINE_FEEDS = 2
LONGEST_DESCRIPTION = 1_024
SHORTEST_PERIOD, LONGEST_PERIOD = 5, 2_628_000
UNSIMULATED = ("allow_adding_options", "members_only", "country_codes")


def send_poll(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``sendPoll``."""
    for name in UNSIMULATED:
        if given.get(name):
            raise violation(f"{name} is not simulated")
    question = _plain(given, "question", "question_parse_mode")
    if not question.text:
        raise bad_request("poll question must be non-empty")
    if len(question.text) > LONGEST_QUESTION:
        raise bad_request(f"poll question length must not exceed {LONGEST_QUESTION}")
    poll_id = str(5_000_000_000_000_000_000 + world.serial())
    options = _options(world, given, poll_id)
    rules = _rules(world, given, len(options))
    poll = Poll(poll_id, question, options, rules, closed=given.get("is_closed", False))
    message = send(world, given, "polls", {}, poll)
    if rules.close_date and not poll.closed:
        world.agenda.at(rules.close_date, lambda: close(world, message))
    return message.render()


def stop_poll(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """``stopPoll``."""
    refuse_unsimulated(given)
    message = own_message(world, given, "message with poll to stop")
    if message.poll is None:
        raise bad_request("message is not a poll")
    if message.poll.closed:
        raise bad_request("poll has already been closed")
    message.markup = inline_keyboard(given.get("reply_markup"))
    close(world, message)
    return message.poll.render()


def close(world: World, message: Message) -> None:
    """Close the poll of a message, if it is still open, and tell everybody."""
    if message.poll and not message.poll.closed:
        message.poll.closed = True
        world.push("poll", message.poll.render())
        world.feed.publish("poll", message.chat, message)


def _plain(given: Mapping[str, Any], name: str, mode: str) -> FormattedText:
    """A text in which only custom emoji survive as entities."""
    words = formatted(given, name, mode)
    emoji = tuple(e for e in words.entities if e["type"] == "custom_emoji")
    return replace(words, entities=emoji)


def _options(world: World, given: Mapping[str, Any], poll_id: str) -> tuple[PollOption, ...]:
    if not given["options"]:
        raise bad_request("poll must have at least one answer option")
    if len(given["options"]) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    options = []
    for number, option in enumerate(given["options"]):
        text = _plain(option, "text", "text_parse_mode")
        if not text.text:
            raise bad_request("poll options must be non-empty")
        if len(text.text) > LONGEST_OPTION:
            raise bad_request(f"poll options length must not exceed {LONGEST_OPTION}")
        media = media_content(world, option["media"]) if "media" in option else None
        options.append(PollOption(f"{int(poll_id) % 10**6:06d}{chr(97 + number)}", text, media))
    return tuple(options)


def _rules(world: World, given: Mapping[str, Any], option_count: int) -> PollRules:
    kind = given.get("type", "regular")
    if kind not in ("regular", "quiz"):
        raise bad_request("unsupported poll type specified")
    quiz = kind == "quiz"
    period, date = _closing(world, given)
    return PollRules(
        kind=kind,
        anonymous=given.get("is_anonymous", True),
        multiple=given.get("allows_multiple_answers", False),
        revoting=given.get("allows_revoting", not quiz),
        shuffled=given.get("shuffle_options", False),
        results_hidden=given.get("hide_results_until_closes", False),
        correct=_correct(given, option_count) if quiz else (),
        explanation=_explanation(world, given),
        explanation_media=_media(world, given, "explanation_media"),
        description=_description(world, given),
        media=_media(world, given, "media"),
        open_period=period,
        close_date=date,
    )


def _correct(given: Mapping[str, Any], option_count: int) -> tuple[int, ...]:
    correct: list[int] = given.get("correct_option_ids", [])
    if not correct:
        raise bad_request("correct quiz option list must be non-empty")
    if any(later <= earlier for earlier, later in pairwise(correct)):
        raise bad_request("correct quiz option list must be increasing")
    if correct[0] < 0 or correct[-1] >= option_count:
        raise bad_request("wrong quiz correct_option_id")
    return tuple(correct)


def _explanation(world: World, given: Mapping[str, Any]) -> FormattedText:
    words = mentions_resolved(world, formatted(given, "explanation", "explanation_parse_mode"))
    if words.text and given.get("type") != "quiz":
        raise violation("explanations are for quizzes")
    if len(words.text) > LONGEST_EXPLANATION:
        raise bad_request(f"poll explanation length must not exceed {LONGEST_EXPLANATION}")
    if words.text.count("\n") > MOST_EXPLANATION_LINE_FEEDS:
        raise bad_request(
            f"poll explanation must have at most {MOST_EXPLANATION_LINE_FEEDS} line feeds"
        )
    return words


def _description(world: World, given: Mapping[str, Any]) -> FormattedText:
    words = mentions_resolved(world, formatted(given, "description", "description_parse_mode"))
    if len(words.text) > LONGEST_DESCRIPTION:
        raise bad_request(f"poll description length must not exceed {LONGEST_DESCRIPTION}")
    return words


def _media(world: World, given: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    return media_content(world, given[name]) if name in given else None


def _closing(world: World, given: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Open period in seconds and close date in Unix time; both or none."""
    if "open_period" in given and "close_date" in given:
        raise violation("open_period and close_date exclude each other")
    now = int(world.now())
    if "open_period" in given:
        period: int = given["open_period"]
    elif "close_date" in given:
        period = given["close_date"] - now
    else:
        return None, None
    if not SHORTEST_PERIOD <= period <= LONGEST_PERIOD:
        raise bad_request(f"poll must stay open for {SHORTEST_PERIOD} to {LONGEST_PERIOD} seconds")
    return period, now + period
