"""Rows as values: what storage hands to the services."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal

from bot.domain.mastery import Belief
from bot.domain.streaks import Streak

Row = Mapping[str, Any]
SetState = Literal["open", "finished", "stopped", "replaced"]
AttemptState = Literal["open", "held", "answered", "skipped", "dropped"]
Planned = tuple[str, int | None, str | None]  # item id, variant, why it is asked

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_millis(at: datetime) -> int:
    """The instant as UTC milliseconds, as the database keeps it."""
    return (at - _EPOCH) // _MILLISECOND


def from_millis(millis: int) -> datetime:
    """The UTC instant that the database keeps as milliseconds."""
    return _EPOCH + millis * _MILLISECOND


def _instant(millis: int | None) -> datetime | None:
    return None if millis is None else from_millis(millis)


@dataclass(frozen=True, slots=True)
class Person:
    """A person, known by Telegram's numeric id; no names are kept."""

    id: int
    language: str
    timezone: str | None
    set_size: int | None
    reachable: bool
    created_at: datetime
    graded: int
    steps: int
    streak: Streak
    theme: str | None = None
    level: str | None = None
    areas: tuple[str, ...] | None = None
    reminders_wait: bool = False

    @classmethod
    def from_row(cls, row: Row) -> Person:
        """Reads a row of `persons`."""
        last = row["streak_last_day"]
        return cls(
            id=row["id"],
            language=row["language"],
            timezone=row["timezone"],
            set_size=row["set_size"],
            reachable=bool(row["reachable"]),
            created_at=from_millis(row["created_at"]),
            graded=row["graded"],
            steps=row["steps"],
            streak=Streak(
                current=row["streak_current"],
                longest=row["streak_longest"],
                freezes=row["streak_freezes"],
                last_day=date.fromisoformat(last) if last else None,
                last_zone=row["streak_last_zone"] or "UTC",
            ),
            theme=row["theme"],
            level=row["level"],
            areas=tuple(json.loads(row["areas"])) if row["areas"] else None,
            reminders_wait=bool(row["reminders_wait"]),
        )


@dataclass(frozen=True, slots=True)
class PracticeSet:
    """A set of questions; `plan` names the items in the order in which they are asked."""

    id: str
    person_id: int
    scope: str
    plan: tuple[Planned, ...]
    state: SetState
    closed_by: int | None
    summary_message_id: int | None
    readiness: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def from_row(cls, row: Row) -> PracticeSet:
        """Reads a row of `practice_sets`."""
        return cls(
            id=row["id"],
            person_id=row["person_id"],
            scope=row["scope"],
            plan=tuple(_planned(*entry) for entry in json.loads(row["plan"])),
            readiness=json.loads(row["readiness"]) if row["readiness"] else {},
            state=row["state"],
            closed_by=row["closed_by"],
            summary_message_id=row["summary_message_id"],
        )


