"""Weighs what a story shows of each part: cues of the language, signals of the item, own steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from bot.domain.grading.matching import Match, Matcher
from bot.domain.grading.patterns import parse_pattern
from bot.domain.grading.star_cues import CUES, MEASURES, Part
from bot.domain.grading.star_sentence import Voice
from bot.domain.grading.star_story import Story

LEVELS: Mapping[Part, tuple[float, float, float]] = {
    Part.SITUATION: (0.5, 1.5, 2.75),
    Part.TASK: (0.75, 1.75, 2.75),
    Part.ACTION: (0.75, 2.5, 5.0),
    Part.RESULT: (0.75, 1.75, 3.0),
}
"""The weight of evidence from which a part earns 1, 2 and 3 points."""

ASKED_FOR: Mapping[Part, tuple[str, ...]] = {
    Part.SITUATION: ("when", "place", "people"),
    Part.TASK: ("duty", "aim", "deadline", "stakes"),
    Part.ACTION: ("steps",),
    Part.RESULT: ("outcome", "measure", "lasting", "lesson"),
}
"""Kinds of evidence to ask for where a part lacks them, the most telling first."""

_ZONES: Mapping[Part, tuple[float, float]] = {
    Part.SITUATION: (0.0, 0.5),
    Part.TASK: (0.0, 0.7),
    Part.ACTION: (0.0, 1.0),
    Part.RESULT: (0.4, 1.0),
}
"""Where in an answer each part is looked for, as shares of its words."""

_SHARED, _MOST_SHARED = 0.25, 0.75
_FEWEST_INTENTIONS = 3
_SIGNAL = 0.4
_MOST_SIGNALS = 3
_AFTERMATH = frozenset({"lasting"})
_AT = frozenset(product(("at", "for", "with"), ("a", "an", "my", "our")))
_CUES = [
    (part, kind, cue.weight, pattern)
    for part, kinds in CUES.items()
    for kind, cue in kinds.items()
    for pattern in cue.patterns
]
_MATCHER = Matcher(parse_pattern(pattern, fuzzy=False) for *_, pattern in _CUES)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one part: its weight, and the kinds that were found."""

    weight: float
    kinds: frozenset[str]

    def points(self, part: Part) -> int:
        """0 to 3 points."""
        return sum(self.weight >= level for level in LEVELS[part])


def weigh(story: Story, signals: Mapping[Part, int]) -> Mapping[Part, Evidence]:
    """The evidence by part; `signals` counts the item's signals that were found."""
    kinds: dict[Part, dict[str, float]] = {part: {} for part in Part}
    outcomes: set[int] = set()
    for part, kind, weight, sentence in _cues(story):
        kinds[part][kind] = weight
        if part is Part.RESULT:
            outcomes.add(sentence)
    kinds[Part.SITUATION] |= dict(_details(story))
    kinds[Part.RESULT] |= dict(_measures(story, outcomes))
    kinds[Part.ACTION] |= dict(_steps(story))
    for part, found in signals.items():
        kinds[part]["signals"] = _SIGNAL * min(found, _MOST_SIGNALS)
    return {
        part: Evidence(sum(its.values()), frozenset(k for k, v in its.items() if v))
        for part, its in kinds.items()
    }


def counts(story: Story, part: Part, match: Match, *, aftermath: bool = False) -> bool:
    """Whether a match stands where its part is told, and not in what might be or always is."""
    begin, end = _ZONES[part]
    share = match[0] / len(story.text)
    if not begin <= share <= end or not story.whole(match) or story.denied(match):
        return False
    if part is Part.ACTION and story.text.sentences[match[0]] not in story.busy:
        return False
    voice = story.voices[match[0]]
    return voice is Voice.TOLD or (aftermath and voice is Voice.GENERAL and bool(story.steps))


def _cues(story: Story) -> Iterator[tuple[Part, str, float, int]]:
    """The cues that count: their part, kind and weight, and the sentence where each stands."""
    for (part, kind, weight, _), matches in zip(_CUES, _MATCHER.find(story.text), strict=True):
        for match in matches:
            if counts(story, part, match, aftermath=kind in _AFTERMATH):
                yield part, kind, weight, story.text.sentences[match[0]]


def _details(story: Story) -> Iterator[tuple[str, float]]:
    """Early in the story, a number, and a place told by its preposition ("at a grocer")."""
    words = story.text.words[: int(_ZONES[Part.SITUATION][1] * len(story.text)) + 1]
    told = [voice is Voice.TOLD for voice in story.voices]
    if any(is_told and _is_number(word) for word, is_told in zip(words, told, strict=False)):
        yield "detail", 0.5
    if any(is_told and pair in _AT for pair, is_told in zip(pairwise(words), told, strict=False)):
        yield "place", CUES[Part.SITUATION]["place"].weight


def _measures(story: Story, outcomes: set[int]) -> Iterator[tuple[str, float]]:
    """A number in a sentence that tells an outcome."""
    for place, word in enumerate(story.text.words):
        if story.text.sentences[place] in outcomes and _is_measure(word):
            yield "measure", 1.0
            return


def _is_measure(word: str) -> bool:
    is_year = len(word) == 4 and word.startswith(("19", "20"))
    return word in MEASURES or (_is_number(word) and not is_year)


def _is_number(word: str) -> bool:
    """Whether it is a number, other than the "one" of everyday speech."""
    return word.replace(".", "", 1).isdecimal() and word != "1"


def _steps(story: Story) -> Iterator[tuple[str, float]]:
    """What the speaker did, what "we" did, and what the speaker would do."""
    own = story.done(own=True)
    yield "steps" if own >= LEVELS[Part.ACTION][1] else "step", own
    yield "shared", min(_SHARED * story.done(own=False), _MOST_SHARED)
    if story.intentions >= _FEWEST_INTENTIONS:
        yield "intentions", LEVELS[Part.ACTION][0]
