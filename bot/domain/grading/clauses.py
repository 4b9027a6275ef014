"""The clauses of a text as negation sees them."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.grading.text import Text
from bot.domain.grading.words import AUXILIARIES, CONDITIONS, PLAIN_VERBS, PRONOUNS

_SUBJECTS = PRONOUNS | AUXILIARIES
_VERBAL = _SUBJECTS | PLAIN_VERBS
_RELATIVES = frozenset("that which who".split())
_ALONE = frozenset({"no", "not"})
_FORBID = ("do", "not")
_JOINING = frozenset("and or then".split())
_ENUMERATING = frozenset("and or a an the also nor".split())


def clauses(text: Text) -> Iterator[int]:
    """By word, the number of its clause: negative inside a condition ("if it does not …").

    Besides punctuation and conjunctions, a clause begins at "and it …", "it is …", "that …",
    and goes on over commas while things are only enumerated. After a colon one begins where
    there is a verb ("it does not help: the gradient stays"), after "No: …" and "Do not …: …".
    """
    words = text.words
    number, condition = 1, False
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if place and text.clauses[place] != text.clauses[place - 1]:
            if not _continues(text, place):
                number, condition = number + 1, False
        elif (place in text.breaks and _states(text, place)) or (
            word in _JOINING
            and following in _SUBJECTS
            and "not" not in words[place + 2 : place + 3]
        ):
            number, condition = number + 1, False
        elif word in PRONOUNS and following in AUXILIARIES and not condition:
            number += 1
        if word in CONDITIONS:
            number, condition = number + 1, True
        elif word in _RELATIVES and not condition:
            number += 1
        yield -number if condition else number


def _states(text: Text, place: int) -> bool:
    """Whether what follows the colon before `place` says something of its own."""
    if not place:
        return False  # the text begins with a colon
    if text.words[place - 1] in _ALONE:
        return True
    start = place - 1
    while start and start not in text.breaks and text.clauses[start - 1] == text.clauses[place]:
        start -= 1
    if text.words[start : start + 2] == _FORBID:
        return True
    end = place
    while end < len(text) and text.clauses[end] == text.clauses[place]:
        if text.words[end] in _VERBAL:
            return True
        end += 1
        if end in text.breaks:
            break
    return False


def _continues(text: Text, place: int) -> bool:
    """Whether the clause that begins at `place` has neither subject nor verb of its own.

    "It is not because …" denies the reason.
    """
    if text.words[place] == "because" and text.words[place - 1] == "not":
        return True
    if text.words[place] not in _ENUMERATING or text.sentences[place] != text.sentences[place - 1]:
        return False
    end = place
    while end < len(text) and text.clauses[end] == text.clauses[place]:
        if text.words[end] in _SUBJECTS:
            return False
        end += 1
    return True
