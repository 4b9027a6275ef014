"""Answers that name both of two things of which only one can be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache

from bot.domain.grading.lexicon import key_of
from bot.domain.grading.text import Text
from bot.domain.grading.words import OPPOSITES

NEAR = 6
"""Words between the two, at most."""

_UNSURE = frozenset("either maybe perhaps possibly probably guess sure might".split())


class Hedges:
    """For one text, which words are one half of "either X or Y"."""

    def __init__(self, text: Text) -> None:
        self._partners: dict[int, int] = {}
        unsure = {
            sentence
            for word, sentence in zip(text.words, text.sentences, strict=True)
            if word in _UNSURE
        }
        for place, word in enumerate(text.words):
            if word == "or" and text.sentences[place] in unsure:
                self._add(text, place)

    def holds(self, match: Collection[int]) -> bool:
        """Whether a word of `match` is one half and the other half is not in the match."""
        return any(
            place in self._partners and self._partners[place] not in match for place in match
        )

    def _add(self, text: Text, place: int) -> None:
        """Pairs the opposites among the words before and after the "or" at `place`."""
        after = {
            key_of(text.words[other]): other
            for other in range(min(place + NEAR, len(text) - 1), place, -1)
        }
        for first in range(max(0, place - NEAR), place):
            for opposite in _opposites().get(key_of(text.words[first]), ()):
                if opposite in after:
                    self._partners[first] = after[opposite]
                    self._partners[after[opposite]] = first


@cache
def _opposites() -> Mapping[str, frozenset[str]]:
    """The opposites of a word, by what words are compared by."""
    keys = [(key_of(one), key_of(other)) for one, other in OPPOSITES]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in keys:
        found[one].add(other)
        found[other].add(one)
    return {key: frozenset(others) for key, others in found.items()}
