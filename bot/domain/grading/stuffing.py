"""Answers that are lists of terms rather than sentences, or the question said back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.grading.text import Text
from bot.domain.grading.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    OPENERS,
    PLAIN_VERBS,
    PRONOUNS,
    SENTENCE_WORDS,
)

LIST_CAP = 0.25
"""The most that a list of terms earns where an explanation is asked for."""

NAMES_CAP = 0.5
"""The most that a bare list of terms earns where names are asked for."""

_LINKS = OPENERS | {verb for verb in PLAIN_VERBS if verb.endswith("s")}
_SPOKEN = AUXILIARIES | PRONOUNS
_SEPARATORS = frozenset("and or etc also plus".split())
_GLUE = FUNCTION_WORDS - _SEPARATORS
_LEAST_GLUE = 0.12
_LONG_RUN = 3.3
_SHORT_RUN = 4
_WORDS_PER_SPOKEN = 12
_FEWEST_TERMS = 5
_SHORT_LIST = 3
_FEWEST_PIECES = 4
_WORDS_PER_PIECE = 4
_TERMS_BESIDES = 10
_TERMS_PER_CONCEPT = 5
_NEW_SHARE = 0.15
_SAID_BACK = 0.6

_BEGINS = r"(?:^|[.;:!?,]\s*|\band )(?:please )?"
_ASKS_NAMES = re.compile(
    rf"{_BEGINS}(?:name|list|enumerate|identify|which)\b"
    r"|\bgive (?:\w+ ){0,4}(?:examples?|names?|properties)\b"
    r"|\bwhat (?:are|(?!is|was|does)[a-z]+s (?:\w+ ){0,8}?(?:are|do|can|would|should|has|have))\b"
    r"(?! (?:\w+ ){0,3}(?:difference|similarit|(?:dis)?advantage|reason|problem|benefit))",
    re.IGNORECASE,
)
_ASKS_CODE = re.compile(r"\b(?:pseudo|code\b|algorithm|formula|write down)", re.IGNORECASE)
_CODE_SIGN = re.compile(r"[{}()=;]")
_WORDS_PER_SIGN = 6
_BULLET = re.compile(r"(?:^|\s)(?:\d{1,2}[.)]|[-*+•]|\(?[ivx]{1,4}[.)])(?=\s*[A-Za-z])")


def asks_for_names(question: str) -> bool:
    """Whether a list of names could be a whole answer to `question`."""
    return bool(_ASKS_NAMES.search(question))


def asks_for_code(question: str) -> bool:
    """Whether code or a formula, which have few function words, could be an answer."""
    return bool(_ASKS_CODE.search(question))


def list_cap(raw: str, text: Text, *, names: bool, code: bool, concepts: int) -> float:
    """The most that the answer may earn: 1 for sentences, less for a list of terms.

    Where `names` or `code` are asked for, numbered or bulleted lines are an answer, and so is
    what looks like code; far more terms than the rubric has `concepts` are not.
    """
    terms = len({word for word in text.words if word not in FUNCTION_WORDS})
    pieces = _pieces(text)
    runs = _runs(text)
    if _is_telegraphic(text, pieces, runs):
        return 1.0
    long = _lacks_glue(text, terms) or _is_in_pieces(text, pieces)
    if not (names or code):
        long = long or _is_in_long_runs(text, terms, runs)
    short = FUNCTION_WORDS.isdisjoint(text.words) and (
        len(pieces) >= _SHORT_LIST or (names and terms > 1)
    )
    if not (long or short):
        return 1.0
    bullets = len(_BULLET.findall(raw)) > 1
    if code and (bullets or len(text) <= _WORDS_PER_SIGN * len(_CODE_SIGN.findall(raw))):
        return 1.0
    if (long and not (names or code)) or terms > _TERMS_BESIDES + _TERMS_PER_CONCEPT * concepts:
        return LIST_CAP
    return 1.0 if names and bullets else NAMES_CAP


def says_back(given: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether an answer, by its content words, is the question and hardly anything else."""
    repeated, new = len(given & asked), len(given - asked)
    return repeated >= max(2, _SAID_BACK * len(asked)) and new <= _NEW_SHARE * len(given)


def _is_telegraphic(text: Text, pieces: Sequence[Sequence[str]], runs: Sequence[int]) -> bool:
    """Whether short statements leave out the small words: "training error falls, test rises"."""
    verbs = sum(word in _LINKS for word in text.words)
    full = all(len(piece) > 1 for piece in pieces)
    return full and 2 * verbs >= len(pieces) and sum(runs) <= _SHORT_RUN * len(runs)


def _is_in_long_runs(text: Text, terms: int, runs: Sequence[int]) -> bool:
    """Whether terms stand in rows that a small word or two do not make a sentence."""
    spoken = sum(word in _SPOKEN for word in text.words)
    return (
        terms >= _FEWEST_TERMS
        and sum(runs) >= _LONG_RUN * len(runs)
        and _WORDS_PER_SPOKEN * spoken < len(text)
    )


def _runs(text: Text) -> list[int]:
    """The numbers of words of content in a row, between function words and punctuation."""
    runs, length = [], 0
    for place, word in enumerate(text.words):
        content = word not in FUNCTION_WORDS
        pause = place in text.breaks or text.clauses[place] != text.clauses[max(0, place - 1)]
        if length and (pause or not content):
            runs.append(length)
            length = 0
        length += content and word.isalpha()
    return [*runs, length] if length else runs


def _lacks_glue(text: Text, terms: int) -> bool:
    glue = sum(word in _GLUE for word in text.words)
    return terms >= _FEWEST_TERMS and glue < _LEAST_GLUE * len(text)


def _pieces(text: Text) -> list[list[str]]:
    """The words of letters in each clause."""
    pieces: dict[int, list[str]] = {}
    for word, clause in zip(text.words, text.clauses, strict=True):
        if word.isalpha():
            pieces.setdefault(clause, []).append(word)
    return list(pieces.values())


def _is_in_pieces(text: Text, pieces: Sequence[Sequence[str]]) -> bool:
    """Whether the answer is in many pieces of few words, hardly one of them a sentence."""
    whole = sum(
        not SENTENCE_WORDS.isdisjoint(piece) or (len(piece) > 1 and not _LINKS.isdisjoint(piece))
        for piece in pieces
    )
    return (
        len(pieces) >= _FEWEST_PIECES
        and max(map(len, pieces)) <= _WORDS_PER_PIECE
        and 4 * whole <= len(pieces)
        and OPENERS.isdisjoint(text.words)
    )
