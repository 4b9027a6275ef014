"""The attacks do what they say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.text import read
from tests.domain.grading.rubrics import OVERFITTING
from tests.grading import attacks

ANSWER = "It stores the data in a stack, so that pushing is cheap."


def test_a_keyword_list_keeps_the_words_of_content_in_order() -> None:
    assert attacks.keyword_list(ANSWER) == "stores, data, stack, pushing, cheap"


def test_an_answer_is_called_untrue() -> None:
    assert attacks.negated("It grows.") == "It is not true that it grows."


def test_every_known_verb_is_denied() -> None:
    assert attacks.verbs_negated("It stores data and is cheap.") == (
        "It does not stores data and is not cheap."
    )


def test_a_dump_holds_the_answer_and_the_course_and_repeats_itself() -> None:
    terms = "queue heap tree graph the of".split()
    dump = attacks.term_dump(terms, ANSWER)
    assert set(dump.split()) == set(
        "stores data stack pushing cheap queue heap tree graph".split()
    )
    assert dump == attacks.term_dump(terms, ANSWER)


def test_a_rubric_gives_its_own_words_away() -> None:
    assert attacks.pattern_list(OVERFITTING).startswith("early stop, stop train validation, ")


@given(st.integers(0, 1_000))
def test_typos_change_long_words_only_and_never_their_first_letter(seed: int) -> None:
    typed = attacks.with_typos("We stop the training of neural networks", seed).split()
    assert typed[:3] == ["We", "stop", "the"]
    assert typed[4] == "of"
    assert "".join(word[0] for word in typed) == "Wsttonn"
    assert len(read(" ".join(typed))) == 7
