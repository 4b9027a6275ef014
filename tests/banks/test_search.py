"""Finding areas and topics by what people call them."""

from __future__ import annotations

import pytest

from bot.banks.search import SUGGESTIONS, find_topic, suggest
from bot.banks.taxonomy import load_taxonomy
from bot.domain.questions import Area, Bank, Topic

BANK = Bank(load_taxonomy(), {})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("statistics", "statistics"),
        ("  Statistics ", "statistics"),
        ("STAT", "statistics"),
        ("language_av", "language_av"),
        ("language av", "language_av"),
        ("Applied Mathematics", "applied_math"),
        ("applied-math", "applied_math"),
        ("probability-theorems", "probability-theorems"),
        ("Probability theorems", "probability-theorems"),
        ("probability", "probability-theorems"),
        ("mean, median and standard deviation", "mean-spread"),
        ("C++", "cpp"),
        ("R", "r"),
        ("python", "python"),
        ("numpy", "python-numeric"),
    ],
)
def test_ids_prefixes_and_titles_in_any_spelling(query: str, expected: str) -> None:
    found = find_topic(BANK, query)
    assert found is not None
    assert found.id == expected


@pytest.mark.parametrize("query", ["", "  ", "!!!", "statistcs", "and", "xyzzy", "x" * 100_000])
def test_what_nothing_or_too_much_is_called_is_not_found(query: str) -> None:
    assert find_topic(BANK, query) is None


def test_every_id_and_title_finds_its_own() -> None:
    for area in BANK.areas:
        places: tuple[Area | Topic, ...] = (area, *area.topics)
        for place in places:
            names = (place.id, place.title)
            assert [find_topic(BANK, name) for name in names] == [place, place]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("statistcs", "statistics"),
        ("pyhton", "python"),
        ("transfomers", "transformers"),
        ("neural networks", "neural"),
        ("bayes", "probability-theorems"),
        ("gardient descent", "gradient-descent"),
    ],
)
def test_a_slip_or_a_subject_suggests_the_right_place_first(query: str, expected: str) -> None:
    places = suggest(BANK, query)
    assert places[0].id == expected
    assert len({place.id for place in places}) == len(places) <= SUGGESTIONS


@pytest.mark.parametrize("query", ["", "?", "xyzzy"])
def test_nothing_is_suggested_where_nothing_is_near(query: str) -> None:
    assert suggest(BANK, query) == ()
