"""Finds patterns in texts: every place where a phrase or a window is filled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from bot.domain.grading.lexicon import Lexicon, Occurrence
from bot.domain.grading.patterns import Pattern, Slot, Window, Wording
from bot.domain.grading.text import Text
from bot.domain.grading.words import FUNCTION_WORDS, NEGATORS

Match = Occurrence
"""The positions of the words that filled a pattern, ascending."""

MAX_GAP = 3
"""Function words that may stand between two words of a phrase."""

_LIGHT = FUNCTION_WORDS - NEGATORS


@dataclass(frozen=True, slots=True)
class _Element:
    """Slots as wordings of word numbers; `size` is 0 for a single slot."""

    slots: tuple[tuple[tuple[int, ...], ...], ...]
    size: int = 0


class Matcher:
    """A set of patterns, compiled once, that are found together in each text."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._lexicon = Lexicon()
        self._ways = [tuple(self._compile(pattern)) for pattern in patterns]

    def find(self, text: Text) -> list[list[Match]]:
        """By pattern, its matches in `text`; a phrase never crosses the end of a sentence."""
        search = _Search(text, self._lexicon.locate(text))
        return [
            sorted({match for way in ways for match in search.row(way)}) for ways in self._ways
        ]

    def _compile(self, pattern: Pattern) -> Iterator[tuple[_Element, ...]]:
        """The ways to fill `pattern`: as written, two words as one, two words the other way."""
        elements = tuple(self._element(element, pattern.fuzzy) for element in pattern.elements)
        yield elements
        plain = [None if isinstance(e, Window) else _plain(e) for e in pattern.elements]
        for place, (first, second) in enumerate(pairwise(plain)):
            if first and second and not first.prefix:
                joined = Wording((first.words[0] + second.words[0],), second.prefix)
                element = self._element((joined,), pattern.fuzzy)
                yield (*elements[:place], element, *elements[place + 2 :])
        if len(elements) == 2 and all(_has_content(e) for e in pattern.elements):
            yield elements[::-1]

    def _element(self, element: Slot | Window, fuzzy: bool) -> _Element:
        if isinstance(element, Window):
            slots = tuple(self._numbers(slot, fuzzy) for slot in element.slots)
            return _Element(slots, element.size)
        return _Element((self._numbers(element, fuzzy),))

    def _numbers(self, slot: Slot, fuzzy: bool) -> tuple[tuple[int, ...], ...]:
        add = self._lexicon.add
        return tuple(
            (
                *(add(word, prefix=False, fuzzy=fuzzy) for word in wording.words[:-1]),
                add(wording.words[-1], prefix=wording.prefix, fuzzy=fuzzy),
            )
            for wording in slot
        )


class _Search:
    """One text and where the words of the patterns stand in it."""

    def __init__(self, text: Text, found: Sequence[Sequence[Occurrence]]) -> None:
        self._sentences = text.sentences
        self._found = found
        self._heavy = [0, *accumulate(word not in _LIGHT for word in text.words)]

    def row(self, elements: Sequence[_Element]) -> list[Match]:
        """Matches of all `elements`, one after the other."""
        matches = self._one(elements[0])
        for element in elements[1:]:
            if not matches:
                break
            matches = list(self._extended(matches, self._one(element)))
        return matches

    def _one(self, element: _Element) -> list[Match]:
        slots = [self._slot(slot) for slot in element.slots]
        if element.size:
            return list(self._windows(slots, element.size)) if all(slots) else []
        return slots[0]

    def _slot(self, wordings: tuple[tuple[int, ...], ...]) -> list[Match]:
        if len(wordings) == 1 and len(wordings[0]) == 1:
            return list(self._found[wordings[0][0]])
        matches: set[Match] = set()
        for first, *rest in wordings:
            found = list(self._found[first])
            for number in rest:
                found = list(self._extended(found, self._found[number]))
            matches.update(found)
        return sorted(matches)

    def _extended(self, matches: Sequence[Match], nexts: Sequence[Match]) -> Iterator[Match]:
        """Each match with the nearest of `nexts` (ascending) that follows it directly enough."""
        for match in matches:
            end = match[-1]
            place = bisect_left(nexts, (end + 1,))
            if place < len(nexts) and self._close(end, nexts[place][0]):
                yield match + nexts[place]

    def _close(self, end: int, start: int) -> bool:
        return (
            start - end - 1 <= MAX_GAP
            and self._heavy[start] == self._heavy[end + 1]
            and self._sentences[start] == self._sentences[end]
        )

    def _windows(self, slots: Sequence[Sequence[Match]], size: int) -> Iterator[Match]:
        """The smallest ranges with a word for every slot, as in merging sorted lists."""
        at = [0] * len(slots)
        while True:
            chosen = [slot[place] for slot, place in zip(slots, at, strict=True)]
            least = min(range(len(slots)), key=lambda slot: chosen[slot])
            start, end = chosen[least][0], max(match[-1] for match in chosen)
            words = sorted(word for match in chosen for word in match)
            if end - start < size and len(set(words)) == len(words):
                yield tuple(words)
            at[least] += 1
            if at[least] == len(slots[least]):
                return


def _plain(slot: Slot) -> Wording | None:
    """The only wording of `slot` if it is one word that carries content."""
    if len(slot) == 1 and len(slot[0].words) == 1 and slot[0].words[0] not in FUNCTION_WORDS:
        return slot[0]
    return None


def _has_content(element: Slot | Window) -> bool:
    return not isinstance(element, Window) and all(
        wording.words[0] not in FUNCTION_WORDS and wording.words[0].isalpha()
        for wording in element
    )
