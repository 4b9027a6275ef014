"""What lowers a told experience: wishes, lists, hedges, self-praise, red flags, length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from bot.domain.grading.lexicon import key_of
from bot.domain.grading.matching import Match, Matcher
from bot.domain.grading.patterns import parse_pattern
from bot.domain.grading.star_sentence import Voice
from bot.domain.grading.star_story import Story
from bot.domain.grading.words import FUNCTION_WORDS

HEDGES = (
    "i guess|suppose", "maybe", "perhaps", "kind of", "sort of", "probably", "somehow",
    "basically", "more or less", "or something|whatever|so", "i think", "i believe", "i am sure",
    "and stuff|things", "not really sure", "quite good", "pretty much",
)  # fmt: skip

BUZZWORDS = (
    "synerg*", "leverag*", "passion*", "team player", "mindset", "cutting edge", "best in class",
    "world class", "fast paced", "results driven", "results oriented", "solution oriented",
    "outcome oriented", "data driven", "customer centric", "human centric", "proactiv*",
    "stakeholder*", "empower*", "holistic*", "seamless*", "game changing|changer", "win win",
    "move the needle", "outside the box", "extra mile", "above and beyond", "ahead of the curve",
    "low hanging fruit", "thought leader|leadership|partner", "value add|creation|proposition",
    "add|create|drive|deliver|maximize|unlock value", "actionable", "impactful", "high impact",
    "scalable solutions", "end to end", "cross functional", "best practice*", "core values",
    "growth", "excellence", "innovat*", "transformation*|transformative", "ecosystem*", "evangel*",
    "champion*", "thrive*", "strategic*", "agil*", "align*", "foster*", "inspir*", "disrupt*",
    "paradigm*",
    "trusted advisor", "proven track record", "lifelong learner", "communication skills",
    "detail oriented", "attention to detail", "self starter", "go getter", "hit ground running",
    "state of the art", "industry leading", "next generation|level", "value chain", "dna",
    "superpower*", "journey", "culture of", "vibrant", "visionar*", "relentless*", "unleash*",
)  # fmt: skip
"""Words of self-praise: one or two are common speech, a row of them says nothing."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A text of the prompts, by its key, with the values to put into it."""

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, what it costs, and the most that can then be earned.

    A `minor` one is worth a word only where more was earned.
    """

    advice: Advice
    penalty: float = 0.0
    cap: float = 1.0
    minor: bool = False


FAULTS = (
    "list", "impersonal", "supposed", "echo", "general", "we", "no-action", "little-action",
    "off-topic", "partly-off-topic", "thin", "red-flag", "short", "long", "hedges", "buzzwords",
)  # fmt: skip
"""Every key of a fault's advice, in the order in which faults are told."""

_LIST_CAP = 0.2
_SUPPOSED_CAP = 0.3
_OFF_TOPIC_CAP = 0.4
_SIGNALS = 3
_NO_ACTION_CAP, _LITTLE_ACTION_CAP = 0.4, 0.7
_TOLD = 0.6
_LEAST_PROSE = 0.27
_FEWEST = 12
_SHORT, _LONG = 0.2, 0.1
_RED_FLAG, _MOST_RED_FLAGS = 0.15, 0.3
_FREE = 2
_SEPARATORS = frozenset("and or etc also plus with versus vs".split())
_FIRST_PERSON = frozenset("i me my we us our".split())
_HEDGES = Matcher(parse_pattern(hedge, fuzzy=False) for hedge in HEDGES)
_BUZZWORDS = Matcher(parse_pattern(word, fuzzy=False) for word in BUZZWORDS)


