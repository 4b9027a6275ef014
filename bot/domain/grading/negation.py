"""What an answer denies: the reach of `not` inside its clause, and whole statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from bot.domain.grading.clauses import clauses
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.refutation import refutations
from bot.domain.grading.text import Text
from bot.domain.grading.words import AUXILIARIES, INSTEAD, NEGATORS

REACH = 25
"""Words after a negation that it denies, inside its clause."""

SUBJECT = 6
"""Words before "is not", "does not" that are denied with it, inside its clause."""

SHORT = 8
"""Words of a statement that can be denied twice and still be followed."""

_HARMLESS = frozenset(
    "only just merely solely simply necessarily matter doubt forget neglect ignore".split()
)
_SILENT = NEGATORS | AUXILIARIES
_FINITE = AUXILIARIES - frozenset("be been being am need".split())


class Denials:
    """For one text, which words stand under which negations.

    `matches` are the places of what was found in the text of all that was asked for.
    """

    def __init__(self, text: Text, matches: Iterable[Collection[int]] = ()) -> None:
        self._text = text
        self._clauses = list(clauses(text))
        self._denying: list[set[int]] = [set() for _ in text.words]
        self._negators = {
            place for place, word in enumerate(text.words) if self._is_negator(place, word)
        }
        for place in self._negators:
            self._deny(place)
        self._refuted: set[int] = set()
        self._settled: set[int] = set()
        self._refute({place for match in matches for place in match})
        self._mostly = self._mostly_denies()

    def denied(self, match: Collection[int], *, negatable: bool = True) -> bool:
        """Whether the words at the places of `match` are denied.

        A negation that is itself part of the match does not count. With `negatable` false only
        denials of whole statements do ("it is not true that …", an answer that hardly affirms
        anything). A short statement denied twice stands ("it is wrong that it does not help").
        """
        if not self._settled.isdisjoint(match):
            return True
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
        if word in INSTEAD:
            return following == (INSTEAD[word],)
        if word == "without":
            sentences = self._text.sentences
            return place > 0 and sentences[place - 1] == sentences[place]
        return word in NEGATORS and _HARMLESS.isdisjoint(following)

    def _deny(self, place: int) -> None:
        """Marks what the negation at `place` denies; inside a condition it denies nothing."""
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

    def _refute(self, asked: set[int]) -> None:
        """Marks what is called untrue; the negations of those verdicts deny nothing else."""
        for refutation in refutations(self._text):
            untrue = set(refutation.statement)
            if not asked.isdisjoint(untrue):
                untrue |= refutation.beyond
            self._refuted |= untrue
            if len(untrue) > SHORT:
                self._settled |= untrue
            self._negators -= refutation.verdict
            for place in untrue:
                self._denying[place] -= refutation.verdict

    def _mostly_denies(self) -> bool:
        """Whether hardly a verb of the answer affirms anything."""
        words = self._text.words
        denying = sum(place > 0 and words[place - 1] in AUXILIARIES for place in self._negators)
        affirming = sum(word in _FINITE for word in words) - denying
        return denying >= 2 and denying > 2 * affirming
