"""Answers of a group quiz as attempts: they count for streak, cards and abilities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.questions import ParamItem
from bot.domain.streaks import answer_given, milestone_reached, practice_day, view_at
from bot.services.ids import new_id
from bot.services.results import Playable
from bot.services.settling import Settler
from bot.storage.quizzes import StoredAnswer, StoredQuiz, StoredRound
from bot.storage.records import Attempt, Person
from bot.storage.store import Unit

NOBODY = 0
"""Asked by no update: the quiz did it."""


class QuizSettler:
    """Logs what people answered; every method works inside the caller's transaction."""

    def __init__(self, settler: Settler) -> None:
        self.sets = settler.sets
        self.rules = settler.rules

    def log(
        self, unit: Unit, quiz: StoredQuiz, asked: StoredRound, answers: Iterable[StoredAnswer]
    ) -> None:
        """Stores the answers of one round; nothing where the bank has changed meanwhile."""
        item = self.sets.catalogue.bank.items.get(asked.item_id)
        if item is None or item.rev != asked.rev:
            return
        variant = quiz.state.slots[asked.position - 1].variant
        dealt = item.dealt(variant or 0) if isinstance(item, ParamItem) else item
        if not isinstance(dealt, Playable):
            return
        # Always in this order, so that two rounds that end at once never wait for each other.
        for answer in sorted(answers, key=lambda one: one.person_id):
            person = unit.people.lock(answer.person_id)
            if person is not None:
                attempt = self._attempt(unit, quiz, asked, answer)
                self._settle(unit, person, attempt, dealt, answer)

    def _attempt(
        self, unit: Unit, quiz: StoredQuiz, asked: StoredRound, answer: StoredAnswer
    ) -> Attempt:
        opened = Attempt.opened(
            new_id(self.sets.dice),
            person_id=answer.person_id,
            chat_id=quiz.state.chat_id,
            position=asked.position,
            item_id=asked.item_id,
            rev=asked.rev,
            variant=quiz.state.slots[asked.position - 1].variant,
            seed=quiz.seed,
            asked_at=min(asked.posted_at, answer.given_at),
            asked_by=NOBODY,
        )
        attempt = replace(opened, origin="quiz")
        unit.practice.add_attempt(attempt)
        return attempt

    def _settle(
        self, unit: Unit, person: Person, attempt: Attempt, item: Playable, answer: StoredAnswer
    ) -> None:
        zone = person.timezone or self.rules.timezone
        at, rules = answer.given_at, self.rules.streaks
        streak = answer_given(person.streak, at, zone, rules)
        logged = self.sets.memory.answered(unit, person, attempt, item, answer.score, at)
        unit.practice.answer(
            attempt.id,
            picked=answer.picked,
            answer=answer.answer,
            score=answer.score,
            sequence=person.graded + 1,
            update_id=None,
            now=at,
            day=practice_day(at, zone, rules).isoformat(),
            zone=zone,
            first_of_day=streak.last_day != person.streak.last_day,
            frozen=view_at(person.streak, at, zone, rules).frozen,
            milestone=milestone_reached(person.streak, streak),
            logged=logged,
        )
        unit.people.save_streak(person.id, streak, graded=person.graded + 1, steps=logged.step)
