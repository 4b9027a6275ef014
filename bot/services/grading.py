"""Grades typed answers of every kind; what has to be compiled is compiled once."""

from __future__ import annotations

from bot.domain.errors import NotScored, Unreadable
from bot.domain.grading.concepts import ConceptGrade, ConceptGrader, compile_rubric
from bot.domain.grading.grade import Grade
from bot.domain.grading.numeric import Unread, grade_numeric
from bot.domain.grading.star import StarGrade, StarGrader, compile_star
from bot.domain.questions import BehaviouralItem, KeywordItem, NumericItem

Verdict = Grade | ConceptGrade | StarGrade
Typed = NumericItem | KeywordItem | BehaviouralItem
"""Items that are answered by a message."""
FreeText = KeywordItem | BehaviouralItem


class Graders:
    """Compiled rubrics by item id; filled as they are needed."""

    def __init__(self) -> None:
        self._concepts: dict[str, ConceptGrader] = {}
        self._stars: dict[str, StarGrader] = {}

    def grade(self, item: Typed, text: str, seed: int) -> Verdict:
        """What a message is worth as an answer to `item`; `seed` picks the follow-up.

        Raises:
            Unreadable: no number, where one is asked for.
            NotScored: nothing that can be scored, such as another language.
        """
        if isinstance(item, NumericItem):
            read = grade_numeric(item, text)
            if isinstance(read, Unread):
                raise Unreadable(why=read.why, unit=item.unit)
            return read
        if isinstance(item, BehaviouralItem):
            told = self._star(item).grade(text, seed)
            if told.score is None:
                raise NotScored
            return told
        found = self._concept(item).grade(text)
        if found.score is None:
            raise NotScored
        return found

    def _concept(self, item: KeywordItem) -> ConceptGrader:
        if item.id not in self._concepts:
            self._concepts[item.id] = compile_rubric(item.rubric, item.question)
        return self._concepts[item.id]

    def _star(self, item: BehaviouralItem) -> StarGrader:
        if item.id not in self._stars:
            self._stars[item.id] = compile_star(item)
        return self._stars[item.id]


def score_of(verdict: Verdict) -> float:
    """The score that is stored; a verdict that was refused has none and never gets here."""
    if verdict.score is None:
        raise ValueError("a verdict without a score cannot be stored")
    return verdict.score


def model_answer(item: FreeText) -> str:
    """The best answer among the author's examples; empty if there is none."""
    best = max(item.examples, key=lambda example: example.min, default=None)
    return best.answer if best and best.min > 0 else ""
