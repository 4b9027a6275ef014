"""The pattern language: what it finds, and how it refuses what it cannot read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.matching import Matcher
from bot.domain.grading.patterns import DEFAULT_WINDOW, PatternError, Window, parse_pattern
from bot.domain.grading.text import read
from tests.domain.grading.counting import calls_of

REDOS = [
    "(a+)+$",
    "^(a|a)*$",
    "([a-zA-Z]+)*$",
    "(x+x+)+y",
    "(.*)*x",
    "a{1,30}{1,30}{1,30}",
    r"(\w+\s?)*$",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?=(a+))\\1b",
]


def found(pattern: str, text: str, *, fuzzy: bool = True) -> list[str]:
    """What `pattern` finds in `text`, each match as its words."""
    reading = read(text)
    matches = Matcher([parse_pattern(pattern, fuzzy=fuzzy)]).find(reading)[0]
    return [" ".join(reading.words[place] for place in match) for match in matches]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        # words and inflections
        ("compute", "it computes, computing", ["computes", "computing"]),
        ("regulari*", "regularisation", ["regularization"]),
        ("regularis*", "regularization", ["regularization"]),
        ("behaviour*", "behavioral", ["behavioral"]),
        ("heap", "heat", []),
        # phrases
        ("early stop*", "early stopping", ["early stopping"]),
        ("early stop*", "use dropout and stop early", ["stop early"]),
        ("stop training", "stop the training", ["stop training"]),
        ("stop training", "stop after the first training", []),
        ("size of operand", "the size of its operand", ["size of operand"]),
        ("array is sorted", "sorted array", ["sorted array"]),
        ("first in first out", "the first in is the first out", ["first in first out"]),
        ("first in first out", "last in first out", []),
        ("in last", "last in", []),
        ("early stop", "It is early. Stop", []),
        # one word or two
        ("data set", "a dataset", ["dataset"]),
        ("dataset", "a data set", ["data set"]),
        ("dropout", "drop-out", ["drop out"]),
        ("feed forward net*", "feedforward networks", ["feedforward networks"]),
        # alternatives
        ("l1|l2 norm|penalty", "an L2 penalty", ["l2 penalty"]),
        ("{cnn|rnn image*}", "CNNs on images", ["convolutional neural network images"]),
        # windows
        (
            "{stop train* validation}~8",
            "once validation loss rises, stop training",
            ["validation stop training"],
        ),
        ("{stop validation}~2", "stop when validation", []),
        ("{first first}~9", "the first one", []),
        ("{first first}~9", "first come, first served", ["first first"]),
        ("{stack heap}", f"stack {'x ' * (DEFAULT_WINDOW - 2)}heap", ["stack heap"]),
        ("{stack heap}", f"stack {'x ' * (DEFAULT_WINDOW - 1)}heap", []),
        ("{more|longer epoch*|train*}~4", "train for longer", ["train longer"]),
        ("{left root}~6 right", "root, left and right", ["root left right"]),
        # negations stand for each other
        ("no child|children", "without any children", ["without children"]),
        ("not converge", "never converges", ["never converges"]),
        # signs and abbreviations
        ("O(n^2)", "O(n²)", ["o n^2"]),
        ("stochastic gradient", "SGD", ["stochastic gradient"]),
        ("2 pointers", "two pointers", ["2 pointers"]),
        # typos
        ("gradient", "gradeint", ["gradeint"]),
        ("converg*", "convregence", ["convregence"]),
        ("precision", "prediction", []),
        ("recurrent", "recurent recurrrent", ["recurent", "recurrrent"]),
    ],
)
def test_what_a_pattern_finds(pattern: str, text: str, words: list[str]) -> None:
    assert found(pattern, text) == words


def test_typos_are_forgiven_only_where_the_author_wants_it() -> None:
    assert found("gradient", "gradeint", fuzzy=False) == []
    assert found("gradient", "gradients", fuzzy=False) == ["gradients"]
    assert found("behaviour*", "behavioral", fuzzy=False) == ["behavioral"]


def test_a_match_is_where_its_words_stand() -> None:
    text = read("we stop the training")
    assert Matcher([parse_pattern("stop training")]).find(text) == [[(1, 3)]]


def test_patterns_are_found_together_but_told_apart() -> None:
    matcher = Matcher([parse_pattern("stack"), parse_pattern("queue"), parse_pattern("stack")])
    assert matcher.find(read("a stack")) == [[(1,)], [], [(1,)]]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("", "holds no word"),
        ("   ", "holds no word"),
        ("...", '"..." holds no word'),
        ("{", "stray {"),
        ("a}", "stray }"),
        ("~3", "stray ~"),
        ("{}", "nothing between"),
        ("{a b}~0", "a window of 0"),
        ("{stack queue}~1", "it has to be 2 to 99"),
        ("{stack queue}~100", "it has to be 2 to 99"),
        ("{stack queue}~99999999999", "it has to be 2 to 99"),
        ("st*ck", "end of a word"),
        ("*", "holds no word"),
        ("s*", "two letters at least"),
        ("stack|", "holds no word"),
        ("x" * 301, "at most 300"),
    ],
)
def test_a_broken_pattern_says_what_is_wrong(pattern: str, why: str) -> None:
    with pytest.raises(PatternError, match=why.replace("*", r"\*").replace(".", r"\.")):
        parse_pattern(pattern)


def test_articles_and_forms_of_be_are_left_out_unless_they_are_all() -> None:
    assert len(parse_pattern("the array is sorted").elements) == 2
    assert len(parse_pattern("to be").elements) == 1
    assert len(parse_pattern("is the").elements) == 2


def test_a_window_that_names_no_size_grows_with_its_words() -> None:
    window = parse_pattern("{a1 b1 c1 d1 e1}").elements[0]
    assert isinstance(window, Window)
    assert window.size == 10


@pytest.mark.parametrize("pattern", REDOS)
def test_regular_expressions_that_explode_are_refused_or_harmless(pattern: str) -> None:
    def search(size: int) -> None:
        try:
            found(pattern, "a" * size + "! " + "a " * size)
        except PatternError:
            return

    search(10)
    assert calls_of(lambda: search(1_000)) <= 3 * calls_of(lambda: search(500)) + 500


@given(st.text(alphabet="ab{}|*~19 ^-é<", max_size=40), st.text(max_size=60))
def test_any_pattern_is_refused_or_can_be_searched_for(pattern: str, text: str) -> None:
    try:
        compiled = parse_pattern(pattern)
    except PatternError:
        return
    reading = read(text)
    for match in Matcher([compiled]).find(reading)[0]:
        assert list(match) == sorted(set(match))
        assert all(0 <= place < len(reading) for place in match)


@given(st.lists(st.sampled_from("stack queue heap tree".split()), min_size=1, max_size=4))
def test_a_phrase_finds_itself(words: list[str]) -> None:
    assert found(" ".join(words), " ".join(words))


@given(st.permutations("stack queue heap tree".split()))
def test_a_window_finds_its_words_in_any_order(words: list[str]) -> None:
    assert found("{stack queue heap tree}~4", " ".join(words)) == [" ".join(words)]
