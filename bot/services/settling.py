"""Settling an answer inside one transaction: grade it, move the streak, store it, tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.errors import Refusal, Stale
from bot.domain.grading.choice import grade_choice
from bot.domain.grading.grade import Grade
from bot.domain.questions import ChoiceItem
from bot.domain.streaks import (
    Streak,
    StreakView,
    answer_given,
    milestone_reached,
    practice_day,
    view_at,
)
from bot.services.crowd import crowd_of
from bot.services.grading import Graders, Typed, Verdict, score_of
from bot.services.results import Feedback, Moment, Shown, Who
from bot.services.sets import SetKeeper
from bot.storage.records import Attempt
from bot.storage.store import Unit

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PATIENCE = timedelta(minutes=1)
"""How long an answer in several messages waits for the next of them."""
ANSWER_CAP = 4096
"""Characters of a typed answer that are kept."""


class Settler:
    """Knows what an answer is worth; every method works inside the caller's transaction."""

    def __init__(self, sets: SetKeeper) -> None:
        self.sets = sets
        self.rules = sets.rules
        self.graders = Graders()

    def settle_picked(
        self, unit: Unit, who: Who, what: Moment, shown: Shown, picked: frozenset[int]
    ) -> Feedback:
        """Settles the options at these places."""
        letters = "".join(LETTERS[place] for place in sorted(picked))
        verdict = _grade_picked(shown, picked)
        return self._settle(unit, who, what, shown, verdict, letters, picked)

    def settle_text(self, unit: Unit, who: Who, what: Moment, shown: Shown, text: str) -> Feedback:
        """Settles a typed answer.

        Raises:
            Unreadable: it is no number, where one is asked for.
            NotScored: it cannot be scored.
        """
        answer = text[:ANSWER_CAP]
        verdict = self._grade_text(shown, answer)
        return self._settle(unit, who, what, shown, verdict, answer)

    def feedback_of(self, unit: Unit, shown: Shown) -> Feedback:
        """The feedback of an answer that is stored already."""
        attempt = shown.attempt
        if isinstance(shown.item, ChoiceItem):
            verdict: Verdict = _grade_picked(shown, attempt.picked)
        else:
            try:
                verdict = self._grade_text(shown, attempt.answer or "")
            except Refusal:  # it could be scored when it was stored: the bank has changed
                verdict = Grade(attempt.score or 0.0)
        person = unit.people.find(attempt.person_id)
        return self._told(unit, shown, verdict, person.streak if person else Streak())

    def _grade_text(self, shown: Shown, text: str) -> Verdict:
        assert isinstance(shown.item, Typed)  # noqa: S101 — only these are answered by messages
        return self.graders.grade(shown.item, text, shown.attempt.seed)

    def _settle(
        self,
        unit: Unit,
        who: Who,
        what: Moment,
        shown: Shown,
        grade: Verdict,
        answer: str,
        picked: frozenset[int] = frozenset(),
    ) -> Feedback:
        """Stores a graded answer, moves the streak and counts it where everybody is asked."""
        person = unit.people.touch(who.person_id, who.language, what.now)
        zone = person.timezone or self.rules.timezone
        rules = self.rules.streaks
        before = person.streak
        streak = answer_given(before, what.at, zone, rules)
        score = score_of(grade)
        logged = self.sets.memory.answered(unit, person, shown.attempt, shown.item, score, what.at)
        answered = unit.practice.answer(
            shown.attempt.id,
            picked=picked,
            answer=answer,
            score=score,
            sequence=person.graded + 1,
            update_id=what.update_id,
            now=what.at,
            day=practice_day(what.at, zone, rules).isoformat(),
            zone=zone,
            first_of_day=streak.last_day != before.last_day,
            frozen=view_at(before, what.at, zone, rules).frozen,
            milestone=milestone_reached(before, streak),
            logged=logged,
        )
        if answered is None:
            raise Stale
        unit.people.save_streak(person.id, streak, graded=person.graded + 1, steps=logged.step)
        if answered.daily:
            unit.daily.count(answered.daily, answered.item_id, correct=score >= 1)
        return self._told(unit, replace(shown, attempt=answered), grade, streak)

    def _told(self, unit: Unit, shown: Shown, grade: Verdict, streak: Streak) -> Feedback:
        """The feedback on an answer that is stored, after which the streak stood like that."""
        attempt = shown.attempt
        return Feedback(shown, grade, self._streak_of(attempt, streak), crowd_of(unit, attempt))

    def _streak_of(self, attempt: Attempt, streak: Streak) -> StreakView | None:
        """What the day's first answer did for the streak."""
        if attempt.answered_at is None or not attempt.first_of_day:
            return None
        zone = attempt.zone or self.rules.timezone
        view = view_at(streak, attempt.answered_at, zone, self.rules.streaks)
        return replace(view, frozen=attempt.frozen, milestone=attempt.milestone)


def _grade_picked(shown: Shown, picked: frozenset[int]) -> Grade:
    """Grades places as shown, which the dealt order leads back to the author's options."""
    assert isinstance(shown.item, ChoiceItem)  # noqa: S101 — only these have places
    return grade_choice(shown.item, frozenset(shown.order[place] for place in picked))
