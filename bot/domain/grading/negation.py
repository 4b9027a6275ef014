"""What an answer denies: the reach of `not`, of "it is not true that …", of "that is wrong"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from bot.domain.grading.clauses import clauses
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.text import Text
from bot.domain.grading.words import AUXILIARIES, NEGATORS

REACH = 25
"""Words after a negation that it denies, inside its clause."""

SUBJECT = 6
"""Words before "is not", "does not" that are denied with it, inside its clause."""

OPENING = 8
"""A denial whose verdict stands among the first words denies the whole answer."""

_HARMLESS = frozenset(
    "only just merely solely simply necessarily matter doubt forget neglect ignore".split()
)
_INSTEAD = {"instead": "of", "rather": "than"}
_SILENT = NEGATORS | AUXILIARIES
_FINITE = AUXILIARIES - frozenset("be been being am need".split())
_FALSE = frozenset("false wrong incorrect untrue mistaken myth nonsense".split())
_TRUE = frozenset("true correct right case".split())
_DOUBT = frozenset("think believe agree say claim mean".split())
_CONTRAST = frozenset("but however instead rather actually".split())
_POINTING = frozenset(
    "this that these those it statement claim assertion idea above answer all everything none"
    " neither sentence".split()
)


class Denials:
    """For one text, which words stand under which negations."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._clauses = list(clauses(text))
        self._denying: list[set[int]] = [set() for _ in text.words]
        self._refuted: set[int] = set()
        self._negators = {
            place for place, word in enumerate(text.words) if self._is_negator(place, word)
        }
        for place in self._negators:
            self._deny(place)
        for place in range(len(text)):
            self._refute(place)
        self._mostly = self._mostly_denies()

    def denied(self, match: Collection[int], *, negatable: bool = True) -> bool:
        """Whether the words at the places of `match` are denied.

        A negation that is itself part of the match does not count. With `negatable` false only
        denials of whole statements do ("it is not true that …", an answer that hardly affirms
        anything). A statement denied twice stands.
        """
        negated = self._mostly and self._negators.isdisjoint(match)
        if negatable and not negated:
            own = set(match)
            negated = any(self._denying[word] - own for word in match)
        return self.refuted(match) != negated

    def refuted(self, match: Collection[int]) -> bool:
        """Whether a word at the places of `match` is part of a statement said to be untrue."""
        return not self._refuted.isdisjoint(match)

    def clause(self, place: int) -> frozenset[str]:
        """What the words of the clause at `place` but negations and auxiliaries compare by."""
        return self._clause_keys[self._clauses[place]]

    @cached_property
    def _clause_keys(self) -> Mapping[int, frozenset[str]]:
        keys: defaultdict[int, set[str]] = defaultdict(set)
        for number, word in zip(self._clauses, self._text.words, strict=True):
            keys[number] |= {key_of(word)} if word not in _SILENT else set()
        return {number: frozenset(found) for number, found in keys.items()}

    def _is_negator(self, place: int, word: str) -> bool:
        """Whether the word denies: not in "not only", "do not forget", "without it, …"."""
        following = self._text.words[place + 1 : place + 2]
        if word in _INSTEAD:
            return following == (_INSTEAD[word],)
        if word == "without":
            sentences = self._text.sentences
            return place > 0 and sentences[place - 1] == sentences[place]
        return word in NEGATORS and _HARMLESS.isdisjoint(following)

    def _deny(self, place: int) -> None:
        words, clause = self._text.words, self._clauses[place]
        if clause < 0:
            return
        for word in range(place + 1, min(place + 1 + REACH, len(words))):
            if self._clauses[word] != clause:
                break
            self._denying[word].add(place)
        if place and words[place - 1] in AUXILIARIES:
            for word in range(place - 2, max(-1, place - 2 - SUBJECT), -1):
                if self._clauses[word] != clause:
                    break
                self._denying[word].add(place)

    def _mostly_denies(self) -> bool:
        """Whether hardly a verb of the answer affirms anything."""
        words = self._text.words
        denying = sum(place > 0 and words[place - 1] in AUXILIARIES for place in self._negators)
        affirming = sum(word in _FINITE for word in words) - denying
        return denying >= 2 and denying > 2 * affirming

    def _refute(self, place: int) -> None:
        """Refutes what a verdict ("not true", "wrong") at `place` speaks of."""
        words = self._text.words
        before = range(max(0, place - 3), place)
        negative = not NEGATORS.isdisjoint(words[number] for number in before)
        word = words[place]
        if word not in (_TRUE | _DOUBT if negative else _FALSE):
            return
        verdict = set(range(before.start, place + 1))
        following = words[place + 1 : place + 5]
        if "that" in following:
            start = place + 2 + following.index("that")
            self._mark(self._statement(start, place), verdict)
        elif word not in _DOUBT and self._ends_sentence(place):
            self._mark(self._pointed_at(place), verdict)

    def _mark(self, places: Iterable[int], verdict: set[int]) -> None:
        for place in places:
            self._refuted.add(place)
            self._denying[place] -= verdict
        self._negators -= verdict

    def _statement(self, start: int, verdict: int) -> Iterable[int]:
        """What "it is not true that" speaks of: its sentence, or, first of all, everything."""
        words, sentences = self._text.words, self._text.sentences
        for place in range(start, len(words)):
            beyond = verdict >= OPENING and sentences[place] != sentences[verdict]
            if beyond or words[place] in _CONTRAST:
                return
            yield place

    def _ends_sentence(self, place: int) -> bool:
        sentences = self._text.sentences
        return place + 1 == len(sentences) or sentences[place + 1] != sentences[place]

    def _pointed_at(self, place: int) -> Iterable[int]:
        """What "… that statement is wrong" speaks of: its sentence, or if short all before."""
        words, sentences = self._text.words, self._text.sentences
        start = place
        while start and sentences[start - 1] == sentences[place]:
            start -= 1
        if _POINTING.isdisjoint(words[start : start + 4]):
            return range(0)
        return range(0 if place - start <= OPENING else start, place)
