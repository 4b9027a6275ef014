"""Statements that an answer calls untrue: "it is not true that …", "… That is wrong."."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.domain.grading.text import Text
from bot.domain.grading.words import INSTEAD, NEGATORS

OPENING = 8
"""A denial whose verdict stands among the first words may deny the whole answer."""

MOST = 8
"""Verdicts that are followed; nobody who means it gives more."""

_VERDICT = 4
_FALSE = frozenset("false wrong incorrect untrue mistaken nonsense".split())
_MYTHS = frozenset("myth misconception".split())
_TRUE = frozenset("true correct right case".split())
_DOUBT = frozenset("think believe agree say claim mean".split())
_COPULAS = frozenset("is are was were be".split())
_DEGREES = frozenset("completely simply just plainly quite entirely totally not the a".split())
_CONTRAST = frozenset("but however instead rather actually".split())
_POINTING = frozenset(
    "this that these those statement claim assertion idea above everything none neither".split()
)


@dataclass(frozen=True, slots=True)
class Refutation:
    """The places of a verdict, of the statement in its sentence, and of what follows or leads up.

    `beyond` is denied with the statement if that holds anything that was asked for: people do
    begin an answer with "It is not true that …" and go on with what is.
    """

    verdict: frozenset[int]
    statement: frozenset[int]
    beyond: frozenset[int] = frozenset()


def refutations(text: Text) -> Iterator[Refutation]:
    """The statements of `text` that it calls untrue."""
    verdicts = (place for place in range(len(text)) if _is_verdict(text, place))
    for place in islice(verdicts, MOST):
        verdict = frozenset(range(max(0, place - _VERDICT), place + 1))
        start = _statement_start(text, place)
        if start is not None:
            yield _ahead(text, place, start, verdict)
        elif _ends_sentence(text, place) and text.words[place] not in _DOUBT:
            yield from _back(text, place, verdict)


def _is_verdict(text: Text, place: int) -> bool:
    """Whether the word at `place` says "not true", "is wrong", "a myth", "do not think"."""
    word = text.words[place]
    before = text.words[max(0, place - _VERDICT) : place]
    if word in _TRUE or word in _DOUBT:
        return not NEGATORS.isdisjoint(before)
    if word in _FALSE:
        spoken = [other for other in before if other not in _DEGREES]
        return bool(spoken) and spoken[-1] in _COPULAS and NEGATORS.isdisjoint(before)
    return word in _MYTHS and NEGATORS.isdisjoint(before)


def _statement_start(text: Text, place: int) -> int | None:
    """Where the statement begins after "… that" or "… to say that"."""
    following = text.words[place + 1 : place + 5]
    if following[:1] not in (("that",), ("to",)) or "that" not in following:
        return None
    start = place + 2 + following.index("that")
    same = start < len(text) and text.sentences[start] == text.sentences[place]
    return start if same else None


def _ahead(text: Text, place: int, start: int, verdict: frozenset[int]) -> Refutation:
    """Denies what follows, up to a contrast ("but …").

    Who says what something "does not mean" goes on with what it means: nothing beyond is denied.
    """
    contrasts = (p for p in range(start, len(text)) if _is_contrast(text.words, p))
    reach = range(start, next(contrasts, len(text)))
    end = next((p for p in reach if _ends_statement(text, place, p)), reach.stop)
    statement = frozenset(range(start, end))
    opens = place < OPENING and text.words[place] not in _DOUBT
    beyond = frozenset(range(end, reach.stop)) if opens else frozenset[int]()
    return Refutation(verdict, statement, beyond)


def _ends_statement(text: Text, verdict: int, place: int) -> bool:
    """Whether the word at `place` stands in a new sentence, or after a colon or a semicolon."""
    return place in text.breaks or text.sentences[place] != text.sentences[verdict]


def _is_contrast(words: Sequence[str], place: int) -> bool:
    """Whether a contrast begins here: "instead, …", but not "instead of …"."""
    word = words[place]
    return word in _CONTRAST and tuple(words[place + 1 : place + 2]) != (INSTEAD.get(word),)


def _back(text: Text, place: int, verdict: frozenset[int]) -> Iterator[Refutation]:
    """Denies the sentence that ends in the verdict; a short one points at all before it."""
    start = place
    while start and text.sentences[start - 1] == text.sentences[place]:
        start -= 1
    if not _POINTING.isdisjoint(text.words[start : start + 4]):
        first = 0 if place - start <= OPENING else start
        yield Refutation(verdict, frozenset(range(first, place)))


def _ends_sentence(text: Text, place: int) -> bool:
    return place + 1 == len(text) or text.sentences[place + 1] != text.sentences[place]
