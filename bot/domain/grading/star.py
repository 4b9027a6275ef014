"""Scores a told experience by its situation, task, action and result, and says what to add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.grading.language import in_other_language
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.matching import Matcher
from bot.domain.grading.patterns import parse_pattern
from bot.domain.grading.rubrics import StarPart, StarRubric
from bot.domain.grading.star_cues import Part
from bot.domain.grading.star_evidence import ASKED_FOR, Evidence, counts, weigh
from bot.domain.grading.star_faults import (
    FAULTS,
    Advice,
    Fault,
    faults_of_action,
    faults_of_content,
    faults_of_length,
    faults_of_red_flags,
    faults_of_story,
    faults_of_wording,
    said_in,
)
from bot.domain.grading.star_story import Story, read_story
from bot.domain.grading.text import read
from bot.domain.questions import BehaviouralItem

FULL = 3
"""Points of a part that leaves nothing to ask for."""

ADVICE_KEYS = (
    "language",
    *FAULTS,
    *(f"{part}.{kind}" for part, kinds in ASKED_FOR.items() for kind in kinds),
)
"""Every key that the advice of a grade can have: the prompts need a text for each.

Values: `said` (red-flag, hedges, buzzwords), `words` and `min` (short), `words` and `max` (long).
"""

_MOST_ADVICE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class StarGrade:
    """What an answer earns (0 to 1; None: not scored) and why.

    `parts` holds 0 to 3 points each; `weakest` is None where all have three, `strongest` where
    none has any. `aim` is what three points look like in the weakest part, in the item's words.
    `advice` says what to mend, the gravest first. `red_flags` quotes what was said. `follow_up`
    is the interviewer's next question, empty where the item has none.
    """

    score: float | None
    parts: Mapping[Part, int]
    words: int
    weakest: Part | None = None
    strongest: Part | None = None
    aim: str = ""
    advice: tuple[Advice, ...] = ()
    red_flags: tuple[str, ...] = ()
    follow_up: str = ""


class StarGrader:
    """A behavioural item made ready; grade as many answers with it as you like."""

    def __init__(self, item: BehaviouralItem) -> None:
        self._item = item
        self._asked = frozenset(map(key_of, read(item.question).words))
        self._rubric = parts_of(item.rubric)
        self._owners = [part for part, its in self._rubric.items() for _ in its.signals]
        signals = [signal for its in self._rubric.values() for signal in its.signals]
        self._signals = Matcher(map(parse_pattern, signals))
        self._red_flags = Matcher(map(parse_pattern, item.rubric.red_flags))

    def grade(self, answer: str, seed: int = 0) -> StarGrade:
        """The grade of `answer`; `seed` turns the follow-ups. Never raises."""
        words = len(answer.split())
        story = read_story(answer, self._asked)
        if in_other_language(answer, story.text, self._item.language):
            nothing = dict.fromkeys(Part, 0)
            return StarGrade(score=None, parts=nothing, words=words, advice=(Advice("language"),))
        signals = self._found_signals(story)
        evidence = weigh(story, signals)
        parts = {part: its.points(part) for part, its in evidence.items()}
        red_flags = self._found_red_flags(story)
        rubric = self._item.rubric
        faults = [
            *faults_of_story(story),
            *faults_of_action(parts[Part.ACTION]),
            *faults_of_content(story, sum(signals.values()), len(self._owners), rubric.min_words),
            *faults_of_red_flags(red_flags),
            *faults_of_length(words, rubric.min_words, rubric.max_words),
            *faults_of_wording(story, self._asked),
        ]
        return self._told(evidence, faults, words=words, red_flags=red_flags, seed=seed)

    def _told(
        self,
        evidence: Mapping[Part, Evidence],
        faults: list[Fault],
        *,
        words: int,
        red_flags: tuple[str, ...],
        seed: int,
    ) -> StarGrade:
        parts = {part: its.points(part) for part, its in evidence.items()}
        earned = sum(parts.values()) / (FULL * len(parts))
        weakest = min(parts, key=lambda part: parts[part])
        strongest = max(parts, key=lambda part: parts[part])
        whole = parts[weakest] == FULL
        return StarGrade(
            score=_lowered(earned, faults),
            parts=parts,
            words=words,
            weakest=None if whole else weakest,
            strongest=strongest if parts[strongest] else None,
            aim="" if whole else self._rubric[weakest].three,
            advice=(
                *(fault.advice for fault in faults if not fault.minor or fault.cap < earned),
                *_lacking(weakest, evidence),
            ),
            red_flags=red_flags,
            follow_up=self._follow_up(weakest, seed),
        )

    def _found_signals(self, story: Story) -> Mapping[Part, int]:
        """How many signals of each part are told, undenied, and not just the question's words."""
        found = dict.fromkeys(Part, 0)
        for part, matches in zip(self._owners, self._signals.find(story.text), strict=True):
            found[part] += any(
                counts(story, part, match, aftermath=part is Part.RESULT)
                and not self._asked.issuperset(key_of(story.text.words[w]) for w in match)
                for match in matches
            )
        return found

    def _found_red_flags(self, story: Story) -> tuple[str, ...]:
        return tuple(
            said
            for matches in self._red_flags.find(story.text)
            for said in said_in(
                story, [m for m in matches if not story.denied(m)][:1], self._asked
            )
        )

    def _follow_up(self, weakest: Part, seed: int) -> str:
        """Follow-ups stand in the order of the parts that they dig into."""
        follow_ups = self._item.follow_ups
        if not follow_ups:
            return ""
        place = list(Part).index(weakest)
        return follow_ups[(place * len(follow_ups) // len(Part) + seed) % len(follow_ups)]


@lru_cache(maxsize=256)
def compile_star(item: BehaviouralItem) -> StarGrader:
    """The grader of `item`, made once.

    Raises:
        PatternError: A signal or a red flag breaks the syntax of patterns.
    """
    return StarGrader(item)


def grade_star(item: BehaviouralItem, text: str, seed: int = 0) -> StarGrade:
    """The grade of the answer `text`; `seed` turns the follow-ups.

    Raises:
        PatternError: A signal or a red flag of the item breaks the syntax of patterns.
    """
    return compile_star(item).grade(text, seed)


def parts_of(rubric: StarRubric) -> Mapping[Part, StarPart]:
    """The four parts of a rubric, in their order."""
    four = (rubric.situation, rubric.task, rubric.action, rubric.result)
    return dict(zip(Part, four, strict=True))


def _lowered(earned: float, faults: list[Fault]) -> float:
    after = earned - sum(fault.penalty for fault in faults)
    return max(0.0, min([after, *(fault.cap for fault in faults)]))


def _lacking(part: Part, evidence: Mapping[Part, Evidence]) -> Iterator[Advice]:
    """What the weakest part lacks, the most telling kinds of evidence first."""
    if evidence[part].points(part) < FULL:
        lacking = [kind for kind in ASKED_FOR[part] if kind not in evidence[part].kinds]
        for kind in lacking[:_MOST_ADVICE]:
            yield Advice(f"{part}.{kind}")
