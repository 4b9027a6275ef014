"""Lists of terms, and questions said back."""

from __future__ import annotations

import pytest

from bot.domain.grading.stuffing import (
    LIST_CAP,
    NAMES_CAP,
    asks_for_code,
    asks_for_names,
    list_cap,
    says_back,
)
from bot.domain.grading.text import read

WHY = "Why does a network overfit?"
NAMES = "Name the learning rules that you know."
CODE = "Write the perceptron algorithm in pseudo code."


def cap(answer: str, question: str, concepts: int = 3) -> float:
    names, code = asks_for_names(question), asks_for_code(question)
    return list_cap(answer, read(answer), names=names, code=code, concepts=concepts)


@pytest.mark.parametrize(
    "question",
    [
        "Name two ways to fight overfitting.",
        "List the parts of a class.",
        "Enumerate all learning rules!",
        "Which kernels do you know?",
        "What are the two main functions of a stack?",
        "What stages does the cycle have?",
        "Please name one.",
        "Define it and give at least two examples.",
        "There are several classes, which?",
    ],
)
def test_questions_that_names_answer(question: str) -> None:
    assert asks_for_names(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "What is a linked list?",
        "What helps against overfitting?",
        "Why is the list empty?",
        "What are the differences between lists and arrays?",
        "What are the main advantages of a list?",
        "How does a hash table work?",
        "Explain the loss that is used.",
    ],
)
def test_questions_that_ask_for_more(question: str) -> None:
    assert not asks_for_names(question)


def test_questions_that_code_answers() -> None:
    assert asks_for_code(CODE)
    assert not asks_for_code(WHY)


@pytest.mark.parametrize(
    "answer",
    [
        "Because it has more weights than the data can pin down.",
        "It learns the noise.",
        "noise",
        "too many weights",
        "memorises training data",
        "Use dropout and stop early.",
        "Many weights, few examples, and so the noise is learnt, too.",
        "Because of noise, size, time, luck.",
        "Training error falls, validation error rises.",
        "Training error falls, validation error rises, model overfits.",
        "Network memorises training noise, fails unseen data",
        "Too many weights, few examples: network memorises noise, test error grows.",
        "Many parameters little data, so learns noise instead signal",
        "Capacity exceeds data; memorises noise, poor test error",
    ],
)
def test_sentences_and_short_answers_are_no_lists(answer: str) -> None:
    assert cap(answer, WHY) == 1.0


@pytest.mark.parametrize(
    "answer",
    [
        "noise, weights, capacity, variance, memorise",
        "noise weights capacity variance memorise examples",
        "noise\nweights\ncapacity\nvariance\n",
        "the noise, many weights, high capacity, more variance, by heart",
        "1. noise 2. weights 3. capacity 4. variance 5. memory",
        "early stopping dropout weight decay regularization and data augmentation validation",
        "noise weights capacity variance with dropout early stopping",
        "the overfitting variance capacity noise regularization of weights decay dropout",
        "overfitting noise weights of capacity variance memorise and examples dropout",
        "noise capacity variance memorises weights dropout",
    ],
)
def test_lists_are_capped_where_an_explanation_is_asked_for(answer: str) -> None:
    assert cap(answer, WHY) == LIST_CAP


def test_three_bare_words_are_half_an_answer_at_most() -> None:
    assert cap("noise, weights, capacity", WHY) == NAMES_CAP


@pytest.mark.parametrize("answer", ["push, pop", "Hebb Boltzmann delta competitive memory"])
def test_bare_names_are_half_an_answer_at_most(answer: str) -> None:
    assert cap(answer, NAMES) == NAMES_CAP


@pytest.mark.parametrize(
    "answer",
    [
        "Push and pop.",
        "delta",
        "1. Hebb 2. Boltzmann 3. delta 4. competitive 5. memory",
        "- Hebb\n- Boltzmann\n- delta\n- competitive\n- memory",
        "I know the rules of Hebb and Boltzmann.",
    ],
)
def test_names_that_somebody_set_out_are_a_whole_answer(answer: str) -> None:
    assert cap(answer, NAMES) == 1.0


def test_far_more_names_than_there_are_concepts_are_a_dump() -> None:
    words = "abcdefghijklmnopqrstuvwxyz"
    dump = " ".join(f"- {one}{other}term" for one in words[:6] for other in words[:6])
    assert cap(dump, NAMES) == LIST_CAP
    assert cap(dump, NAMES, concepts=10) == 1.0


def test_code_is_an_answer_where_code_is_asked_for() -> None:
    code = "w = zeros(n); repeat { y = sign(w x); w = w + eta (d - y) x; }"
    assert cap(code, CODE) == 1.0
    assert cap("weights zero update error input repeat converge", CODE) < 1.0


ASKED = frozenset("network overfit train".split())


@pytest.mark.parametrize("given", ["network overfit train", "overfit train"])
def test_the_question_said_back(given: str) -> None:
    assert says_back(frozenset(given.split()), ASKED)


@pytest.mark.parametrize("given", ["", "overfit", "network overfit train noise", "noise"])
def test_anything_new_is_an_answer(given: str) -> None:
    assert not says_back(frozenset(given.split()), ASKED)
