"""Refusals: what a person asked for cannot be done, and which text says so."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """Nothing was changed; `text` names the label in prompts/ that tells the person why."""

    text = "refused"
    alert = False

    def __init__(self, **values: Any) -> None:
        super().__init__(self.text)
        self.values = values


class Stale(Refusal):
    """The button belongs to something that is over."""

    text = "stale"


class NotYours(Refusal):
    """The button belongs to somebody else."""

    text = "not_yours"
    alert = True


class OnlyText(Refusal):
    """A sticker, a voice message, a picture: nothing that can be read."""

    text = "only_text"


class NothingAsked(Refusal):
    """Text came while nothing waits for an answer."""

    text = "what_now"


class UnknownCommand(Refusal):
    """A command that does not exist."""

    text = "unknown_command"


class NothingPicked(Refusal):
    """A multi-select answer without a single tick."""

    text = "nothing_picked"


class NothingOpen(Refusal):
    """There is no open question or set."""

    text = "nothing_open"


class TapALetter(Refusal):
    """Text came while a choice question is open."""

    text = "tap_a_letter"


class NoHint(Refusal):
    """The item has no (further) hint."""

    text = "no_hint"


class NoHintInInterview(Refusal):
    """An interview gives no hints."""

    text = "no_hint_in_interview"


class InterviewOpen(Refusal):
    """Another interview is not over; `kind` says which."""

    text = "interview_open"


class NotEarned(Refusal):
    """The interview is not worth a certificate."""

    text = "not_earned"


class NotDrawable(Refusal):
    """A name with characters that no font of ours has."""

    text = "not_drawable"


class NoName(Refusal):
    """Nothing visible is left of a name."""

    text = "no_name"


class Unreadable(Refusal):
    """A typed answer that cannot be read as what the question asks for; it stays open."""

    text = "unreadable"


class NotScored(Refusal):
    """A text that cannot be scored, such as one in another language; the question stays open."""

    text = "not_scored"


class NothingWritten(Refusal):
    """An answer in several messages, none of which has come."""

    text = "nothing_written"


class UnknownTopic(Refusal):
    """No area or topic goes by that name; `suggestions` are (id, title) pairs."""

    text = "unknown_topic"


class NothingToAsk(Refusal):
    """The bank has no question for this area or topic."""

    text = "nothing_to_ask"


class LastArea(Refusal):
    """The only area that sets draw on cannot be left out."""

    text = "last_area"


class NowhereOnEarth(Refusal):
    """A location that lies in no time zone."""

    text = "nowhere"


class NotATime(Refusal):
    """Not a time of day; `query` is what was said."""

    text = "not_a_time"


class UnknownZone(Refusal):
    """Not a time zone; `suggestions` are IANA names."""

    text = "unknown_zone"


class TooManyZoneChanges(Refusal):
    """The zone was changed three times within a day."""

    text = "too_many_zone_changes"


class QuizOpen(Refusal):
    """There is a quiz under way in this chat or topic."""

    text = "quiz_open"


class NoQuiz(Refusal):
    """There is none."""

    text = "no_quiz"


class NotHost(Refusal):
    """Only the host and admins may."""

    text = "not_host"
    alert = True


class NobodyJoined(Refusal):
    """A quiz needs a player."""

    text = "nobody_joined"
    alert = True


class QuizStarted(Refusal):
    """It has begun already."""

    text = "quiz_started"


class QuizFull(Refusal):
    """There is no room for one more player."""

    text = "quiz_full"
    alert = True


class QuizOver(Refusal):
    """The quiz is over."""

    text = "quiz_over"


class QuizUsage(Refusal):
    """What follows `/quiz` cannot be made sense of."""

    text = "quiz_usage"


class TooManyQuizzes(Refusal):
    """The chat has as many quizzes under way as it may."""

    text = "too_many_quizzes"
