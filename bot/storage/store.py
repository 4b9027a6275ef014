"""The one way to the data: typed reads and writes inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.domain.streaks import Streak
from bot.storage.database import Database, Transaction
from bot.storage.records import (
    Attempt,
    AttemptState,
    Person,
    Planned,
    PracticeSet,
    SetState,
    to_mask,
    to_millis,
)

T = TypeVar("T")


class Store:
    """Runs units of work; each sees a `Unit` and commits as a whole or not at all."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def transact(self, work: Callable[[Unit], T]) -> T:
        """Runs `work` in one transaction and returns its result once it is durable.

        Raises:
            StorageError: nothing of this unit was stored.
        """
        return await self.database.transact(lambda tx: work(Unit(tx)))


class Unit:
    """One transaction, seen as typed reads and writes."""

    __slots__ = ("chores", "people", "practice", "updates")

    def __init__(self, tx: Transaction) -> None:
        self.people = People(tx.queries)
        self.practice = Practice(tx.queries)
        self.updates = Updates(tx.queries)
        self.chores = Chores(tx.queries)


@dataclass(frozen=True, slots=True)
class People:
    """Persons, their zones and streaks."""

    queries: Any

    def touch(self, person_id: int, language: str, now: datetime) -> Person:
        """The person, made known if new; the row stays locked until the commit."""
        row = self.queries.touch_person(id=person_id, language=language, now=to_millis(now))
        return Person.from_row(row)

    def find(self, person_id: int) -> Person | None:
        """The person, if known."""
        row = self.queries.find_person(id=person_id)
        return Person.from_row(row) if row else None

    def save_streak(self, person_id: int, streak: Streak, *, graded: int) -> None:
        """Stores the streak after a graded answer, and how many answers there are now."""
        self.queries.save_streak(
            id=person_id,
            graded=graded,
            current=streak.current,
            longest=streak.longest,
            freezes=streak.freezes,
            last_day=streak.last_day.isoformat() if streak.last_day else None,
            last_zone=streak.last_zone,
        )

    def set_timezone(self, person_id: int, zone: str, update_id: int, now: datetime) -> None:
        """Sets the zone and remembers the change."""
        self.queries.set_timezone(id=person_id, timezone=zone)
        self.queries.add_zone_change(
            update_id=update_id, person_id=person_id, timezone=zone, now=to_millis(now)
        )

    def zone_changes(self, person_id: int, since: datetime) -> int:
        """How often the zone was changed since then."""
        rows = self.queries.zone_changes_since(person_id=person_id, since=to_millis(since))
        return len(list(rows))

    def set_unreachable(self, person_id: int) -> None:
        """Nothing is sent to this person until a sign of life."""
        self.queries.set_unreachable(id=person_id)

    def erase(self, person_id: int) -> bool:
        """Removes the person and everything that belongs to them; `False` if unknown."""
        return int(self.queries.erase_person(id=person_id)) > 0