def faults_of_story(story: Story) -> Iterator[Fault]:
    """Where an answer is not the story of what the speaker did."""
    words = story.text.words
    prose = sum(word in FUNCTION_WORDS and word not in _SEPARATORS for word in words)
    told, supposed = story.count(Voice.TOLD), story.count(Voice.SUPPOSED)
    if len(words) >= _FEWEST and prose < _LEAST_PROSE * len(words):
        yield Fault(Advice("list"), cap=_LIST_CAP)
    elif not _FIRST_PERSON.intersection(words):
        yield Fault(Advice("impersonal"), cap=_LIST_CAP)
    if supposed > told or story.intentions > max(len(story.steps), _FREE):
        yield Fault(Advice("supposed"), cap=_SUPPOSED_CAP)
    elif 2 * story.count(Voice.ECHO) > len(words):
        yield Fault(Advice("echo"))
    elif 2 * told < len(words):
        yield Fault(Advice("general"))
    if story.done(own=False) > story.done(own=True):
        yield Fault(Advice("we"))


def faults_of_action(points: int) -> Iterator[Fault]:
    """Little or nothing that the speaker did: no setting and no outcome can make up for it."""
    if not points:
        yield Fault(Advice("no-action"), cap=_NO_ACTION_CAP)
    elif points == 1:
        yield Fault(Advice("little-action"), cap=_LITTLE_ACTION_CAP, minor=True)


def faults_of_content(story: Story, signals: int, known: int, least: int) -> Iterator[Fault]:
    """A story that tells little of what the question asks for, or little of anything.

    `signals` of the item's `known` ones were found; `least` words are asked for.
    """
    told = {
        key_of(word)
        for word, voice in zip(story.text.words, story.voices, strict=True)
        if voice is Voice.TOLD and word not in FUNCTION_WORDS
    }
    if not told:
        return
    if not signals:
        yield Fault(Advice("off-topic"), cap=_OFF_TOPIC_CAP)
    elif (share := signals / min(_SIGNALS, max(1, known // 4))) < 1:
        cap = _OFF_TOPIC_CAP + (1 - _OFF_TOPIC_CAP) * share
        yield Fault(Advice("partly-off-topic"), cap=cap, minor=True)
    yield Fault(Advice("thin"), cap=len(told) / max(1.0, _TOLD * least), minor=True)


def faults_of_length(words: int, least: int, most: int) -> Iterator[Fault]:
    """An answer of fewer or more words than the item asks for."""
    if words < least:
        values = {"words": words, "min": least}
        yield Fault(Advice("short", values), penalty=_SHORT * (1 - words / least))
    elif words > most:
        values = {"words": words, "max": most}
        yield Fault(Advice("long", values), penalty=_LONG * min(1.0, words / most - 1))


def faults_of_wording(story: Story, asked: frozenset[str]) -> Iterator[Fault]:
    """Hedges and self-praise, beyond the one or two that everybody utters."""
    for key, matcher, each, most in (
        ("hedges", _HEDGES, 0.02, 0.1),
        ("buzzwords", _BUZZWORDS, 0.03, 0.2),
    ):
        said = said_in(story, chain.from_iterable(matcher.find(story.text)), asked)
        if len(said) > _FREE:
            quoted = ", ".join(said[:3])
            penalty = min(most, each * (len(said) - _FREE))
            yield Fault(Advice(key, {"said": quoted}), penalty=penalty)


def faults_of_red_flags(said: tuple[str, ...]) -> Iterator[Fault]:
    """Red flags, by the words that raised them."""
    for place, words in enumerate(said):
        penalty = min(_RED_FLAG, max(0.0, _MOST_RED_FLAGS - place * _RED_FLAG))
        yield Fault(Advice("red-flag", {"said": words}), penalty=penalty)


def said_in(story: Story, matches: Iterable[Match], asked: frozenset[str]) -> tuple[str, ...]:
    """What the answer says there, each once; not what just repeats words of the question."""
    said: dict[str, None] = {}
    for match in sorted(matches):
        words = story.text.words[match[0] : match[-1] + 1]
        echo = story.voices[match[0]] is Voice.ECHO
        if story.whole(match) and not echo and not asked.issuperset(map(key_of, words)):
            said.setdefault(" ".join(words))
    return tuple(said)
