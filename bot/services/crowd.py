"""How everybody fared with a daily question."""

from __future__ import annotations

from bot.services.results import Crowd
from bot.storage.records import Attempt
from bot.storage.store import Unit


def crowd_of(unit: Unit, attempt: Attempt) -> Crowd | None:
    """How many have answered the same daily question by now; None for every other question."""
    stored = unit.daily.find(attempt.daily) if attempt.daily else None
    if stored is None or stored.question.item_id != attempt.item_id:
        return None
    ended = attempt.answered_at or attempt.asked_at
    return Crowd(
        answers=stored.answers,
        correct=stored.correct,
        others=stored.answers - (attempt.state == "answered"),
        today=ended.date() == stored.day,
    )