@dataclass(frozen=True, slots=True)
class Practice:
    """Practice sets and attempts."""

    queries: Any

    def open_set(self, person_id: int) -> PracticeSet | None:
        """The person's open set; there is at most one."""
        row = self.queries.open_set(person_id=person_id)
        return PracticeSet.from_row(row) if row else None

    def find_set(self, set_id: str) -> PracticeSet | None:
        """The set called `set_id`."""
        row = self.queries.find_set(id=set_id)
        return PracticeSet.from_row(row) if row else None

    def set_closed_by(self, update_id: int) -> PracticeSet | None:
        """The set that this update closed."""
        row = self.queries.set_closed_by(update_id=update_id)
        return PracticeSet.from_row(row) if row else None

    def add_set(
        self, set_id: str, person_id: int, scope: str, plan: Sequence[Planned], now: datetime
    ) -> None:
        """Opens a set."""
        self.queries.add_set(
            id=set_id, person_id=person_id, scope=scope, plan=json.dumps(plan), now=to_millis(now)
        )

    def close_set(self, set_id: str, state: SetState, update_id: int, now: datetime) -> None:
        """Closes an open set and drops its open question."""
        self.queries.drop_open_attempts(set_id=set_id, now=to_millis(now))
        self.queries.close_set(id=set_id, state=state, now=to_millis(now), update_id=update_id)

    def summary_shown(self, set_id: str, message_id: int) -> None:
        """Remembers the message that holds the summary."""
        self.queries.summary_shown(id=set_id, message_id=message_id)

    def add_attempt(self, attempt: Attempt) -> None:
        """Stores a question that is about to be asked."""
        self.queries.add_attempt(
            id=attempt.id,
            person_id=attempt.person_id,
            set_id=attempt.set_id,
            position=attempt.position,
            origin=attempt.origin,
            item_id=attempt.item_id,
            rev=attempt.rev,
            variant=attempt.variant,
            seed=attempt.seed,
            now=to_millis(attempt.asked_at),
            update_id=attempt.asked_by,
            chat_id=attempt.chat_id,
        )

    def find(self, attempt_id: str) -> Attempt | None:
        """The attempt called `attempt_id`."""
        row = self.queries.find_attempt(id=attempt_id)
        return Attempt.from_row(row) if row else None

    def answered_by(self, update_id: int) -> Attempt | None:
        """The attempt that this update answered or skipped."""
        row = self.queries.attempt_answered_by(update_id=update_id)
        return Attempt.from_row(row) if row else None

    def asked_by(self, update_id: int) -> Attempt | None:
        """The attempt that this update asked for."""
        row = self.queries.attempt_asked_by(update_id=update_id)
        return Attempt.from_row(row) if row else None

    def ask_again(self, attempt_id: str, update_id: int) -> Attempt | None:
        """Prepares an open question for a new message; `None` where it is no longer open."""
        row = self.queries.ask_again(id=attempt_id, update_id=update_id)
        return Attempt.from_row(row) if row else None

    def last_of_set(self, set_id: str) -> Attempt | None:
        """The newest attempt of a set."""
        row = self.queries.last_attempt_of_set(set_id=set_id)
        return Attempt.from_row(row) if row else None

    def of_set(self, set_id: str) -> list[Attempt]:
        """All attempts of a set, in order."""
        return [Attempt.from_row(row) for row in self.queries.attempts_of_set(set_id=set_id)]

    def open_of(self, person_id: int) -> list[Attempt]:
        """The person's open questions, the one shown last first."""
        rows = self.queries.open_attempts(person_id=person_id)
        return [Attempt.from_row(row) for row in rows]

    def pick(self, attempt_id: str, places: frozenset[int]) -> None:
        """Stores which options are ticked."""
        self.queries.pick_options(id=attempt_id, picked=to_mask(places))

    def take_hint(self, attempt_id: str, hints: int) -> None:
        """Stores how many hints have been shown."""
        self.queries.take_hint(id=attempt_id, hints=hints)

    def answer(
        self,
        attempt_id: str,
        *,
        picked: frozenset[int],
        answer: str,
        score: float,
        sequence: int,
        update_id: int,
        now: datetime,
        day: str,
        zone: str,
        first_of_day: bool,
    ) -> Attempt | None:
        """Stores a graded answer; `None` where the question was no longer open."""
        row = self.queries.answer_attempt(
            id=attempt_id,
            picked=to_mask(picked),
            answer=answer,
            score=score,
            sequence=sequence,
            now=to_millis(now),
            update_id=update_id,
            day=day,
            zone=zone,
            first_of_day=int(first_of_day),
        )
        return Attempt.from_row(row) if row else None

    def end(
        self, attempt_id: str, state: AttemptState, update_id: int, now: datetime
    ) -> Attempt | None:
        """Ends a question without a grade; `None` where it was no longer open."""
        row = self.queries.end_attempt(
            id=attempt_id, state=state, now=to_millis(now), update_id=update_id
        )
        return Attempt.from_row(row) if row else None

    def question_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers the message that holds the question."""
        self.queries.question_shown(id=attempt_id, message_id=message_id)

    def feedback_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers the message that holds the feedback on a typed answer."""
        self.queries.feedback_shown(id=attempt_id, message_id=message_id)

    def history(self, person_id: int) -> list[dict[str, Any]]:
        """The newest answer or skip of each item: item_id, variant, state, score, answered_at."""
        return [dict(row) for row in self.queries.item_history(person_id=person_id)]

    def graded(self, person_id: int) -> list[Attempt]:
        """Every graded answer, oldest first."""
        return [Attempt.from_row(row) for row in self.queries.graded_attempts(person_id=person_id)]

    def report(self, attempt: Attempt, now: datetime) -> bool:
        """Stores that the person reports the item; `False` if reported before."""
        row = self.queries.add_report(
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            item_id=attempt.item_id,
            rev=attempt.rev,
            now=to_millis(now),
        )
        return row is not None


@dataclass(frozen=True, slots=True)
class Updates:
    """Which updates have taken effect, which are parked, which were set aside."""

    queries: Any

    def mark(self, update_id: int, now: datetime) -> bool:
        """Marks the update as having taken effect; `False` if it had before."""
        return self.queries.mark_update(id=update_id, now=to_millis(now)) is not None

    def prune(self, before: datetime) -> int:
        """Forgets marks older than `before`; gives how many."""
        return int(self.queries.prune_updates(before=to_millis(before)))

    def park(self, update_id: int, body: str, now: datetime) -> None:
        """Keeps an unfinished update so that Telegram may forget it."""
        self.queries.park_update(id=update_id, body=body, now=to_millis(now))

    def parked(self) -> list[str]:
        """The bodies of the parked updates, oldest first."""
        return [row["body"] for row in self.queries.parked_updates()]

    def unpark(self, update_id: int) -> None:
        """The parked update is finished."""
        self.queries.unpark_update(id=update_id)

    def set_aside(
        self, update_id: int, *, kind: str, error_id: str, reason: str, now: datetime
    ) -> None:
        """Remembers an update that could not be handled, without its content."""
        self.queries.set_update_aside(
            id=update_id, kind=kind, error_id=error_id, reason=reason, now=to_millis(now)
        )


@dataclass(frozen=True, slots=True)
class Chores:
    """Work that is owed, whatever happens to the process before it is done."""

    queries: Any

    def owe(self, name: str, now: datetime) -> None:
        """Notes that the chore has to be done."""
        self.queries.add_chore(name=name, now=to_millis(now))

    def is_due(self, name: str) -> bool:
        """Whether the chore is still to be done."""
        return self.queries.chore_due(name=name) is not None

    def done(self, name: str) -> None:
        """The chore is done."""
        self.queries.chore_done(name=name)
