"""Reads an answer as a story: who did what, and which of it really happened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.domain.grading.lexicon import key_of
from bot.domain.grading.matching import Match
from bot.domain.grading.star_sentence import Sentence, Step, Voice
from bot.domain.grading.text import Text, read
from bot.domain.grading.words import FUNCTION_WORDS, NEGATORS

MAX_WORDS = 800
"""Words of an answer that are looked at."""

_ECHO = 0.75
_MOST_TIMES = 2
_TAIL = 8
_REACH = 10
_SHORT_FORMS = re.compile(
    r"\b(i|you|he|she|it|we|they|that|there|who)['’ʼ`](ll|ve|d)\b(\s+(?:\w+ed|been|gone|had)\b)?",
    re.IGNORECASE,
)
_LONG_FORMS = {"ll": "will", "ve": "have", "d": "would"}


@dataclass(frozen=True, slots=True)
class Story:
    """An answer with the voice of each word's sentence, the steps taken and those only meant."""

    text: Text
    voices: tuple[Voice, ...]
    steps: tuple[Step, ...]
    intentions: int
    negations: Mapping[int, int]
    """By the place of a denied word, that of its negation."""
    busy: frozenset[int]
    """The sentences in which the speaker did something."""

    def done(self, *, own: bool) -> float:
        """The weight of what the speaker did, or of what "we" did."""
        return sum(step.weight for step in self.steps if step.own is own)

    def count(self, voice: Voice) -> int:
        """How many words stand in sentences of that voice."""
        return self.voices.count(voice)

    def denied(self, match: Match) -> bool:
        """Whether a word of a match is denied by a negation that is not part of the match."""
        return any(self.negations.get(place, place) not in match for place in match)

    def whole(self, match: Match) -> bool:
        """Whether the words of a match stand in one sentence."""
        return self.text.sentences[match[0]] == self.text.sentences[match[-1]]


def read_story(answer: str, asked: frozenset[str]) -> Story:
    """The story in `answer`; `asked` holds the keys of the question's words."""
    text = read(_SHORT_FORMS.sub(_long_form, answer), MAX_WORDS)
    voices: list[Voice] = []
    steps: list[Step] = []
    said: set[tuple[str, ...]] = set()
    intentions = 0
    subject = ""
    for _, group in groupby(range(len(text)), key=text.sentences.__getitem__):
        places = tuple(group)
        sentence = Sentence(text, places, subject, after_told=voices[-1:] == [Voice.TOLD])
        sentence.walk()
        subject = sentence.subject
        intentions += sentence.intentions
        words = text.words[places[0] : places[-1] + 1]
        voice = Voice.ECHO if words in said or _echoes(words, asked) else sentence.voice
        said.add(words)
        voices += [voice] * len(places)
        if voice is Voice.TOLD:
            steps += sentence.steps
    return Story(
        text=text,
        voices=tuple(voices),
        steps=tuple(_distinct(text, steps)),
        intentions=intentions,
        negations=dict(_negations(text)),
        busy=frozenset(text.sentences[step.place] for step in steps if step.own),
    )


def _long_form(hit: re.Match[str]) -> str:
    pronoun, short, participle = hit[1], hit[2].lower(), hit[3] or ""
    verb = "had" if short == "d" and participle else _LONG_FORMS[short]
    return f"{pronoun} {verb}{participle}"


def _negations(text: Text) -> Iterator[tuple[int, int]]:
    """Each word with the negation shortly before it in its clause."""
    negation, clause = 0, -1
    for place, word in enumerate(text.words):
        if word in NEGATORS and text.words[place + 1 : place + 2] != ("only",):
            negation, clause = place, text.clauses[place]
        elif text.clauses[place] == clause and place - negation <= _REACH:
            yield place, negation


def _echoes(words: tuple[str, ...], asked: frozenset[str]) -> bool:
    """Whether a sentence says hardly more than the question did."""
    content = [word for word in words if word not in FUNCTION_WORDS]
    known = sum(key_of(word) in asked for word in content)
    return len(content) >= 3 and known >= _ECHO * len(content)


def _distinct(text: Text, steps: Sequence[Step]) -> Iterator[Step]:
    """The steps, each verb twice at most; less weight where hardly a word says what was done."""
    times: Counter[str] = Counter()
    ends = [*(step.place for step in steps), len(text)][1:]
    for step, end in zip(steps, ends, strict=True):
        key = key_of(text.words[step.place])
        times[key] += 1
        if times[key] <= _MOST_TIMES:
            tail = text.words[step.place + 1 : min(end, step.place + 1 + _TAIL)]
            telling = sum(word not in FUNCTION_WORDS for word in tail) >= 2
            yield Step(step.place, step.own, step.weight if telling else step.weight / 2)
