"""What is to be said in a group quiz, one thing after the other, with all that it needs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.grading.choice import dealt_order
from bot.domain.group_quiz import Phase
from bot.domain.questions import ChoiceItem, ParamItem
from bot.domain.quiz_scores import Mark, best_by_area, standing, team_standing
from bot.services.catalogue import Catalogue
from bot.services.quiz_results import Asked, Job, Place, Say, Scene, Score, Told
from bot.services.results import Playable
from bot.storage.quizzes import StoredMark, StoredQuiz, Task
from bot.storage.store import Unit

LEASE = timedelta(minutes=10)
"""Whoever is at something is given so long before somebody else tries."""


class QuizJobs:
    """Hands out what is to be said; every method works inside the caller's transaction."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def next(self, unit: Unit, quiz: StoredQuiz, now: datetime) -> Job | None:
        """The next thing to be said, which is the caller's then; None where there is none now."""
        for task in unit.quizzes.tasks(quiz.id):
            job = self._job(unit, quiz, task)
            if job is None:
                unit.quizzes.drop_task(quiz.id, task.number)
                continue
            if task.due_at > now:
                return None
            taken = unit.quizzes.take_task(task, now + LEASE)
            return replace(job, tries=taken.tries)
        return None

    def scene(self, quiz: StoredQuiz) -> Scene:
        """The quiz as the chat sees it."""
        return Scene(
            quiz_id=quiz.id,
            place=Place(quiz.state.chat_id, quiz.thread_id),
            language=quiz.language,
            title=self.catalogue.title_of(quiz.scope),
            state=quiz.state,
            names=quiz.names,
            lobby_message_id=quiz.lobby_message_id,
            areas={area.id: area.title for area in self.catalogue.bank.areas},
        )

    def asked(self, quiz: StoredQuiz, position: int) -> Asked | None:
        """What that round asks; None where the bank does not have it any more."""
        slot = quiz.state.slots[position - 1]
        item = self.catalogue.bank.items.get(slot.item_id)
        dealt = item.dealt(slot.variant or 0) if isinstance(item, ParamItem) else item
        if not isinstance(dealt, Playable):
            return None
        topic = self.catalogue.title_of(dealt.topic_id)
        return Asked(
            position=position,
            rounds=len(quiz.state.slots),
            item=dealt,
            order=dealt_order(dealt, quiz.seed) if isinstance(dealt, ChoiceItem) else (),
            area=self.catalogue.title_of(dealt.area_id),
            topic=topic,
            is_open=slot.is_open,
        )

    def _job(self, unit: Unit, quiz: StoredQuiz, task: Task) -> Job | None:
        """Everything that the task needs; None where it means nothing any more."""
        say, position = Say(task.kind), task.position
        if say is Say.POST and not _is_asking(quiz, position):
            return None
        if say is Say.WORST:
            position = self._worst(unit, quiz)
        if say in {Say.WORST, Say.POST, Say.CLOSE, Say.DROP} and not position:
            return None
        marks = unit.quizzes.marks(quiz.id) if say in _SCORED else []
        return Job(
            number=task.number,
            say=say,
            position=position,
            tries=task.tries,
            scene=self.scene(quiz),
            chat_id=task.chat_id,
            message_id=task.message_id,
            person_id=task.person_id,
            asked=self.asked(quiz, position) if say in _ASKED else None,
            score=self._score(quiz, marks, position) if say in _SCORED else None,
            answers=self._answers(unit, quiz, position) if say is Say.CLOSE else (),
            missed=sum(one.score < 1 for one in marks if one.position == position),
        )

    def _worst(self, unit: Unit, quiz: StoredQuiz) -> int:
        """The round that went worst; 0 where everybody was right."""
        scores: dict[int, list[float]] = defaultdict(list)
        for mark in unit.quizzes.marks(quiz.id):
            scores[mark.position].append(mark.score)
        means = {position: sum(one) / len(one) for position, one in scores.items()}
        worst = min(means, key=lambda position: means[position], default=0)
        return worst if worst and means[worst] < 1 and self.asked(quiz, worst) else 0

    def _score(self, quiz: StoredQuiz, marks: list[StoredMark], position: int) -> Score:
        """How things stand after that round; in the end, after all."""
        counted = [one for one in marks if not position or one.position <= position]
        told = [_mark(quiz, one) for one in counted]
        lines = standing(quiz.state.players, told)
        last = [one for one in counted if one.position == position]
        return Score(
            lines=lines,
            teams=team_standing(quiz.state.players, lines),
            best=best_by_area(lines, told),
            answered=len(last),
            right=sum(one.score >= 1 for one in last),
        )

    def _answers(self, unit: Unit, quiz: StoredQuiz, position: int) -> tuple[Told, ...]:
        answers = unit.quizzes.answers(quiz.id, position)
        return tuple(Told(one.person_id, one.score) for one in answers)


_SCORED = frozenset({Say.STANDING, Say.WORST, Say.PODIUM, Say.RESULT})
_ASKED = frozenset({Say.POST, Say.CLOSE, Say.DROP, Say.WORST})


def _is_asking(quiz: StoredQuiz, position: int) -> bool:
    return quiz.state.phase is Phase.ASKING and quiz.state.position == position


def _mark(quiz: StoredQuiz, stored: StoredMark) -> Mark:
    return Mark(
        person_id=stored.person_id,
        area_id=quiz.state.slots[stored.position - 1].area_id,
        points=stored.points,
        right=stored.score >= 1,
        took=stored.took,
    )
