"""Practice sets and attempts in the database, inside one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.storage.memory import Logged
from bot.storage.records import (
    Attempt,
    AttemptState,
    Planned,
    PracticeSet,
    SetState,
    to_mask,
    to_millis,
)


class Scored(NamedTuple):
    """A graded answer: to which item, on which practice day, with which score."""

    item_id: str
    day: date
    score: float


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
        self,
        set_id: str,
        person_id: int,
        scope: str,
        plan: Sequence[Planned],
        readiness: Mapping[str, float],
        now: datetime,
    ) -> None:
        """Opens a set; `readiness` by area is that before it."""
        self.queries.add_set(
            id=set_id,
            person_id=person_id,
            scope=scope,
            plan=json.dumps(plan),
            readiness=json.dumps(readiness),
            now=to_millis(now),
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
            mock_id=attempt.mock_id,
            daily=attempt.daily.isoformat() if attempt.daily else None,
            position=attempt.position,
            origin=attempt.origin,
            item_id=attempt.item_id,
            rev=attempt.rev,
            variant=attempt.variant,
            seed=attempt.seed,
            why=attempt.why,
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

    def ask_again(self, attempt_id: str, update_id: int, now: datetime) -> Attempt | None:
        """Prepares an open question for a new message; `None` where it is no longer open."""
        row = self.queries.ask_again(id=attempt_id, update_id=update_id, now=to_millis(now))
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
        update_id: int | None,
        now: datetime,
        day: str,
        zone: str,
        first_of_day: bool,
        frozen: Sequence[date],
        milestone: int | None,
        logged: Logged,
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
            frozen=" ".join(saved.isoformat() for saved in frozen) or None,
            milestone=milestone,
            step=logged.step,
            rating=int(logged.rating),
            ability=logged.ability and logged.ability.mean,
            ability_variance=logged.ability and logged.ability.variance,
            difficulty=logged.difficulty and logged.difficulty.mean,
            difficulty_variance=logged.difficulty and logged.difficulty.variance,
        )
        return Attempt.from_row(row) if row else None

    def end(
        self,
        attempt_id: str,
        state: AttemptState,
        update_id: int | None,
        now: datetime,
        logged: Logged | None = None,
    ) -> Attempt | None:
        """Ends a question without a grade; `None` where it was no longer open."""
        row = self.queries.end_attempt(
            id=attempt_id,
            state=state,
            now=to_millis(now),
            update_id=update_id,
            step=logged.step if logged else None,
            rating=int(logged.rating) if logged else None,
        )
        return Attempt.from_row(row) if row else None

    def question_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers the message that holds the question."""
        self.queries.question_shown(id=attempt_id, message_id=message_id)

    def feedback_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers the message that holds the feedback on a typed answer."""
        self.queries.feedback_shown(id=attempt_id, message_id=message_id)

    def save_draft(
        self, attempt_id: str, draft: str, message_id: int | None, until: datetime
    ) -> Attempt | None:
        """Stores the messages so far; `None` where the question is no longer open."""
        row = self.queries.save_draft(
            id=attempt_id, draft=draft, message_id=message_id, until=to_millis(until)
        )
        return Attempt.from_row(row) if row else None

    def due_drafts(self, now: datetime, amount: int) -> list[Attempt]:
        """Drafts whose time is up, the oldest first."""
        rows = self.queries.due_drafts(now=to_millis(now), amount=amount)
        return [Attempt.from_row(row) for row in rows]

    def claim_draft(self, attempt: Attempt, until: datetime) -> Attempt | None:
        """Takes a due draft until then; `None` where somebody else has it."""
        due = to_millis(attempt.collect_until) if attempt.collect_until else None
        row = self.queries.claim_draft(id=attempt.id, due=due, until=to_millis(until))
        return Attempt.from_row(row) if row else None

    def end_draft(self, attempt_id: str) -> None:
        """The draft is dealt with."""
        self.queries.end_draft(id=attempt_id)

    def rate_self(self, attempt_id: str, rating: int) -> None:
        """Stores what the person thinks of their own answer (0 to 3)."""
        self.queries.rate_self(id=attempt_id, rating=rating)

    def graded(self, person_id: int) -> list[Attempt]:
        """Every graded answer, oldest first."""
        return [Attempt.from_row(row) for row in self.queries.graded_attempts(person_id=person_id)]

    def readiness_before(self, person_id: int, at: datetime) -> Mapping[str, float]:
        """Readiness by area when the last set before then was opened; empty without one."""
        row = self.queries.readiness_before(person_id=person_id, at=to_millis(at))
        return json.loads(row["readiness"]) if row else {}

    def days_since(self, person_id: int, since: date) -> Mapping[date, int]:
        """Graded answers by practice day."""
        rows = self.queries.days_since(person_id=person_id, since=since.isoformat())
        return {date.fromisoformat(row["day"]): row["answers"] for row in rows}

    def frozen_since(self, person_id: int, since: date) -> frozenset[date]:
        """The days that freezes saved, as far as an answer since then has spent them."""
        rows = self.queries.frozen_since(person_id=person_id, since=since.isoformat())
        return frozenset(date.fromisoformat(day) for row in rows for day in row["frozen"].split())

    def readiness_from(self, person_id: int, at: datetime) -> Mapping[str, float]:
        """Readiness by area when the first set since then was opened; empty without one."""
        row = self.queries.readiness_from(person_id=person_id, at=to_millis(at))
        return json.loads(row["readiness"]) if row else {}

    def scores_since(self, person_id: int, since: date) -> list[Scored]:
        """The graded answers since that practice day, in no order."""
        rows = self.queries.scores_since(person_id=person_id, since=since.isoformat())
        return [
            Scored(row["item_id"], date.fromisoformat(row["day"]), row["score"]) for row in rows
        ]

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
