"""Commands for authors: grade answers with a rubric, and say how well that agrees with people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.banks.findings import BankErrors
from bot.banks.rubric_files import LineGrader, load_rubrics
from bot.domain.agreement import pearson, quadratic_kappa, rmse, spearman, within
from bot.domain.errors import NotScored
from bot.domain.grading.concepts import ConceptGrade
from bot.domain.questions import BehaviouralItem, Item, KeywordItem
from bot.services.grading import Graders, score_of


class Unusable(Exception):
    """What an author gave cannot be used; `str()` says why."""


def grade_with_item(item: Item, answers: Path) -> None:
    """Prints the grade of each answer to a free-text item, as JSON lines.

    Raises:
        Unusable: the item takes no free text, or the answers cannot be read.
    """
    if not isinstance(item, KeywordItem | BehaviouralItem):
        raise Unusable(f"{item.id} is {item.type}: only keyword and behavioural items are graded")
    graders = Graders()

    def grade(line: Mapping[str, Any]) -> dict[str, Any]:
        try:
            verdict = graders.grade(item, str(line["answer"]), seed=0)
        except NotScored:
            return {"score": None, "covered": [], "missing": [], "flags": ["other-language"]}
        if isinstance(verdict, ConceptGrade):
            return {
                "score": verdict.score,
                "covered": list(verdict.covered),
                "missing": [missing.label for missing in verdict.missing],
                "flags": sorted(verdict.flags),
            }
        return _story(verdict)

    _print_graded(_read(answers), grade)


def grade_with_rubrics(rubrics: Path, answers: Path) -> None:
    """Prints each answer with the score by its question's rubric, as JSON lines.

    Raises:
        Unusable: a file cannot be read, or is wrong.
    """
    try:
        grader = LineGrader(load_rubrics(rubrics))
    except BankErrors as error:
        raise Unusable(str(error)) from None
    _print_graded(_read(answers), grader.grade)


def _story(verdict: Any) -> dict[str, Any]:
    weak = [part for part, points in verdict.parts.items() if points < 2]
    return {
        "score": score_of(verdict),
        "covered": [part for part in verdict.parts if part not in weak],
        "missing": weak,
        "flags": list(verdict.red_flags),
        "parts": dict(verdict.parts),
    }


def _print_graded(lines: Iterable[Mapping[str, Any]], grade: Any) -> None:
    """Prints the graded lines, then, where there are human scores, the agreement (stderr)."""
    marks: list[tuple[float, float, str, bool]] = []
    for line in lines:
        graded = grade(line)
        print(json.dumps({**line, **graded}, ensure_ascii=False))
        human = line.get("score")
        if isinstance(human, int | float) and graded["score"] is not None:
            question = str(line.get("question_id", ""))
            blank = not str(line["answer"]).strip()
            marks.append((graded["score"], float(human), question, blank))
    if len(marks) > 1:
        _print_agreement("all answers", marks)
        without = [mark for mark in marks if not mark[3]]
        if 1 < len(without) < len(marks):
            _print_agreement("without blanks", without)


def _print_agreement(name: str, marks: Sequence[tuple[float, float, str, bool]]) -> None:
    ours, theirs = [mark[0] for mark in marks], [mark[1] for mark in marks]
    groups = [mark[2] for mark in marks]
    print(
        f"{name} ({len(marks)}): Pearson {pearson(ours, theirs):.3f}, "
        f"Spearman {spearman(ours, theirs):.3f}, RMSE {rmse(ours, theirs):.3f}, "
        f"quadratic kappa {quadratic_kappa(ours, theirs):.3f}, "
        f"within question {within(ours, theirs, groups):.3f}",
        file=sys.stderr,
    )


def _read(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines; blank lines are left out."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path}: cannot be read ({error})") from None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError as error:
            raise Unusable(f"{path}:{number}: not JSON ({error})") from None
        if not isinstance(given, dict) or "answer" not in given:
            raise Unusable(f'{path}:{number}: an object with "answer" is needed')
        yield given
