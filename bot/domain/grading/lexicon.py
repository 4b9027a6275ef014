"""Where the words of a set of patterns occur in a text, in time linear in the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bot.domain.grading.text import Text, spelling, stem
from bot.domain.grading.typos import allowance, inflections, is_slip, may_be_slip, nearest_slips
from bot.domain.grading.words import NOT_WORDS

Occurrence = tuple[int, ...]
"""The positions of the words that were found, ascending."""

_HEAD = 2


class Lexicon:
    """Every word and every prefix of a set of patterns, each under a number.

    Words are found by stem, as one word written in two, and, where `fuzzy`, with a slip.
    """

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, bool, bool], int] = {}
        self._stems: defaultdict[str, list[int]] = defaultdict(list)
        self._prefixes: defaultdict[str, list[int]] = defaultdict(list)
        self._forms: defaultdict[str, list[int]] = defaultdict(list)
        self._fuzzy: defaultdict[str, dict[str, list[int]]] = defaultdict(dict)
        self._fuzzy_prefixes: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._heads: set[str] = set()

    def add(self, word: str, *, prefix: bool, fuzzy: bool) -> int:
        """The number of `word`, which is new or known already."""
        key = (word, prefix, fuzzy)
        if key in self._numbers:
            return self._numbers[key]
        number = self._numbers[key] = len(self._numbers)
        for form in inflections(word):
            self._forms[form].append(number)
            if fuzzy and allowance(len(form)):
                self._fuzzy[form[0]].setdefault(form, []).append(number)
        if prefix:
            for start in {word, spelling(word), spelling(f"{word}e").removesuffix("e")}:
                self._prefixes[start].append(number)
                if fuzzy and allowance(len(start)):
                    self._fuzzy_prefixes[start[0]].append((start, number))
        else:
            base = key_of(word)
            self._stems[base].append(number)
            self._heads.add(base[:_HEAD])
        return number

    def locate(self, text: Text) -> list[list[Occurrence]]:
        """By number, where in `text` each word occurs."""
        found: list[list[Occurrence]] = [[] for _ in self._numbers]
        known: dict[str, tuple[int, ...]] = {}
        last = len(text) - 1
        for place, word in enumerate(text.words):
            if word not in known:
                known[word] = tuple(self._numbers_of(word))
            for number in known[word]:
                found[number].append((place,))
            if place < last and text.clauses[place] == text.clauses[place + 1]:
                for number in self._forms.get(word + text.words[place + 1], ()):
                    found[number].append((place, place + 1))
        return found

    def _numbers_of(self, word: str) -> Iterable[int]:
        exact = set(self._by_prefix(word))
        if word[:_HEAD] in self._heads or word in NOT_WORDS:
            exact.update(self._stems.get(key_of(word), ()))
        if exact or not may_be_slip(word):
            return sorted(exact)
        return sorted(self._by_slip(word))

    def _by_prefix(self, word: str) -> Iterable[int]:
        for end in range(2, len(word) + 1):
            yield from self._prefixes.get(word[:end], ())

    def _by_slip(self, word: str) -> set[int]:
        forms = self._fuzzy.get(word[0], {})
        found = {number for form in nearest_slips(word, tuple(forms)) for number in forms[form]}
        for start, number in self._fuzzy_prefixes.get(word[0], ()):
            size = len(start)
            if any(is_slip(word[:cut], start) for cut in (size - 1, size, size + 1)):
                found.add(number)
        return found


def key_of(word: str) -> str:
    """What words are compared by: their stem, or `not` for every way of denying."""
    return "not" if word in NOT_WORDS else stem(word)
