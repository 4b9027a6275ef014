"""Measures the grader by people's marks and by attacks: `python -m tests.grading.report`.

The development data lies outside the repository (see `data.py`); without it only the product's
own bank is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import log1p
from statistics import fmean

from bot.domain import agreement
from bot.domain.grading.automatic import compile_references
from bot.domain.grading.stuffing import asks_for_names
from tests.grading import attacks, data
from tests.grading.cases import EXAMS, FULL, Case, bank_cases, exam_cases, graded_rows

DATA_SETS = ("mohler", "nn_exam", "beetle", "saf_en")


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table; `target` is None where there is nothing to reach."""

    what: str
    value: float
    target: float | None = None
    at_most: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the target is reached, if there is one."""
        if self.target is None:
            return True
        return self.value <= self.target if self.at_most else self.value >= self.target

    def __str__(self) -> str:
        if self.target is None:
            return f"{self.what:58} {self.value:6.3f}"
        sign = "≤" if self.at_most else "≥"
        verdict = "met" if self.is_met else "MISSED"
        return f"{self.what:58} {self.value:6.3f}   {sign} {self.target:.2f}   {verdict}"


def automatic_measures() -> Iterator[Measure]:
    """How automatic scoring, from model answers alone, agrees with people."""
    for name in DATA_SETS:
        rows = data.load(name)
        graders = {
            row.question_id: compile_references(row.references, row.question) for row in rows
        }
        marks = [graders[row.question_id].grade(row.answer).score or 0.0 for row in rows]
        target = 0.60 if name == "mohler" else None
        yield from _agreement(f"automatic, {name}", rows, marks, target)
        lengths = [log1p(len(row.answer.split())) for row in rows]
        human = [row.score for row in rows]
        yield Measure(f"  r of the length alone, {name}", agreement.pearson(lengths, human))


def rubric_measures(cases: Sequence[Case]) -> Iterator[Measure]:
    """How rubrics written with the development answers in view agree with people."""
    for name in EXAMS:
        graded = list(graded_rows(cases, name))
        yield from _agreement(
            f"rubrics, {name}", [row for row, _ in graded], [mark for _, mark in graded], None
        )
        written = [(mark, row.score) for row, mark in graded if not row.is_blank]
        ours, human = zip(*written, strict=True)
        yield Measure(
            f"rubrics, {name}, r without blanks", agreement.pearson(ours, human), target=0.80
        )
        yield Measure(
            f"rubrics, {name}, rmse against the mean's",
            agreement.rmse(ours, human),
            target=agreement.rmse([fmean(human)] * len(human), human),
            at_most=True,
        )


def attack_measures(label: str, cases: Sequence[Case]) -> Iterator[Measure]:
    """What attacks on full answers earn, and what typos cost."""
    terms = [word for case in cases for answer in case.full for word in answer.split()]
    names = [case for case in cases if asks_for_names(case.question)]
    others = [case for case in cases if case not in names]
    yield _attack(f"{label}, keyword list", others, attacks.keyword_list, 0.30)
    if names:
        yield _attack(f"{label}, keyword list, names asked", names, attacks.keyword_list, 0.50)
    yield _attack(f"{label}, full answer called untrue", cases, attacks.negated, 0.30)
    yield _attack(f"{label}, every verb denied", cases, attacks.verbs_negated, 0.30)
    yield _attack(
        f"{label}, terms of the course", cases, lambda a: attacks.term_dump(terms, a), 0.30
    )
    for what, text in {"question echoed": None, "plea": attacks.PLEA}.items():
        scores = [case.score(text or case.question) for case in cases]
        yield Measure(f"{label}, {what}", fmean(scores), target=0.30, at_most=True)
    patterns = [case.score(attacks.pattern_list(case.rubric)) for case in cases]
    yield Measure(f"{label}, the rubric's own words as a list", fmean(patterns))
    yield Measure(
        f"{label}, a typo in each long word",
        fmean(case.score(attacks.with_typos(answer)) for case, answer in _full(cases)),
        target=0.90,
    )


def wording_measures(cases: Sequence[Case]) -> Iterator[Measure]:
    """What full answers in other words earn, and well worded errors."""
    full = [case.score(answer) for case in cases for answer in case.full]
    wrong = [case.score(answer) for case in cases for answer in case.wrong]
    yield Measure("full answers in other words", fmean(full), target=0.90)
    yield Measure("well worded errors", fmean(wrong), target=0.20, at_most=True)


def measures() -> Iterator[Measure]:
    """All that can be measured on this machine."""
    yield from attack_measures("own bank", bank_cases())
    if data.is_there():
        cases = exam_cases()
        yield from attack_measures("exams", cases)
        yield from wording_measures(cases)
        yield from rubric_measures(cases)
        yield from automatic_measures()


def _agreement(
    label: str, rows: Sequence[data.Row], marks: Sequence[float], target: float | None
) -> Iterator[Measure]:
    human = [row.score for row in rows]
    groups = [row.question_id for row in rows]
    yield Measure(f"{label}, r", agreement.pearson(marks, human), target)
    yield Measure("  Spearman's rho", agreement.spearman(marks, human))
    yield Measure("  r within questions", agreement.within(marks, human, groups))
    yield Measure("  quadratic kappa", agreement.quadratic_kappa(marks, human))
    yield Measure("  rmse", agreement.rmse(marks, human))
    yield Measure("  rmse of the mean mark", agreement.rmse([fmean(human)] * len(human), human))
    written = [(x, row.score) for x, row in zip(marks, rows, strict=True) if not row.is_blank]
    ours, theirs = zip(*written, strict=True)
    yield Measure("  r without blanks", agreement.pearson(ours, theirs))


def _attack(
    what: str, cases: Iterable[Case], attack: Callable[[str], str], target: float
) -> Measure:
    """The mean score of attacks on full answers that the attack changes at all."""
    pairs = ((case, answer, attack(answer)) for case, answer in _full(cases))
    scores = [case.score(attacked) for case, answer, attacked in pairs if attacked != answer]
    return Measure(what, fmean(scores), target, at_most=True)


def _full(cases: Iterable[Case]) -> Iterator[tuple[Case, str]]:
    for case in cases:
        for answer in case.full:
            if case.score(answer) >= FULL:
                yield case, answer


def main() -> int:
    """Prints the table; 1 if a target is missed."""
    if not data.is_there():
        print(f"No data at {data.folder()} (set {data.VARIABLE}); only the own bank is measured.")
    found = list(measures())
    print("\n".join(map(str, found)))
    return 0 if all(measure.is_met for measure in found) else 1


if __name__ == "__main__":
    sys.exit(main())
