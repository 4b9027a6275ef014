"""What an answer denies: the reach of `not` inside its clause, and whole statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from bot.domain.grading.clauses import clauses
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.reach import is_negator, reach
from bot.domain.grading.refutation import refutations
from bot.domain.grading.text import Text
from bot.domain.grading.words import AUXILIARIES, NEGATORS

SHORT = 8
"""Words of a statement that can be denied twice and still be followed."""

_MOST = 0.6
_NEARLY_ALL = 0.7
_SPARSE = 14
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
        self._negators = {place for place in range(len(text)) if is_negator(text, place)}
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

    def _deny(self, place: int) -> None:
        """Marks what the negation at `place` denies; inside a condition it denies nothing."""
        if self._clauses[place] < 0:
            return
        for word in reach(self._text, self._clauses, place):
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
        """Whether hardly a verb of the answer affirms anything.

        Plain verbs cannot be told from nouns, so clauses are weighed as well: people who deny
        here and there say most of what they have to say in others.
        """
        words = self._text.words
        denying = [p for p in self._negators if p and words[p - 1] in AUXILIARIES]
        affirming = sum(word in _FINITE for word in words) - len(denying)
        if sum(not self._forbids(place) for place in denying) < 2:
            return False
        if len(denying) <= 2 * affirming:
            return False
        if len(words) > _SPARSE * len(denying):
            return False
        return self._share(self._clauses, denying) >= _MOST and (
            self._share(self._statements(), denying) >= _NEARLY_ALL
        )

    def _statements(self) -> Sequence[int]:
        """By word, the number of its sentence or of its part between colons and semicolons."""
        sentences = self._text.sentences
        return list(
            accumulate(
                int(place in self._text.breaks or sentence != sentences[max(0, place - 1)])
                for place, sentence in enumerate(sentences)
            )
        )

    def _forbids(self, place: int) -> bool:
        """Whether the negation at `place` is that of "Do not …", which denies its clause only."""
        start = place - 1
        opens = not start or self._clauses[start] != self._clauses[start - 1]
        return self._text.words[start] == "do" and opens

    @staticmethod
    def _share(units: Sequence[int], places: Iterable[int]) -> float:
        """The share of words whose unit (clause, sentence), by number, has one of `places`."""
        held = {units[place] for place in places}
        return sum(unit in held for unit in units) / len(units)
