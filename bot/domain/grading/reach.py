"""Which words deny, and how far each of them reaches inside its clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.domain.grading.text import Text
from bot.domain.grading.words import AUXILIARIES, INSTEAD, NEGATORS

REACH = 25
"""Words after a negation that it denies, inside its clause."""

SHORT_REACH = 8
"""Words after "instead of", "without", "nothing", "no longer" that they deny."""

SUBJECT = 6
"""Words before "is not", "does not" that are denied with it, inside its clause."""

_HARMLESS = frozenset(
    "only just merely solely simply necessarily matter doubt forget neglect ignore".split()
)
_HINDERING = frozenset("stop stops prevent prevents keep keeps hinder hinders".split())
_AFTER_NOTHING = frozenset("but else more less".split()) | _HINDERING
_ONWARD = frozenset("so then thus until".split())
_MANNERS = frozenset({"without", *INSTEAD})
_PEOPLE = frozenset("i we you they".split())
_AFTER_A_NO = AUXILIARIES - {"need"} | frozenset("gives makes gets takes".split())


def is_negator(text: Text, place: int) -> bool:
    """Whether the word denies: not in "not only", "do not forget", "without it, …"."""
    word, following = text.words[place], text.words[place + 1 : place + 2]
    if word in INSTEAD:
        return following == (INSTEAD[word],)
    if word == "without":
        return place > 0 and text.sentences[place - 1] == text.sentences[place]
    if word == "no" and _is_an_answer(text.words, place):
        return False
    if word == "nothing":
        return not _denies_an_obstacle(text.words, place)
    return word in NEGATORS and _HARMLESS.isdisjoint(following)


def reach(text: Text, clauses: Sequence[int], place: int) -> Iterator[int]:
    """The places of the words that the negation at `place` denies."""
    phrasal = _is_phrasal(text.words, place)
    most = SHORT_REACH if phrasal else REACH
    for word in range(place + 1, min(place + 1 + most, len(text))):
        if clauses[word] != clauses[place] or (phrasal and _leads_on(text.words, place, word)):
            break
        yield word
    if not phrasal and place and text.words[place - 1] in AUXILIARIES:
        for word in range(place - 2, max(-1, place - 2 - SUBJECT), -1):
            if clauses[word] != clauses[place]:
                break
            yield word


def _is_phrasal(words: Sequence[str], place: int) -> bool:
    """Whether the negation belongs to a phrase rather than to the verb of its clause."""
    word = words[place]
    longer = word == "no" and tuple(words[place + 1 : place + 2]) == ("longer",)
    return longer or word in INSTEAD or word in {"without", "nothing"}


def _leads_on(words: Sequence[str], place: int, word: int) -> bool:
    """Whether something new is said from `word` on: "a queue instead of a stack to visit …"."""
    said, before = words[word], words[word - 1]
    if said == "and":
        return words[place] != "without"
    if said == "by":
        return words[place] in _MANNERS and not before.endswith("ed")
    if said == "to":
        return words[place] in INSTEAD and word > place + 2 and not before.endswith("ing")
    return said in _ONWARD or (said in _PEOPLE and words[place] in INSTEAD)


def _denies_an_obstacle(words: Sequence[str], place: int) -> bool:
    """Whether "nothing" affirms: "nothing stops it from …", "nothing but …"."""
    following = [word for word in words[place + 1 : place + 3] if word not in AUXILIARIES | {"to"}]
    return bool(following) and following[0] in _AFTER_NOTHING


def _is_an_answer(words: Sequence[str], place: int) -> bool:
    """Whether "no" is named rather than said: "yes or no", "always answering no gives …"."""
    before, following = words[max(0, place - 2) : place], words[place + 1 : place + 2]
    return "yes" in before or not _AFTER_A_NO.isdisjoint(following)
