"""Scores free text by model answers alone, where nobody has written a rubric.

The share of a model answer's words that an answer has, one way or another: a lexical method
without training, after the baselines in Mohler, Bunescu and Mihalcea (ACL 2011).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.grading.answers import Flag, Reading, Setting, refused
from bot.domain.grading.lexicon import Lexicon, key_of
from bot.domain.grading.negation import Denials
from bot.domain.grading.text import read
from bot.domain.grading.thesaurus import kindred
from bot.domain.grading.words import FUNCTION_WORDS, PLAIN_WORDS

MAX_WORDS = 400
"""Words of an answer that are read."""

_EXACT, _AKIN, _KINDRED, _OPPOSED = 1.0, 0.7, 0.6, 0.6
_HEAD = 4
_ASKED_WEIGHT = 0.12
_PLAIN_WEIGHT = 0.5
_PRIOR_HIT, _PRIOR_MISS = 0.3, 0.6
_FULL_LENGTH = 4
_POWER = 0.4
_WORDING = 0.2
_GRAM = 4
_DENIED = 0.3
_MOST = 0.7


@dataclass(frozen=True, slots=True)
class AutomaticGrade:
    """An estimated mark (0 to 1; None: not scored) and the model answer's words behind it.

    `found` and `missing` are words of the model answer that fits best, the weightiest first.
    """

    score: float | None
    found: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    flags: frozenset[Flag] = frozenset()


class AutomaticGrader:
    """Model answers made ready; grade as many answers with them as you like."""

    def __init__(self, references: Sequence[str], question: str, language: str) -> None:
        self._setting = Setting.of(question, language, concepts=3)
        self._lexicon = Lexicon()
        self._models = [self._model(reference) for reference in references]

    def grade(self, answer: str) -> AutomaticGrade:
        """The grade of `answer` by the model answer that it is nearest to; never raises."""
        reading = Reading.of(answer, MAX_WORDS)
        if flag := refused(reading, self._setting):
            score = None if flag is Flag.OTHER_LANGUAGE else 0.0
            return AutomaticGrade(score, flags=frozenset({flag}))
        said = _Said(reading, self._lexicon, self._setting)
        best = max((self._by(model, said) for model in self._models), key=lambda it: it.score or 0)
        cap = reading.cap(self._setting)
        flags = frozenset({Flag.LIST}) if cap < 1 else frozenset[Flag]()
        return replace(best, score=min(best.score or 0.0, cap), flags=flags)

    def _by(self, model: _Model, said: _Said) -> AutomaticGrade:
        fits = {term: said.fit(term) for term in model.terms}
        hit = sum(term.weight * fit for term, fit in fits.items())
        total = sum(term.weight for term in model.terms)
        prior = _PRIOR_HIT * min(1.0, said.new / _FULL_LENGTH)
        share = (hit + prior) / (total + _PRIOR_HIT + _PRIOR_MISS)
        score = min(1.0, share**_POWER + _WORDING * _likeness(said.grams, model.grams))
        if said.denies(model.terms):
            score *= _DENIED
        ordered = sorted(model.terms, key=lambda term: -term.weight)
        return AutomaticGrade(
            score=score,
            found=tuple(term.word for term in ordered if fits[term] > 0),
            missing=tuple(term.word for term in ordered if fits[term] == 0),
        )

    def _model(self, reference: str) -> _Model:
        text = read(reference, MAX_WORDS)
        denials = Denials(text)
        places = [place for place, word in enumerate(text.words) if word not in FUNCTION_WORDS]
        content = [text.words[place] for place in places or range(len(text))]
        terms = {
            key_of(text.words[place]): self._term(text.words[place], denials.denied([place]))
            for place in reversed(places or range(len(text)))
        }
        return _Model(tuple(terms.values()), _grams(content))

    def _term(self, word: str, denied: bool) -> _Term:
        key = key_of(word)
        weight = 1.0
        if key in self._setting.content:
            weight = _ASKED_WEIGHT
        elif word in PLAIN_WORDS:
            weight = _PLAIN_WEIGHT
        number = self._lexicon.add(word, prefix=False, fuzzy=True)
        return _Term(word, key, weight, number, denied)


def compile_references(
    references: Sequence[str], question: str = "", language: str = "en"
) -> AutomaticGrader:
    """A grader by one or more model answers to `question`.

    Raises:
        ValueError: There is no model answer, or one of them holds no word.
    """
    if not references or not all(len(read(reference)) for reference in references):
        raise ValueError("every model answer has to hold a word, and there has to be one")
    return AutomaticGrader(references, question, language)


@dataclass(frozen=True, slots=True)
class _Term:
    """A word of a model answer, what it is compared by, and its number in the lexicon."""

    word: str
    key: str
    weight: float
    number: int
    denied: bool


@dataclass(frozen=True, slots=True)
class _Model:
    """A model answer: its distinct words, and its wording as overlapping pieces of letters."""

    terms: tuple[_Term, ...]
    grams: Mapping[str, int]


class _Said:
    """What an answer says, ready to be held against the words of a model answer."""

    def __init__(self, reading: Reading, lexicon: Lexicon, setting: Setting) -> None:
        words = reading.text.words
        located = {n: places for n, places in enumerate(lexicon.locate(reading.text)) if places}
        denials = Denials(reading.text, (place for places in located.values() for place in places))
        self._exact = {n: set(map(denials.denied, places)) for n, places in located.items()}
        self._refuted = {n for n, at in located.items() if all(map(denials.refuted, at))}
        content = [word for word in words if word not in FUNCTION_WORDS]
        keys = {key_of(word) for word in content}
        self._keys = keys
        self._heads = {key[:_HEAD] for key in keys if len(key) >= _HEAD}
        self._asked = setting.content
        self.new = len(keys - setting.content)
        self.grams = _grams(content)

    def opposes(self, term: _Term) -> bool:
        """Whether the answer denies what the model answer affirms, or the other way round."""
        return term.denied not in self._exact.get(term.number, {term.denied})

    def denies(self, terms: Sequence[_Term]) -> bool:
        """Whether the answer says most of a model answer only to deny it."""
        total = sum(term.weight for term in terms)
        said = sum(term.weight for term in terms if term.number in self._exact)
        refuted = sum(term.weight for term in terms if term.number in self._refuted)
        opposed = sum(term.weight for term in terms if self.opposes(term))
        return refuted > _MOST * said or (said >= _MOST * total and opposed > _MOST * said)

    def fit(self, term: _Term) -> float:
        """How far the answer has `term`: 1 for the word itself, less for a kindred one."""
        if term.number in self._exact:
            return _OPPOSED if self.opposes(term) else _EXACT
        if term.key[:_HEAD] in self._heads:
            return _AKIN
        akin = kindred().get(term.key, frozenset()) & self._keys
        if akin - self._asked:
            return _KINDRED
        return _KINDRED / 2 if akin else 0.0


def _grams(words: Sequence[str]) -> Counter[str]:
    joined = " ".join(words)
    return Counter(joined[start : start + _GRAM] for start in range(len(joined) - _GRAM + 1))


def _likeness(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    """Dice's coefficient of two bags."""
    total = sum(one.values()) + sum(other.values())
    shared = sum(min(count, other.get(gram, 0)) for gram, count in one.items())
    return 2 * shared / total if total else 0.0
