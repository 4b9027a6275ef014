"""Which misspelt words still count as the word that was meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.grading.text import stem
from bot.domain.grading.words import FUNCTION_WORDS, SPELT_RIGHT

ONE_FROM = 5
TWO_FROM = 8
"""Letters from which one and two slips are forgiven."""

_VOWELS = "aeiou"


def allowance(length: int) -> int:
    """How many slips a word of `length` letters may have."""
    return (length >= ONE_FROM) + (length >= TWO_FROM)


def is_slip(given: str, meant: str) -> bool:
    """Whether `given` is `meant` mistyped: few slips, the first letter right."""
    limit = allowance(min(len(given), len(meant)))
    return given[:1] == meant[:1] and OSA.distance(given, meant, score_cutoff=limit) <= limit


def may_be_slip(word: str) -> bool:
    """Whether `word` could be a misspelling at all rather than a word of its own."""
    return (
        len(word) >= ONE_FROM
        and word.isalpha()
        and word not in FUNCTION_WORDS
        and word not in SPELT_RIGHT
        and stem(word) not in SPELT_RIGHT
    )


def nearest_slips(given: str, meant: Sequence[str]) -> list[str]:
    """Those of `meant` (with the first letter of `given`) that are nearest within allowance."""
    best: list[str] = []
    least = allowance(len(given))
    hits = process.extract(given, meant, scorer=OSA.distance, score_cutoff=least, limit=None)
    for form, distance, _ in hits:
        if distance > allowance(min(len(given), len(form))) or distance > least:
            continue
        best = [*best, form] if distance == least else [form]
        least = int(distance)
    return best


def inflections(word: str) -> Iterator[str]:
    """`word` with the endings that people give it; some are no words, which does no harm."""
    yield word
    if not word.isalpha() or len(word) < 3:
        return
    yield from (f"{word}s", f"{word}es", f"{word}ed", f"{word}ing", f"{word}er", f"{word}ly")
    last = word[-1]
    if last == "e":
        base = word[:-1]
        yield from (f"{base}ed", f"{base}ing", f"{base}er", f"{base}ion", f"{base}able")
    elif last == "y":
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")
    elif last not in _VOWELS and word[-2] in _VOWELS:
        yield from (f"{word}{last}ed", f"{word}{last}ing", f"{word}{last}er")
    if last == "t":
        yield f"{word}ion"
