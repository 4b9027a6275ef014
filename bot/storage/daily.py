"""The daily question in the database, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.domain.daily import DailyQuestion
from bot.storage.records import Attempt, Row


@dataclass(frozen=True, slots=True)
class StoredDaily:
    """The question of a UTC date, and how it was answered: `correct` of `answers` people."""

    day: date
    question: DailyQuestion
    answers: int
    correct: int

    @classmethod
    def from_row(cls, row: Row) -> StoredDaily:
        """Reads a row of `daily_questions`."""
        question = DailyQuestion(row["item_id"], row["variant"])
        return cls(date.fromisoformat(row["day"]), question, row["answers"], row["correct"])


@dataclass(frozen=True, slots=True)
class Daily:
    """Daily questions."""

    queries: Any

    def keep(self, day: date, question: DailyQuestion) -> None:
        """Makes it the question of that date, unless there is one."""
        self.queries.keep_daily(day=day.isoformat(), **question._asdict())

    def replace(self, day: date, question: DailyQuestion) -> None:
        """Makes it the question of that date in place of another one."""
        self.queries.replace_daily(day=day.isoformat(), **question._asdict())

    def find(self, day: date) -> StoredDaily | None:
        """The question of that date, if it was chosen."""
        row = self.queries.find_daily(day=day.isoformat())
        return StoredDaily.from_row(row) if row else None

    def count(self, day: date, item_id: str, *, correct: bool) -> None:
        """One more person has answered it."""
        self.queries.count_daily_answer(day=day.isoformat(), item_id=item_id, correct=int(correct))

    def set_aside(self, attempt_id: str, update_id: int) -> Attempt | None:
        """Takes an open question out of the person's way; None where it is not open."""
        row = self.queries.set_daily_aside(id=attempt_id, update_id=update_id)
        return Attempt.from_row(row) if row else None

    def open_again(self, attempt_id: str) -> None:
        """Opens a question that was set aside."""
        self.queries.open_daily_again(id=attempt_id)

    def attempt_of(self, person_id: int, day: date) -> Attempt | None:
        """The person's attempt at that date's question."""
        row = self.queries.daily_attempt(person_id=person_id, day=day.isoformat())
        return Attempt.from_row(row) if row else None
