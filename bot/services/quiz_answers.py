"""Votes and replies in a group quiz: the first of each person in each round counts."""

from __future__ import annotations

from datetime import datetime

from bot.domain.errors import NotScored
from bot.domain.grading.choice import dealt_order, grade_choice
from bot.domain.questions import ChoiceItem, ParamItem
from bot.domain.quiz_events import Answered, Reason
from bot.services.grading import Typed, score_of
from bot.services.quiz_results import Ballot, Place
from bot.services.quizmaster import QuizKeeper
from bot.services.results import Who
from bot.services.settling import ANSWER_CAP, LETTERS
from bot.storage.quizzes import StoredAnswer, StoredQuiz, StoredRound, Vote
from bot.storage.store import Unit


class QuizAnswers:
    """Scores what people answer; every method works inside the caller's transaction."""

    def __init__(self, keeper: QuizKeeper) -> None:
        self.keeper = keeper
        self.catalogue = keeper.catalogue

    def vote(self, unit: Unit, ballot: Ballot, at: datetime) -> str | None:
        """Takes a vote; one in a poll that is not known yet is kept until it is."""
        asked = unit.quizzes.round_by_poll(ballot.poll_id)
        if asked is None:
            sending = unit.quizzes.lock_asking()
            # It may have become known while somebody else held the lock.
            asked = unit.quizzes.round_by_poll(ballot.poll_id)
            if asked is None and sending:
                self._keep(unit, ballot, at)
        if asked is None or asked.state != "open":
            return None
        quiz = unit.quizzes.lock(asked.quiz_id)
        if quiz is None or not quiz.state.takes(asked.position, at):
            return None
        answer = self._marked(quiz, asked, ballot, at)
        if answer is None:
            return None
        return self._count(unit, quiz, asked, answer, ballot.name, ballot.language, at)

    def reply(
        self,
        unit: Unit,
        place: Place,
        message_id: int,
        who: Who,
        name: str,
        text: str,
        at: datetime,
    ) -> tuple[str, bool] | None:
        """Takes a reply, given `at` that instant.

        Raises:
            Unreadable: it is no number, where one is asked for.
            NotScored: it cannot be scored.
        """
        asked = unit.quizzes.round_by_message(place.chat_id, message_id)
        quiz = unit.quizzes.lock(asked.quiz_id) if asked else None
        if asked is None or quiz is None:
            return None
        if asked.state != "open" or not quiz.state.takes(asked.position, at):
            return quiz.id, False
        if any(
            one.person_id == who.person_id for one in unit.quizzes.answers(quiz.id, asked.position)
        ):
            return quiz.id, False
        answer = self._written(quiz, asked, who.person_id, text[:ANSWER_CAP], at)
        counted = self._count(unit, quiz, asked, answer, name, who.language, at)
        return quiz.id, counted is not None

    def _count(
        self,
        unit: Unit,
        quiz: StoredQuiz,
        asked: StoredRound,
        answer: StoredAnswer,
        name: str,
        language: str,
        at: datetime,
    ) -> str | None:
        """Stores an answer; most of them are one more row, and no step of the quiz."""
        person_id, position = answer.person_id, asked.position
        if person_id not in quiz.names:
            unit.quizzes.meet(person_id, language, at)
        if not unit.quizzes.add_answer(quiz.id, position, answer):
            return None
        stored = unit.quizzes.count_answers(quiz.id, position)
        if quiz.state.unmoved_by(person_id, stored):
            return quiz.id
        voters = [one.person_id for one in unit.quizzes.answers(quiz.id, position)]
        event = Answered(at, person_id, position, voters)
        step = self.keeper.take(unit, quiz, event, at, name)
        if step.reason is Reason.FULL:
            unit.quizzes.drop_answer(quiz.id, position, person_id)
            return None
        return quiz.id

    def _keep(self, unit: Unit, ballot: Ballot, at: datetime) -> None:
        if not ballot.option_ids:
            return
        unit.quizzes.meet(ballot.person_id, ballot.language, at)
        unit.quizzes.keep_vote(
            Vote(
                ballot.poll_id,
                ballot.person_id,
                ballot.name,
                ballot.language,
                ballot.option_ids,
                at,
            )
        )

    def _marked(
        self, quiz: StoredQuiz, asked: StoredRound, ballot: Ballot, at: datetime
    ) -> StoredAnswer | None:
        """The vote as an answer; None where it cannot be one."""
        known = {option_id: place for place, option_id in enumerate(asked.option_ids)}
        picked = frozenset(known[one] for one in ballot.option_ids if one in known)
        picked = picked or frozenset(p for p in ballot.places if p in range(len(known)))
        item = self.catalogue.bank.items.get(asked.item_id)
        if not picked or not isinstance(item, ChoiceItem) or item.rev != asked.rev:
            return None
        order = dealt_order(item, quiz.seed)
        if len(order) != len(known) or (not item.multi and len(picked) != 1):
            return None
        score = grade_choice(item, frozenset(order[place] for place in picked)).score
        letters = "".join(LETTERS[place] for place in sorted(picked))
        return StoredAnswer(ballot.person_id, at, picked, letters, score or 0.0)

    def _written(
        self, quiz: StoredQuiz, asked: StoredRound, person_id: int, text: str, at: datetime
    ) -> StoredAnswer:
        item = self.catalogue.bank.items.get(asked.item_id)
        if isinstance(item, ParamItem):
            item = item.dealt(quiz.state.slots[asked.position - 1].variant or 0)
        if not isinstance(item, Typed) or item.rev != asked.rev:
            raise NotScored
        verdict = self.keeper.graders.grade(item, text, quiz.seed)
        return StoredAnswer(person_id, at, frozenset(), text, score_of(verdict))
