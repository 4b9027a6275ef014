"""A guesser that knows nothing but tricks; on a good bank it stays at chance.

The tricks are those of the literature on test-wiseness (Millman, Bishop and Ebel, 1965): the
longest option, the hedged one, the one without absolute words, the one that shares words with
the stem or with the other options, and catch-alls.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from bot.domain.grading.text import stem
from bot.domain.questions import ChoiceItem

ABSOLUTE = frozenset(
    """all always any cannot certainly completely definitely entirely every everything exactly
    exclusively guaranteed guarantees impossible inevitably must never no nobody none nothing only
    perfectly solely totally whole""".split()
)
HEDGES = frozenset(
    """approximately can commonly could frequently generally likely mainly many may might mostly
    normally often partly perhaps possibly probably rarely roughly seldom several some sometimes
    tend tends typically unlikely usually""".split()
)
_COMMON = frozenset(
    """a an and are as at be been but by do does each for from had has have how if in into is it
    its more most not of on one or so such than that the their them then there these they this
    those to two under up was were what when where which while who why will with would you your
    after before between both""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_CATCH_ALL = re.compile(r"\b(?:all|none|both|neither) of (?:the|these|them)\b", re.IGNORECASE)

Trick = Callable[[ChoiceItem], Sequence[float]]


def words(text: str) -> list[str]:
    """The words of a text, in lower case."""
    return [word.lower() for word in _WORD.findall(text)]


@lru_cache(maxsize=20_000)
def content_words(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning."""
    return frozenset(stem(w) for w in words(text) if len(w) > 2 and w not in _COMMON)


def lengths(item: ChoiceItem) -> list[int]:
    """How long each option is, in characters."""
    return [len(option.text) for option in item.options]


def shared_with_stem(item: ChoiceItem) -> list[int]:
    """How many content words each option shares with the question."""
    stem = content_words(item.question)
    return [len(stem & content_words(option.text)) for option in item.options]


def shared_with_others(item: ChoiceItem) -> list[int]:
    """How many content words each option shares with the other options."""
    sets = [content_words(option.text) for option in item.options]
    return [sum(len(s & t) for j, t in enumerate(sets) if j != i) for i, s in enumerate(sets)]


def hedged(item: ChoiceItem) -> list[int]:
    """Hedges less absolute words, option by option."""
    return [_count(o.text, HEDGES) - _count(o.text, ABSOLUTE) for o in item.options]


def catch_all(item: ChoiceItem) -> list[int]:
    """1 for "all of the above" and the like."""
    return [int(bool(_CATCH_ALL.search(option.text))) for option in item.options]


TRICKS: Mapping[str, tuple[Trick, float]] = {
    "longest": (lengths, 1.0),
    "hedged": (hedged, 0.8),
    "words of the stem": (shared_with_stem, 0.5),
    "words of the others": (shared_with_others, 0.3),
    "catch-all": (catch_all, 2.0),
}
"""Every trick and how much the guesser trusts it."""


def guess(item: ChoiceItem) -> int:
    """The option that all tricks together speak for; a hash decides between equals."""
    scores = [0.0] * len(item.options)
    for trick, trust in TRICKS.values():
        for index, value in enumerate(_scaled(trick(item))):
            scores[index] += trust * value
    return _best(item, scores)


def guess_by(trick: Trick, item: ChoiceItem) -> int:
    """The option that one trick alone speaks for."""
    return _best(item, trick(item))


def tells(trick: Trick, item: ChoiceItem) -> bool:
    """Whether the trick speaks for one option more than for all others."""
    values = list(trick(item))
    return values.count(max(values)) == 1


def is_key(item: ChoiceItem, index: int) -> bool:
    """Whether the option at `index` is the key."""
    return item.options[index].correct


def has_any(text: str, known: Iterable[str]) -> bool:
    """Whether the text holds one of the words."""
    return not set(known).isdisjoint(words(text))


def _count(text: str, known: frozenset[str]) -> int:
    return sum(word in known for word in words(text))


def _scaled(values: Sequence[float]) -> list[float]:
    """Between 0 for the lowest and 1 for the highest."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 0.0 for value in values]


def _best(item: ChoiceItem, scores: Sequence[float]) -> int:
    def order(index: int) -> tuple[float, bytes]:
        dice = blake2b(f"{item.id}/{item.options[index].text}".encode(), digest_size=8)
        return round(scores[index], 9), dice.digest()

    return max(range(len(scores)), key=order)
