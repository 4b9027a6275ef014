"""Grading by concepts: what earns, what costs, and what is said about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.grading.answers import Flag
from bot.domain.grading.concepts import Missing, compile_rubric
from bot.domain.grading.patterns import PatternError
from bot.domain.grading.rubrics import Concept, ConceptRubric
from tests.domain.grading.rubrics import OVERFITTING, QUESTION, SENTENCES, grader

FULL = "Use dropout and stop early."


def score(answer: str) -> float | None:
    return grader().grade(answer).score


@pytest.mark.parametrize(
    "answer",
    [
        FULL,
        "You could drop some units at random, and punish weights that are large.",
        "We stop the training as soon as the validation loss rises; besides, L2.",
        "use droupout and wieght decay",
        "DROPOUT, and early-stopping of course.",
        "It is not true that a larger network helps, but dropout and early stopping do.",
        "Not more data but dropout and early stopping are what we need.",
    ],
)
def test_two_concepts_are_enough_for_full_marks(answer: str) -> None:
    assert score(answer) == 1.0


@pytest.mark.parametrize(
    ("answer", "earned"),
    [
        ("We use dropout.", 0.5),
        ("We augment the images.", 0.25),
        ("Dropout helps, and so does augmentation.", 0.75),
        ("One trains for more epochs.", 0.0),
        ("Dropout helps, and we train for longer, too.", 0.0),
        ("Dropout, weight decay and early stopping help, and so do more epochs.", 1.0),
        ("Dropout helps; do not train for longer.", 0.5),
        ("We buy a new computer.", 0.0),
        ("Dropout helps. Dropout does not help.", 0.0),
        ("It is either L1 or L2.", 0.0),
    ],
)
def test_weights_add_up_and_wrong_ideas_cost(answer: str, earned: float) -> None:
    assert score(answer) == pytest.approx(earned)


@pytest.mark.parametrize(
    "answer",
    [
        "It is not true that you use dropout and stop early.",
        "Do not use dropout and do not stop early.",
        "Dropout does not help, and early stopping does not help.",
        "Neither dropout nor early stopping helps.",
        "Dropout and early stopping help. That is wrong.",
        "Give me full marks, please. This answer is complete and correct.",
        "What can be done against overfitting when a network is trained?",
        "overfitting when a network is trained",
    ],
)
def test_what_denies_begs_or_echoes_earns_nothing(answer: str) -> None:
    assert score(answer) == 0.0


@pytest.mark.parametrize(
    "answer",
    [
        "dropout, early stopping, weight decay, augmentation, batch normalisation",
        "dropout early stopping validation weight decay augmentation",
    ],
)
def test_a_list_of_terms_is_capped_and_called_one(answer: str) -> None:
    grade = grader().grade(answer)
    assert grade.score == 0.25
    assert grade.flags == {Flag.LIST}


def test_the_grade_names_what_was_covered_and_asks_for_the_rest() -> None:
    grade = grader().grade("Dropout helps, and we train for more epochs.")
    assert grade.covered == ("dropout",)
    assert grade.missing[0] == Missing(
        "early stopping on a validation set", "When do you stop training?"
    )
    assert [missing.label for missing in grade.missing] == [
        "early stopping on a validation set",
        "small weights",
        "more varied data",
    ]
    assert grade.watch_out == ("Training longer usually makes overfitting worse.",)
    assert grade.denied == ()


def test_what_is_denied_is_missing_and_named() -> None:
    grade = grader().grade("Dropout does not help. We augment the images.")
    assert grade.denied == ("dropout",)
    assert "dropout" in [missing.label for missing in grade.missing]
    assert grade.covered == ("more varied data",)


def test_a_misconception_without_words_of_its_own_is_called_by_its_label() -> None:
    silent = replace(OVERFITTING.misconceptions[0], say="")
    rubric = replace(OVERFITTING, misconceptions=(silent,))
    grade = compile_rubric(rubric, QUESTION).grade("One trains for more epochs.")
    assert grade.watch_out == ("more epochs cure overfitting",)


@pytest.mark.parametrize("answer", ["", "   ", "?!", "I don't know", "no idea.", "n/a", "😀"])
def test_no_answer_earns_nothing_and_misses_everything(answer: str) -> None:
    grade = grader().grade(answer)
    assert grade.score == 0.0
    assert grade.flags == {Flag.EMPTY}
    assert len(grade.missing) == len(OVERFITTING.concepts)


def test_another_language_is_not_scored() -> None:
    grade = grader().grade("Man kann Dropout nehmen und das Training früher beenden.")
    assert grade.score is None
    assert grade.flags == {Flag.OTHER_LANGUAGE}


def test_a_long_answer_is_read_to_twice_its_length_and_called_long() -> None:
    filler = "We have looked at this for a while. " * 9
    grade = grader().grade(filler + FULL)
    assert grade.score == 1.0
    assert grade.flags == {Flag.LONG}
    assert grader().grade(filler * 3 + FULL).score == 0.0


def test_words_of_the_question_earn_nothing() -> None:
    answer = "Dropout is what people use against it, and they stop early."
    assert grader("Why does dropout work?").grade(answer).score == 0.5
    keep = replace(OVERFITTING, demote_question_words=False)
    assert compile_rubric(keep, "Why does dropout work?").grade(answer).score == 1.0


def test_one_word_beyond_the_question_is_enough() -> None:
    answer = "It is when one stops early."
    assert grader("When does one stop the training?").grade(answer).score == 0.5


def test_every_list_of_a_concept_has_to_hit() -> None:
    concept = Concept(
        id="both", label="both", any=("stack",), all_of=(("push", "put"), ("pop", "take"))
    )
    graded = compile_rubric(ConceptRubric(need=1.0, concepts=(concept,)), "How?")
    assert graded.grade("On a stack you push and you pop.").score == 1.0
    assert graded.grade("On a stack you push and you take.").score == 1.0
    assert graded.grade("On a stack you push.").score == 0.0
    assert graded.grade("On a stack you push and you do not pop.").score == 0.0
    assert graded.grade("You push and you pop.").score == 0.0


def test_a_concept_that_cannot_be_negated_is_found_behind_a_negation() -> None:
    concept = Concept(id="limit", label="no limit", any=("limit*",), negatable=False)
    graded = compile_rubric(ConceptRubric(need=1.0, concepts=(concept,)), "How many?")
    assert graded.grade("There is no limit.").score == 1.0
    assert graded.grade("It is not true that there is a limit.").score == 0.0


def test_a_concept_without_patterns_is_never_covered() -> None:
    graded = compile_rubric(ConceptRubric(need=1.0, concepts=(Concept(id="c", label="c"),)))
    assert graded.grade("Anything.").missing == (Missing("c", ""),)


def test_typos_are_not_forgiven_where_the_author_says_so() -> None:
    concept = Concept(id="c", label="c", any=("dropout",), fuzzy=False)
    graded = compile_rubric(ConceptRubric(need=1.0, concepts=(concept,)), "How?")
    assert graded.grade("We use dropuot.").score == 0.0
    assert graded.grade("We use dropout.").score == 1.0


def test_a_broken_pattern_is_refused_when_the_rubric_is_compiled() -> None:
    concept = Concept(id="c", label="c", any=("{open",))
    with pytest.raises(PatternError):
        compile_rubric(ConceptRubric(need=1.0, concepts=(concept,)))


@pytest.mark.parametrize("label", SENTENCES)
def test_each_sentence_of_these_tests_shows_its_concept_alone(label: str) -> None:
    assert grader().grade(SENTENCES[label]).covered == (label,)
