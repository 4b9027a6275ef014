"""One answer as graders see it: its text, what it denies, and whether it can be scored."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.grading.hedging import Hedges
from bot.domain.grading.language import in_other_language
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.matching import Match
from bot.domain.grading.negation import Denials
from bot.domain.grading.stuffing import asks_for_code, asks_for_names, list_cap, says_back
from bot.domain.grading.text import Text, read
from bot.domain.grading.words import FUNCTION_WORDS

_MOST_CLAUSES = 12
_ALIKE = 0.6
_NO_ANSWER = re.compile(
    r"\W*(?:not? answer(?:ed)?|no submission|(?:i )?(?:do not|don'?t) know|idk|n/?a|no idea)?\W*",
    re.IGNORECASE,
)


class Flag(StrEnum):
    """What is odd about an answer as a whole."""

    EMPTY = "empty"
    """Nothing, or "I don't know"."""

    OTHER_LANGUAGE = "other-language"
    """Written in another language than the question; not scored."""

    ECHO = "echo"
    """The question said back."""

    LIST = "list"
    """A list of terms rather than sentences; capped."""

    LONG = "long"
    """Longer than `max_words`; what goes beyond twice as much was not read."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question says about its answers."""

    asked: frozenset[str]
    content: frozenset[str]
    language: str
    concepts: int
    names: bool
    code: bool

    @classmethod
    def of(cls, question: str, language: str, concepts: int) -> Setting:
        """The setting of `question`, whose rubric has `concepts` concepts."""
        text = read(question)
        return cls(
            asked=frozenset(map(key_of, text.words)),
            content=content_of(text),
            language=language,
            concepts=concepts,
            names=asks_for_names(question),
            code=asks_for_code(question),
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that has been read."""

    raw: str
    text: Text

    @classmethod
    def of(cls, answer: str, max_words: int) -> Reading:
        """The first `max_words` words of `answer`."""
        return cls(answer, read(answer, max_words))

    def cap(self, setting: Setting) -> float:
        """The most that the answer can earn: less than 1 for a list of terms."""
        return list_cap(
            self.raw,
            self.text,
            names=setting.names,
            code=setting.code,
            concepts=setting.concepts,
        )


class Stance:
    """What an answer stands by; `matches` is all that was found in it of what was asked for."""

    def __init__(self, text: Text, matches: Iterable[Match]) -> None:
        self.text = text
        self.denials = Denials(text, matches)
        self._hedges = Hedges(text)

    def affirms(self, matches: Iterable[Match], *, negatable: bool = True) -> bool:
        """Whether the answer affirms one of `matches` and does not deny it elsewhere."""
        affirmed: list[Match] = []
        denied: list[Match] = []
        for match in matches:
            is_denied = self.denials.denied(match, negatable=negatable)
            (denied if is_denied else affirmed).append(match)
        affirmed = [match for match in affirmed if not self._hedges.holds(match)]
        return bool(affirmed) and not self._contradicts(affirmed, denied)

    def _contradicts(self, affirmed: Iterable[Match], denied: Iterable[Match]) -> bool:
        """Whether the same words are denied and affirmed in clauses that are nearly the same."""
        held = self._said(affirmed)
        return any(
            words == others and len(one & other) >= _ALIKE * len(one | other)
            for words, one in self._said(denied)
            for others, other in held
        )

    def _said(self, matches: Iterable[Match]) -> list[tuple[frozenset[str], frozenset[str]]]:
        """What the words of each match are compared by, and the words of its clause."""
        words = self.text.words
        said = dict.fromkeys(
            (frozenset(key_of(words[place]) for place in match), self.denials.clause(match[0]))
            for match in matches
        )
        return list(said)[:_MOST_CLAUSES]


def refused(reading: Reading, setting: Setting) -> Flag | None:
    """Why the answer is not looked at any further, if so."""
    if not len(reading.text) or _NO_ANSWER.fullmatch(reading.raw):
        return Flag.EMPTY
    if in_other_language(reading.raw, reading.text, setting.language):
        return Flag.OTHER_LANGUAGE
    return Flag.ECHO if says_back(content_of(reading.text), setting.content) else None


def content_of(text: Text) -> frozenset[str]:
    """What the words of `text` that carry content are compared by."""
    return frozenset(key_of(word) for word in text.words if word not in FUNCTION_WORDS)
