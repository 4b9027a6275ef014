"""What the grader is measured on: rubrics with their questions and full answers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.banks.loader import load_bank
from bot.banks.rubric_files import load_rubrics
from bot.domain.grading.concepts import ConceptGrader, compile_rubric
from bot.domain.grading.rubrics import ConceptRubric
from bot.domain.questions import KeywordItem
from tests.grading.data import HERE, Row, load

EXAMS = ("mohler", "nn_exam")
BANKS = HERE.parent.parent / "question_banks"
FULL = 0.9


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its rubric, answers that deserve full marks, and well worded wrong ones."""

    id: str
    question: str
    rubric: ConceptRubric
    grader: ConceptGrader
    full: tuple[str, ...]
    wrong: tuple[str, ...] = ()

    def score(self, answer: str) -> float:
        """The score of `answer`; 0 where it is not scored."""
        return self.grader.grade(answer).score or 0.0


def exam_cases() -> list[Case]:
    """The rubrics for development questions, with the answers written for them."""
    rows = {f"{name}.{row.question_id}": row for name in EXAMS for row in load(name)}
    texts = tomllib.loads((HERE / "paraphrases.toml").read_text(encoding="utf-8"))
    return [
        Case(
            id=key,
            question=rows[key].question,
            rubric=entry.rubric,
            grader=compile_rubric(entry.rubric, rows[key].question),
            full=tuple(texts[key]["full"]),
            wrong=tuple(texts[key]["wrong"]),
        )
        for key, entry in load_rubrics(HERE / "dev_rubrics.toml").items()
    ]


def bank_cases() -> list[Case]:
    """The keyword items of the product's own bank, with their authors' examples."""
    items = load_bank(BANKS).items.values()
    return [
        Case(
            id=item.id,
            question=item.question,
            rubric=item.rubric,
            grader=compile_rubric(item.rubric, item.question),
            full=tuple(example.answer for example in item.examples if example.min >= FULL),
        )
        for item in items
        if isinstance(item, KeywordItem)
    ]


def graded_rows(cases: Sequence[Case], name: str) -> Iterator[tuple[Row, float]]:
    """The rows of data set `name` that have a rubric, each with our score."""
    by_id = {case.id: case for case in cases}
    for row in load(name):
        if case := by_id.get(f"{name}.{row.question_id}"):
            yield row, case.score(row.answer)