@dataclass(frozen=True, slots=True)
class Attempt:
    """One question put to one person, and what became of it.

    `picked` holds the places of the chosen options as shown (0 is A); `seed` deals their order.
    `daily` is the UTC date whose question it is; `frozen` are the days that freezes saved when it
    was answered, and `milestone` the days in a row that it made for the first time.
    """

    id: str
    person_id: int
    set_id: str | None
    position: int
    origin: str
    item_id: str
    rev: int
    variant: int | None
    seed: int
    state: AttemptState
    picked: frozenset[int]
    hints: int
    asked_at: datetime
    asked_by: int
    chat_id: int
    message_id: int | None
    answered_at: datetime | None
    answered_by: int | None
    answer: str | None
    score: float | None
    zone: str | None
    first_of_day: bool
    feedback_message_id: int | None
    draft: str | None = None
    draft_message_id: int | None = None
    collect_until: datetime | None = None
    self_rating: int | None = None
    why: str | None = None
    step: int | None = None
    rating: int | None = None
    ability: Belief | None = None
    difficulty: Belief | None = None
    mock_id: str | None = None
    daily: date | None = None
    brought_at: datetime | None = None
    frozen: tuple[date, ...] = ()
    milestone: int | None = None

    @classmethod
    def opened(
        cls,
        attempt_id: str,
        *,
        person_id: int,
        chat_id: int,
        position: int,
        item_id: str,
        rev: int,
        variant: int | None,
        seed: int,
        asked_at: datetime,
        asked_by: int,
        set_id: str | None = None,
        mock_id: str | None = None,
        daily: date | None = None,
        why: str | None = None,
        hints: int = 0,
    ) -> Attempt:
        """A question of a set, an interview or a date that was just asked and not yet shown."""
        return cls(
            id=attempt_id,
            person_id=person_id,
            set_id=set_id,
            position=position,
            origin="mock" if mock_id else "daily" if daily else "practice",
            item_id=item_id,
            rev=rev,
            variant=variant,
            seed=seed,
            state="open",
            picked=frozenset(),
            hints=hints,
            asked_at=asked_at,
            asked_by=asked_by,
            chat_id=chat_id,
            message_id=None,
            answered_at=None,
            answered_by=None,
            answer=None,
            score=None,
            zone=None,
            first_of_day=False,
            feedback_message_id=None,
            why=why,
            mock_id=mock_id,
            daily=daily,
        )

    @property
    def is_collecting(self) -> bool:
        """Whether the answer comes in several messages, the last of which is still to come."""
        return self.state == "open" and self.collect_until is not None

    @property
    def shown_at(self) -> datetime:
        """When it was shown, or about to be, for the last time."""
        return self.brought_at or self.asked_at

    @property
    def newest_message_id(self) -> int | None:
        """The message that bears its buttons: the feedback, if that is one of its own."""
        return self.feedback_message_id or self.message_id

    @classmethod
    def from_row(cls, row: Row) -> Attempt:
        """Reads a row of `attempts`."""
        return cls(
            id=row["id"],
            person_id=row["person_id"],
            set_id=row["set_id"],
            position=row["position"],
            origin=row["origin"],
            item_id=row["item_id"],
            rev=row["rev"],
            variant=row["variant"],
            seed=row["seed"],
            state=row["state"],
            picked=from_mask(row["picked"]),
            hints=row["hints"],
            asked_at=from_millis(row["asked_at"]),
            asked_by=row["asked_by"],
            chat_id=row["chat_id"],
            message_id=row["message_id"],
            answered_at=_instant(row["answered_at"]),
            answered_by=row["answered_by"],
            answer=row["answer"],
            score=row["score"],
            zone=row["zone"],
            first_of_day=bool(row["first_of_day"]),
            feedback_message_id=row["feedback_message_id"],
            draft=row["draft"],
            draft_message_id=row["draft_message_id"],
            collect_until=_instant(row["collect_until"]),
            self_rating=row["self_rating"],
            why=row["why"],
            step=row["step"],
            rating=row["rating"],
            ability=_belief(row["ability"], row["ability_variance"]),
            difficulty=_belief(row["difficulty"], row["difficulty_variance"]),
            mock_id=row["mock_id"],
            daily=date.fromisoformat(row["daily"]) if row["daily"] else None,
            brought_at=_instant(row["brought_at"]),
            frozen=_days(row["frozen"]),
            milestone=row["milestone"],
        )


def _planned(item_id: str, variant: int | None, why: str | None = None) -> Planned:
    return item_id, variant, why  # sets of earlier versions do not say why


def _days(text: str | None) -> tuple[date, ...]:
    return tuple(date.fromisoformat(day) for day in (text or "").split())


def _belief(mean: float | None, variance: float | None) -> Belief | None:
    return None if mean is None or variance is None else Belief(mean, variance)


def to_mask(places: frozenset[int]) -> int:
    """Places of options as one bit each."""
    return sum(1 << place for place in places)


def from_mask(mask: int) -> frozenset[int]:
    """The places whose bits are set."""
    return frozenset(place for place in range(mask.bit_length()) if mask >> place & 1)
