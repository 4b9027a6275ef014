"""What holds for every answer, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.automatic import compile_references
from tests.domain.grading.counting import calls_of
from tests.domain.grading.rubrics import SENTENCES, grader

MOST = 4_096
GRADER = grader()
AUTOMATIC = compile_references(
    ["Stop training early, and drop units at random.", "Punish large weights."], "What helps?"
)
LABELS = sorted(SENTENCES)
WORDS = (
    "dropout early stop stopping weight decay not never either or it is true that wrong the and"
    " but . , ! ( ) -> <= ^ ** λ x² \\frac $ if when without instead of more epochs"
).split(" ")

HOSTILE = {
    "one letter": "a",
    "one word": "dropout ",
    "a phrase": "early stopping ",
    "half a phrase": "early ",
    "negations": "not ",
    "double negations": "it is not true that ",
    "verdicts": "that is wrong. ",
    "hedges": "either high or low ",
    "conditions": "if when unless ",
    "commas": "and a, ",
    "marks": "e\u0301\u0323",
    "ligatures": "\ufdfa",
    "TeX": "\\frac{",
    "powers": "x^",
    "stars": "**",
    "hyphens": "non-",
    "apostrophes": "a'b",
    "brackets": "(",
    "line feeds": "\n",
    "entities": "&amp;lt;",
    "tags": "<b",
    "decimals": "1.",
    "thousands": "1,000",
    "Greek": "α",
    "Chinese": "学",
    "slips": "regulraisation droupout waight ",
}


def distinct(size: int) -> str:
    """Words that are all different and all nearly `dropout`."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = (f"drop{a}{b}{c}t" for a in letters for b in letters for c in letters)
    return " ".join(word for word, _ in zip(words, range(size // 9 + 1), strict=False))[:size]


@given(st.text(max_size=400))
def test_any_text_can_be_graded(text: str) -> None:
    for grade in (GRADER.grade(text), AUTOMATIC.grade(text)):
        assert grade.score is None or 0 <= grade.score <= 1


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_mixture_of_telling_words_can_be_graded(words: list[str]) -> None:
    grade = GRADER.grade(" ".join(words))
    assert grade.score is None or 0 <= grade.score <= 1
    labels = {missing.label for missing in grade.missing}
    assert labels.isdisjoint(grade.covered)
    assert len(labels) + len(grade.covered) == len(SENTENCES)
    assert labels.issuperset(grade.denied)


@given(st.text(max_size=200))
def test_the_same_answer_gets_the_same_grade(text: str) -> None:
    assert GRADER.grade(text) == GRADER.grade(text)


@given(st.permutations(LABELS), st.integers(1, len(LABELS)))
def test_the_order_of_concepts_does_not_matter(labels: list[str], count: int) -> None:
    shown = labels[:count]
    grade = GRADER.grade(" ".join(SENTENCES[label] for label in shown))
    assert set(grade.covered) == set(shown)
    assert grade == GRADER.grade(" ".join(SENTENCES[label] for label in sorted(shown)))


@given(st.permutations(LABELS), st.integers(0, len(LABELS) - 1))
def test_one_more_concept_never_lowers_the_score(labels: list[str], count: int) -> None:
    before = GRADER.grade(" ".join(SENTENCES[label] for label in labels[:count])).score
    after = GRADER.grade(" ".join(SENTENCES[label] for label in labels[: count + 1])).score
    assert before is not None
    assert after is not None
    assert after >= before


@given(st.sampled_from(LABELS), st.sampled_from(["It is not true that ", "I do not think that "]))
def test_calling_a_sentence_untrue_takes_its_marks_away(label: str, denial: str) -> None:
    assert GRADER.grade(denial + SENTENCES[label]).score == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_answer(name: str) -> None:
    """Doubled text, at most doubled work (and a quarter for what happens now and then)."""
    piece = HOSTILE[name]

    def grade(size: int) -> None:
        text = (piece * size)[:size]
        GRADER.grade(text)
        AUTOMATIC.grade(text)

    grade(MOST)
    half, whole = calls_of(lambda: grade(MOST // 2)), calls_of(lambda: grade(MOST))
    assert whole <= 2.25 * half + 1_000
    assert whole < 120_000


def test_work_on_words_that_were_never_seen_is_bounded() -> None:
    assert calls_of(lambda: GRADER.grade(distinct(MOST))) < 200_000
