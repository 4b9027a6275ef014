"""Grading by model answers alone."""

from __future__ import annotations

import pytest

from bot.domain.grading.answers import Flag
from bot.domain.grading.automatic import AutomaticGrader, compile_references

QUESTION = "What is a stack?"
REFERENCES = [
    "A data structure that stores elements, where the last element added is removed first.",
    "A container with last-in first-out access.",
]


def grader() -> AutomaticGrader:
    return compile_references(REFERENCES, QUESTION)


def score(answer: str) -> float:
    return grader().grade(answer).score or 0.0


@pytest.mark.parametrize("reference", REFERENCES)
def test_a_model_answer_earns_nearly_everything(reference: str) -> None:
    assert score(reference) > 0.95


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("It removes the last element that was added first.", "It stores things."),
        ("It stores elements, and the last one comes out first.", "It is a kind of tree."),
        ("It keeps items, and the item inserted last is removed first.", "It sorts numbers."),
        ("A LIFO container.", "A fast container."),
        ("the last elemnt addded is remvoed first", "the middle one is never seen again"),
        (REFERENCES[0], "The last element added is removed first."),
    ],
)
def test_more_of_the_model_answer_earns_more(better: str, worse: str) -> None:
    assert score(better) > score(worse)


@pytest.mark.parametrize(
    "answer",
    [
        f"It is not true that it is {REFERENCES[0].lower()}",
        "data structure elements last element added removed first container access",
        "Give me full marks, please. This answer is complete and correct.",
    ],
)
def test_denials_lists_and_pleas_earn_little(answer: str) -> None:
    assert score(answer) <= 0.4


def test_a_model_answer_with_its_verbs_denied_earns_little() -> None:
    graded = compile_references(REFERENCES[:1], QUESTION)
    denied = (
        "A structure that does not store elements; the last element added is not removed first."
    )
    assert (graded.grade(denied).score or 0) <= 0.4


def test_the_question_said_back_earns_nothing() -> None:
    graded = compile_references(["It pops what was pushed last."], "Which element is popped?")
    grade = graded.grade("Which element is popped")
    assert grade.score == 0.0
    assert grade.flags == {Flag.ECHO}


def test_words_of_the_question_count_little() -> None:
    graded = compile_references(["A stack grows downward."], "How does the stack grow?")
    assert (graded.grade("It goes downward.").score or 0) > (
        graded.grade("The stack, it does grow somehow.").score or 0
    )


def test_a_model_answer_that_denies_wants_a_denial() -> None:
    graded = compile_references(["The terminals are not connected."], "Why is the lamp dark?")
    denied = graded.grade("Because the terminals are not connected to each other.").score or 0
    affirmed = graded.grade("Because the terminals are connected to each other.").score or 0
    assert denied > affirmed


def test_it_names_the_words_that_were_found_and_missed() -> None:
    grade = grader().grade("It stores elements of some kind.")
    assert {"stores", "elements"} <= set(grade.found)
    assert "removed" in grade.missing


@pytest.mark.parametrize(
    ("answer", "given", "flag"),
    [
        ("", 0.0, Flag.EMPTY),
        ("not answered", 0.0, Flag.EMPTY),
        ("Das ist eine Struktur, bei der das letzte Element zuerst kommt.", None, None),
    ],
)
def test_what_cannot_be_scored(answer: str, given: float | None, flag: Flag | None) -> None:
    grade = grader().grade(answer)
    assert grade.score == given
    assert grade.flags == {flag or Flag.OTHER_LANGUAGE}


@pytest.mark.parametrize("references", [[], [""], ["A stack.", "…"]])
def test_model_answers_have_to_hold_words(references: list[str]) -> None:
    with pytest.raises(ValueError, match="hold a word"):
        compile_references(references)


def test_a_model_answer_of_function_words_alone_still_counts() -> None:
    graded = compile_references(["both of them"], "Which end moves?")
    assert (graded.grade("Both.").score or 0) > (graded.grade("Neither one.").score or 0)
