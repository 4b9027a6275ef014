"""The targets of the report, as far as its data is on this machine."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.banks.rubric_files import load_rubrics
from bot.domain.grading.concepts import compile_rubric
from tests.grading import data
from tests.grading.cases import Case, bank_cases, exam_cases
from tests.grading.report import (
    Measure,
    attack_measures,
    automatic_measures,
    rubric_measures,
    wording_measures,
)

EXAM_DATA = pytest.mark.skipif(
    not data.is_there(), reason=f"no graded answers at {data.folder()}; set {data.VARIABLE}"
)


def missed(measures: Sequence[Measure]) -> list[str]:
    """The lines of the report that miss their target."""
    assert any(measure.target is not None for measure in measures)
    return [str(measure) for measure in measures if not measure.is_met]


@pytest.fixture(scope="module")
def exams() -> list[Case]:
    return exam_cases()


def test_attacks_earn_little_on_our_own_bank() -> None:
    assert missed(list(attack_measures("own bank", bank_cases()))) == []


@EXAM_DATA
def test_attacks_earn_little_on_exams(exams: list[Case]) -> None:
    assert missed(list(attack_measures("exams", exams))) == []


@EXAM_DATA
def test_other_words_earn_marks_and_errors_do_not(exams: list[Case]) -> None:
    assert missed(list(wording_measures(exams))) == []


@EXAM_DATA
def test_rubrics_agree_with_people(exams: list[Case]) -> None:
    assert len([case for case in exams if case.id.startswith("mohler.")]) >= 12
    assert len([case for case in exams if case.id.startswith("nn_exam.")]) >= 12
    assert missed(list(rubric_measures(exams))) == []


@EXAM_DATA
def test_automatic_grading_agrees_with_people() -> None:
    assert missed(list(automatic_measures())) == []


def test_the_blind_rubrics_can_be_compiled() -> None:
    entries = load_rubrics(data.HERE / "blind_rubrics.toml")
    assert len(entries) == 36
    for entry in entries.values():
        compile_rubric(entry.rubric, entry.question)


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        (Measure("x", 0.5), True),
        (Measure("x", 0.5, 0.5), True),
        (Measure("x", 0.4, 0.5), False),
        (Measure("x", 0.4, 0.5, at_most=True), True),
        (Measure("x", 0.6, 0.5, at_most=True), False),
    ],
)
def test_a_measure_knows_whether_its_target_is_met(measure: Measure, met: bool) -> None:
    assert measure.is_met == met
    assert ("MISSED" in str(measure)) != met
