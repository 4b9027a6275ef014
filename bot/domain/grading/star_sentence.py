"""How a sentence speaks, and which of its verbs tell what the speaker or the group did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.grading.star_words import (
    ABILITY,
    ADVERBS,
    AUXILIARIES,
    CLEAR_PASTS,
    CONDITIONS,
    EMPTY_VERBS,
    IRREGULAR_PASTS,
    JOINERS,
    LIGHT_VERBS,
    MODALS,
    NO_NOUNS,
    NO_PASTS,
    OTHERS,
    PAST_PARTICIPLES,
    PASTS_IN_EED,
    TIMELESS,
)
from bot.domain.grading.text import Text
from bot.domain.grading.words import FUNCTION_WORDS, OPENERS


class Voice(StrEnum):
    """How a sentence speaks: of what happened, of what might, of what always is, or it repeats."""

    TOLD = "told"
    SUPPOSED = "supposed"
    GENERAL = "general"
    ECHO = "echo"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done: where its verb stands, and how much it says (0 to 1)."""

    place: int
    own: bool
    weight: float


def is_past(word: str) -> bool:
    """Whether `word` (normalised) can be the simple past of a verb."""
    if word.endswith("eed"):
        return word in PASTS_IN_EED
    return word in IRREGULAR_PASTS or (word.endswith("ed") and word not in NO_PASTS)


@dataclass(slots=True)
class Sentence:
    """A walk through one sentence that keeps track of its subject and its mood.

    A past verb is a step where its subject stands right before it, adverbs apart, or where it is
    joined to an earlier verb: "I checked the logs and found …".
    """

    text: Text
    places: Sequence[int]
    subject: str
    after_told: bool
    steps: list[Step] = field(default_factory=list)
    intentions: int = 0
    _open: bool = True
    _conditional: bool = False
    _supposed: bool = False
    _supposing: bool = False
    _denied: bool = False
    _told: bool = False

    def walk(self) -> None:
        """Finds the steps and what tells the voice."""
        clause = self.text.clauses[self.places[0]]
        for place in self.places:
            word = self.text.words[place]
            if self.text.clauses[place] != clause:
                clause = self.text.clauses[place]
                self._open = True
                self._denied &= word not in OPENERS
            if not self._turns(place, word):
                self._goes_on(place, word)

    @property
    def voice(self) -> Voice:
        """How the sentence speaks, once walked through."""
        own = any(step.own for step in self.steps)
        if self._supposing and (self._conditional or not own):
            return Voice.SUPPOSED
        told = self._told or (self.steps and self.after_told)
        return Voice.TOLD if told else Voice.GENERAL

    def _turns(self, place: int, word: str) -> bool:
        """Takes a word that changes the subject or the mood."""
        if word in {"i", "we"} or word in OTHERS:
            self.subject, self._open = word, True
            self._supposed = self._denied = False
        elif word in MODALS:
            self._supposed = True
            self.intentions += self.subject == "i"
            self._supposing |= self._conditional or not self._told
        elif word == "could":
            self._told |= self._word(place + 1) in ABILITY and not self._conditional
        elif word in CONDITIONS:
            self._supposed = True
            self._conditional |= place == self.places[0]
        elif word == "never" or (word == "not" and self._word(place - 1) in AUXILIARIES):
            self._denied = True
        else:
            return False
        return True

    def _goes_on(self, place: int, word: str) -> None:
        """Takes any other word: a verb, or what stands around verbs."""
        before = self._word(place - 1)
        if self._open and (is_past(word) or self._is_perfect(place)):
            self._verb(place, word)
        elif word in CLEAR_PASTS and before not in AUXILIARIES:
            self._told |= not self._supposed
            self.subject, self._open = "other", False
        elif word.endswith("ed") and is_past(word) and self._follows_noun(place):
            self._told |= not self._supposed
            self._open = False
        elif word in JOINERS:
            self._open = True
        elif word not in ADVERBS and not word.endswith("ly"):
            self._open = False

    def _verb(self, place: int, word: str) -> None:
        """A past verb whose subject is known, or is that of the sentence before."""
        self._open = self._open and word in ADVERBS
        if self._supposed:
            return
        if self.subject not in {"i", "we"}:
            self._told |= word in CLEAR_PASTS or self.subject != ""
            return
        self._told |= word not in TIMELESS
        denied = self._denied or self._word(place + 1) == "not"
        if not denied and word not in EMPTY_VERBS:
            weight = 0.5 if word in LIGHT_VERBS else 1.0
            self.steps.append(Step(place, self.subject == "i", weight))

    def _word(self, place: int) -> str:
        return self.text.words[place] if self.places[0] <= place <= self.places[-1] else ""

    def _is_perfect(self, place: int) -> bool:
        before = {self._word(place - distance) for distance in (1, 2, 3)}
        return self.text.words[place] in PAST_PARTICIPLES and bool(before & {"have", "had"})

    def _follows_noun(self, place: int) -> bool:
        """Whether a word in -ed there is a verb: after a noun, and not before one."""
        before, after = self._word(place - 1), self._word(place + 1)
        if not before or before in FUNCTION_WORDS or before in NO_NOUNS:
            return False
        if not after or self.text.clauses[place + 1] != self.text.clauses[place]:
            return True
        return after in FUNCTION_WORDS or after.isdigit() or after.endswith("ly")
