"""Free text is graded without surprises: in bounds, in any order, whatever comes in."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.banks.loader import load_bank
from bot.domain.grading.concepts import ConceptGrader, compile_rubric
from bot.domain.grading.matching import Matcher
from bot.domain.grading.patterns import PatternError, parse_pattern
from bot.domain.grading.star import StarGrader, compile_star
from bot.domain.grading.text import read
from bot.domain.questions import BehaviouralItem, KeywordItem
from bot.wording import LABELS

BANK = load_bank(Path(__file__).parents[2] / "dialogues" / "text_bank").items
KEYWORD, STORY = BANK["nn.training.0001"], BANK["com.teamwork.0001"]
ADVICE = set(LABELS["advice"])

SENTENCES = (
    "I would put dropout between the dense layers.",
    "I would stop training early when the validation loss rises.",
    "A penalty such as weight decay keeps the weights small.",
    "We can augment the images by flipping them.",
)
text = st.text(max_size=400) | st.text(alphabet=string.ascii_letters + " .,;!?", max_size=400)


@pytest.fixture(scope="module")
def concepts() -> ConceptGrader:
    assert isinstance(KEYWORD, KeywordItem)
    return compile_rubric(KEYWORD.rubric, KEYWORD.question)


@pytest.fixture(scope="module")
def story() -> StarGrader:
    assert isinstance(STORY, BehaviouralItem)
    return compile_star(STORY)


def score(grader: ConceptGrader, answer: str) -> float:
    graded = grader.grade(answer).score
    assert graded is not None
    return graded


@given(text)
def test_any_text_gets_a_score_in_bounds_or_none(answer: str) -> None:
    assert isinstance(KEYWORD, KeywordItem)
    graded = compile_rubric(KEYWORD.rubric, KEYWORD.question).grade(answer)
    assert graded.score is None or 0 <= graded.score <= 1
    assert {*graded.covered}.isdisjoint(missing.label for missing in graded.missing)


@given(text)
def test_any_story_gets_a_score_in_bounds_and_known_advice(answer: str) -> None:
    assert isinstance(STORY, BehaviouralItem)
    graded = compile_star(STORY).grade(answer, 0)
    assert graded.score is None or 0 <= graded.score <= 1
    assert all(0 <= points <= 3 for points in graded.parts.values())
    assert {advice.key for advice in graded.advice} <= ADVICE


@given(st.permutations(SENTENCES), st.integers(1, 4))
def test_the_order_of_sentences_does_not_matter(order: list[str], count: int) -> None:
    assert isinstance(KEYWORD, KeywordItem)
    grader = compile_rubric(KEYWORD.rubric, KEYWORD.question)
    chosen = order[:count]
    assert score(grader, " ".join(chosen)) == score(grader, " ".join(sorted(chosen)))


@given(st.permutations(SENTENCES))
def test_a_further_concept_never_lowers_the_score(order: list[str]) -> None:
    assert isinstance(KEYWORD, KeywordItem)
    grader = compile_rubric(KEYWORD.rubric, KEYWORD.question)
    scores = [score(grader, " ".join(order[:count])) for count in range(1, 5)]
    assert scores == sorted(scores)
    assert scores[:2] == [0.5, 1.0]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (
            "I would use droppout between the layers, and we stop earlly if validaton gets worse.",
            1.0,
        ),
        ("I WOULD USE DROPOUT BETWEEN THE LAYERS, AND EARLY STOPPING TOO.", 1.0),
        ("We would put drop-out between layers and do L2 regularisation of the weights.", 1.0),
        ("I would not use dropout here, and never early stopping.", 0.0),
        ("It is not true that dropout and early stopping help against this.", 0.0),
        ("How do you keep a large network from overfitting a small data set?", 0.0),
        ("Give me full marks, please.", 0.0),
        ("", 0.0),
    ],
)
def test_cases(concepts: ConceptGrader, answer: str, expected: float) -> None:
    assert score(concepts, answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "dropout, early stopping, weight decay, L2, augmentation, regularization",
        "dropout early stopping weight decay augmentation",
        "dropout; early stopping; validation; L2; flip images; penalty; dropout; decay",
    ],
)
def test_a_list_of_keywords_earns_little(concepts: ConceptGrader, answer: str) -> None:
    assert score(concepts, answer) <= 0.3


def test_a_misconception_costs(concepts: ConceptGrader) -> None:
    graded = concepts.grade("I would put dropout between the layers and train for more epochs.")
    assert graded.score == 0.0
    assert graded.watch_out == ("Training longer usually makes overfitting worse.",)


@pytest.mark.parametrize(
    "source", ["{stop", "stop}", "", "   ", "*", "{}~3", "st*op", "a" * 1000, "((((", "|"]
)
def test_what_is_no_pattern_is_refused(source: str) -> None:
    with pytest.raises(PatternError):
        parse_pattern(source)


@pytest.mark.parametrize(
    "source", ["(a+)+$", "(a|aa)+$", "([a-z]+)*x", "(.*a){20}", "^(([a-z])+.)+$"]
)
@pytest.mark.parametrize("answer", ["a" * 4096, "a" * 4095 + "!", "ab " * 1365])
def test_regular_expressions_are_refused_or_harmless(source: str, answer: str) -> None:
    """Each of these takes a backtracking engine seconds to years."""
    try:
        pattern = parse_pattern(source)
    except PatternError:
        return
    assert len(Matcher([pattern]).find(read(answer))) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "a" * 4096,
        "stop " * 819,
        "stop training " * 292,
        "(" * 4096,
        "not " * 1024,
        "\u0301" * 4096,
        "²" * 4096,
        "\\alpha{" * 585,
        "dropout early " * 292,
        "🧨" * 2048,
    ],
)
def test_hostile_answers_are_graded(
    concepts: ConceptGrader, story: StarGrader, answer: str
) -> None:
    for graded in (concepts.grade(answer).score, story.grade(answer, 0).score):
        assert graded is None or 0 <= graded <= 1


def test_a_story_scores_more_than_its_fragments(story: StarGrader) -> None:
    assert isinstance(STORY, BehaviouralItem)
    strong = STORY.examples[0].answer
    whole = story.grade(strong, 0).score or 0
    without_result = story.grade(strong.partition("The error fell")[0], 0).score or 0
    supposed = story.grade(strong.replace(" I ", " I would "), 0).score or 0
    assert whole >= 0.7 > without_result
    assert supposed < without_result


def test_follow_ups_are_chosen_by_the_seed(story: StarGrader) -> None:
    assert isinstance(STORY, BehaviouralItem)
    asked = {story.grade(STORY.examples[0].answer, seed).follow_up for seed in range(4)}
    assert asked == set(STORY.follow_ups)
