"""What an answer denies."""

from __future__ import annotations

import pytest

from bot.domain.grading.matching import Matcher
from bot.domain.grading.negation import Denials
from bot.domain.grading.patterns import parse_pattern
from bot.domain.grading.text import read


def denials(pattern: str, text: str, *, negatable: bool = True) -> list[bool]:
    """Whether each match of `pattern` in `text` is denied."""
    reading = read(text)
    matches = Matcher([parse_pattern(pattern)]).find(reading)[0]
    found = Denials(reading, matches)
    return [found.denied(match, negatable=negatable) for match in matches]


@pytest.mark.parametrize(
    "text",
    [
        "do not use dropout",
        "we never use dropout",
        "it works without dropout",
        "no dropout is needed",
        "dropout does not help",
        "dropout is not a good idea",
        "dropout and other tricks can't help",
        "neither dropout nor decay helps",
        "use early stopping instead of dropout",
        "stop early rather than use dropout",
        "not dropout but early stopping",
        "early stopping, not dropout",
        "there are no tricks: decay, the size and dropout",
        "there are not two ways (decay and dropout)",
        "it is not true that dropout helps",
        "it is wrong to say that dropout helps",
        "it is a myth that dropout helps",
        "I do not believe that dropout helps",
        "it is not the case that the best of all known tricks is dropout",
        "the claim that dropout helps is false",
        "dropout helps. That is wrong.",
        "dropout helps. None of this is true.",
        "dropout may or may not help",
    ],
)
def test_denied(text: str) -> None:
    assert all(denials("dropout", text))


@pytest.mark.parametrize(
    "text",
    [
        "use dropout",
        "the net does not overfit, because dropout helps",
        "decay does not help but dropout does",
        "not only dropout, but that as well",
        "not decay but dropout",
        "do not forget dropout",
        "no doubt dropout helps",
        "without dropout, the network overfits",
        "if you do not use dropout, it overfits",
        "use dropout when the validation loss does not fall",
        "arrays cannot grow; dropout can",
        "instead of decay, use dropout",
        "it is not true that dropout does not help",
        "it is not true that decay helps, but dropout does",
        "it is not true that decay helps. We use dropout.",
        "dropout lowers the number of false positives that we see",
        "dropout helps, and the loop ends when the test is false.",
        "if the value is small, go left. It does not go right. Use dropout",
        "it does not store and it is simple with dropout",
    ],
)
def test_affirmed(text: str) -> None:
    assert not any(denials("dropout", text))


def test_a_negation_that_the_pattern_asks_for_denies_nothing() -> None:
    assert denials("no child*", "a node without any children") == [False]
    assert denials("child*", "a node without any children") == [True]
    assert denials("{not converge}~5", "it is not true that it does not converge") == [True]


def test_an_answer_that_hardly_affirms_anything_is_denied_as_a_whole() -> None:
    text = "A stack is not a list, it does not keep order. Last in, first out."
    assert denials("last in first out", text) == [True]
    assert denials("last in first out", "It is a stack and is not a list. Last in, first out") == [
        False
    ]


def test_what_cannot_be_negated_is_still_denied_with_its_statement() -> None:
    assert denials("unlimited", "it is not unlimited", negatable=False) == [False]
    assert denials("unlimited", "it is not true that it is unlimited", negatable=False) == [True]


def test_an_opening_denial_reaches_on_where_it_denies_what_was_asked() -> None:
    untrue = "It is not true that dropout helps. It drops units at random and so does more."
    assert denials("{drop* unit*}~3", untrue) == [False]
    reading = read(untrue)
    asked = Matcher([parse_pattern("dropout"), parse_pattern("{drop* unit*}~3")]).find(reading)
    found = Denials(reading, [match for matches in asked for match in matches])
    assert found.denied(asked[1][0])


def test_a_later_denial_reaches_to_the_end_of_its_sentence() -> None:
    text = "We train a network on data, and it is not true that decay helps. Dropout does."
    assert denials("dropout", text) == [False]


def test_a_clause_is_compared_without_its_negation() -> None:
    text = read("Dropout helps. Dropout does not help.")
    found = Denials(text)
    assert found.clause(0) == found.clause(2) == {"dropout", "help"}
