"""Free text as grading reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.text import MAX_CHARACTERS, normalise, read, spelling, stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Early Stopping", "early stopping"),
        ("naïve Bayés", "naive bayes"),
        ("ﬁne Ｌ２ x₁", "fine l2 x1"),
        ("O(n²) and x³", "o n^2 and x^3"),
        ("O(n^2), n**2, n ^ 2, n squared", "o n^2 n^2 n^2 n^2"),
        ("2^n and e^{-x}", "2 n and e x"),
        ("λ = 0.50", "lambda 0.5"),
        ("1,000 of 2.0", "1000 of 2"),
        (r"$\frac{1}{1+\exp(-\lambda x)}$", "1 1 exp lambda x"),
        (r"$\alpha \leq \infty$", "alpha less equal infinity"),
        ("a <= b < c != d", "a less equal b less c not equal d"),
        ("left < root > right", "left less root greater right"),
        ("50 % &amp; more", "50 percent and more"),
        ("doesn't can't cannot won’t dont", "does not can not can not will not do not"),
        ("the model's loss", "the model loss"),
        ("non-linear, non linear, nonlinear", "nonlinear nonlinear nonlinear"),
        ("self-supervised over-fitting", "selfsupervised overfitting"),
        ("early-stopping, do...while", "early stopping do while"),
        ("max_pool snake_case", "max pool snake case"),
        ("SGD, CNNs and k-NN", "stochastic gradient descent convolutional neural network and"),
        ("i.i.d. data, e.g. this", "independent identically distributed data eg this"),
        ("two of ten, 1st", "2 of 10 first"),
        ("behaviour of neighbouring centres", "behavior of neighboring centers"),
        ("regularisation, analysing, optimised", "regularization analyzing optimized"),
        ("C++ and <br> tags", "cpp and tags"),
        ("😀 \x00\ufffe", ""),
    ],
)
def test_what_people_write_in_many_ways_reads_the_same(text: str, words: str) -> None:
    assert " ".join(read(text).words).startswith(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("generalising", "generalization"),
        ("modelling", "modeling"),
        ("labelled", "labels"),
        ("neighbours", "neighbor"),
        ("overfitting", "overfits"),
        ("computes", "computing"),
        ("analyse", "analyzing"),
    ],
)
def test_one_word_has_one_stem(one: str, other: str) -> None:
    assert stem(spelling(one)) == stem(spelling(other))


def test_short_words_and_signs_are_their_own_stems() -> None:
    assert [stem(word) for word in ("was", "n^2", "l2", "ärger")] == ["was", "n^2", "l2", "ärger"]


def test_clauses_end_at_punctuation_and_at_words_that_turn() -> None:
    text = read("It stores data, but loses time because it copies. Next one")
    assert [text.clauses[text.words.index(w)] for w in ("it", "but", "because", "next")] == [
        0,
        2,
        3,
        4,
    ]
    assert text.sentences[text.words.index("copies")] == 0
    assert text.sentences[-1] == 1


def test_colons_and_brackets_do_not_end_a_clause() -> None:
    assert set(read("There are two: a stack (and a queue)").clauses) == {0}


@pytest.mark.parametrize("end", [". ", "! ", "?", "\n\n"])
def test_sentences_end(end: str) -> None:
    assert read(f"one{end}two").sentences == (0, 1)


def test_a_decimal_point_does_not_end_a_sentence() -> None:
    assert read("at 0.5 it stops, see np.mean").sentences == (0,) * 7


def test_only_so_many_words_are_read() -> None:
    assert len(read("word " * 50, max_words=7)) == 7


def test_a_long_run_of_combining_marks_is_dropped() -> None:
    """Sorting such runs, as Unicode normalisation does, takes quadratic time."""
    assert normalise("e" + "\u0301\u0323" * 2_000) == "e"


def test_what_swells_in_normalisation_is_cut() -> None:
    assert len(normalise("\ufdfa" * MAX_CHARACTERS)) <= 2 * MAX_CHARACTERS


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    result = read(text)
    assert len(result.words) == len(result.clauses) == len(result.sentences)
    assert all(result.words)
    assert list(result.clauses) == sorted(result.clauses)
    assert list(result.sentences) == sorted(result.sentences)


@given(st.lists(st.sampled_from("stack queue heap graph".split()), max_size=8))
def test_case_and_spaces_do_not_matter(words: list[str]) -> None:
    assert read("  \t".join(words).upper()) == read(" ".join(words))
