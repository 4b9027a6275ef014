"""Answers: load, grade, settle streak and log, save; one transaction each."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import NothingOpen, NothingPicked, Stale, TapALetter, Unreadable
from bot.domain.grading.choice import grade_choice
from bot.domain.grading.grade import Grade
from bot.domain.grading.numeric import Unread, grade_numeric
from bot.domain.questions import ChoiceItem, NumericItem
from bot.domain.streaks import StreakView, answer_given, practice_day, view_at
from bot.services.results import Feedback, Happening, Shown, Who
from bot.services.sets import SetKeeper, open_attempt, own_attempt
from bot.storage.records import Attempt
from bot.storage.store import Store, Unit

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ANSWER_CAP = 4096
"""Characters of a typed answer that are kept."""


class AnswerService:
    """Grades what a person picked or typed, exactly once."""

    def __init__(self, store: Store, sets: SetKeeper) -> None:
        self.store = store
        self.sets = sets
        self.rules = sets.rules

    async def choose(
        self, who: Who, what: Happening, attempt_id: str, place: int
    ) -> Feedback | Shown:
        """A press on an option: answers a single item, ticks or unticks one of a multi item.

        Raises:
            Stale: the question is over, or has no such option.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(
            lambda unit: self._choose(unit, who, what, attempt_id, place)
        )

    async def submit(self, who: Who, what: Happening, attempt_id: str) -> Feedback:
        """Answers a multi item with what is ticked.

        Raises:
            NothingPicked: nothing is.
            Stale: the question is over.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._submit(unit, who, what, attempt_id))

    async def type_in(self, who: Who, what: Happening, text: str) -> Feedback:
        """A message, taken as the answer to the open question that was shown last.

        Raises:
            NothingOpen: no question is open.
            TapALetter: the open one wants a press on a button.
            Unreadable: this is no number; the question stays open.
        """
        return await self.store.transact(lambda unit: self._type_in(unit, who, what, text))

    def _choose(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str, place: int
    ) -> Feedback | Shown:
        attempt = own_attempt(unit, who, attempt_id)
        shown = self.sets.with_total(unit, attempt)
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, what, shown)
        if attempt.state != "open" or place not in range(len(shown.order)):
            raise Stale
        if isinstance(shown.item, ChoiceItem) and shown.item.multi:
            picked = attempt.picked ^ {place}
            unit.practice.pick(attempt.id, picked)
            return replace(shown, attempt=replace(attempt, picked=picked))
        return self._settle_choice(unit, who, what, shown, frozenset({place}))

    def _submit(self, unit: Unit, who: Who, what: Happening, attempt_id: str) -> Feedback:
        attempt = own_attempt(unit, who, attempt_id)
        shown = self.sets.with_total(unit, attempt)
        if not unit.updates.mark(what.update_id, what.now):
            again = self._again(unit, what, shown)
            if isinstance(again, Feedback):
                return again
            raise Stale
        if attempt.state != "open":
            raise Stale
        if not attempt.picked:
            raise NothingPicked
        return self._settle_choice(unit, who, what, shown, attempt.picked)

    def _type_in(self, unit: Unit, who: Who, what: Happening, text: str) -> Feedback:
        if not unit.updates.mark(what.update_id, what.now):
            done = unit.practice.answered_by(what.update_id)
            if done is None:
                raise NothingOpen
            return self._feedback_of(unit, self.sets.with_total(unit, done))
        for attempt in unit.practice.open_of(who.person_id):
            shown = self.sets.with_total(unit, attempt)
            if isinstance(shown.item, NumericItem):
                grade = grade_numeric(shown.item, text)
                if isinstance(grade, Unread):
                    raise Unreadable(why=grade.why, unit=shown.item.unit)
                return self._settle(unit, who, what, shown, grade, text[:ANSWER_CAP])
        open_attempt(unit, who, None)  # raises NothingOpen where nothing is
        raise TapALetter

    def _settle_choice(
        self, unit: Unit, who: Who, what: Happening, shown: Shown, picked: frozenset[int]
    ) -> Feedback:
        letters = "".join(LETTERS[place] for place in sorted(picked))
        grade = _grade_picked(shown, picked)
        return self._settle(unit, who, what, shown, grade, letters, picked)

    def _settle(
        self,
        unit: Unit,
        who: Who,
        what: Happening,
        shown: Shown,
        grade: Grade,
        answer: str,
        picked: frozenset[int] = frozenset(),
    ) -> Feedback:
        """Stores a graded answer and moves the streak."""
        person = unit.people.touch(who.person_id, who.language, what.now)
        zone = person.timezone or self.rules.timezone
        rules = self.rules.streaks
        streak = answer_given(person.streak, what.at, zone, rules)
        answered = unit.practice.answer(
            shown.attempt.id,
            picked=picked,
            answer=answer,
            score=grade.score,
            sequence=person.graded + 1,
            update_id=what.update_id,
            now=what.at,
            day=practice_day(what.at, zone, rules).isoformat(),
            zone=zone,
            first_of_day=streak.last_day != person.streak.last_day,
        )
        if answered is None:
            raise Stale
        unit.people.save_streak(person.id, streak, graded=person.graded + 1)
        view = view_at(streak, what.at, zone, rules) if answered.first_of_day else None
        return Feedback(replace(shown, attempt=answered), grade, view)

    def _again(self, unit: Unit, what: Happening, shown: Shown) -> Feedback | Shown:
        """The outcome of a repeated press: its feedback, or the ticks as they are."""
        if shown.attempt.answered_by == what.update_id:
            return self._feedback_of(unit, shown)
        if shown.attempt.state == "open":
            return shown
        raise Stale

    def _feedback_of(self, unit: Unit, shown: Shown) -> Feedback:
        """The feedback of an answer that is stored already."""
        attempt = shown.attempt
        if isinstance(shown.item, NumericItem):
            grade = grade_numeric(shown.item, attempt.answer or "")
        else:
            grade = _grade_picked(shown, attempt.picked)
        if isinstance(grade, Unread):  # readable when it was stored: the bank has changed
            grade = Grade(attempt.score or 0.0)
        return Feedback(shown, grade, self._streak_of(unit, attempt))

    def _streak_of(self, unit: Unit, attempt: Attempt) -> StreakView | None:
        person = unit.people.find(attempt.person_id)
        if person is None or attempt.answered_at is None or not attempt.first_of_day:
            return None
        zone = attempt.zone or self.rules.timezone
        return view_at(person.streak, attempt.answered_at, zone, self.rules.streaks)


def _grade_picked(shown: Shown, picked: frozenset[int]) -> Grade:
    """Grades places as shown, which the dealt order leads back to the author's options."""
    assert isinstance(shown.item, ChoiceItem)  # noqa: S101 — only these have places
    return grade_choice(shown.item, frozenset(shown.order[place] for place in picked))
