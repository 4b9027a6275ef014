"""Scores free text by the concepts that it shows, and says which, without a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.grading.answers import Flag, Reading, Setting, Stance, refused
from bot.domain.grading.lexicon import key_of
from bot.domain.grading.matching import Match, Matcher
from bot.domain.grading.patterns import Pattern, parse_pattern
from bot.domain.grading.rubrics import Concept, ConceptRubric, Misconception
from bot.domain.grading.text import Text


@dataclass(frozen=True, slots=True)
class Missing:
    """A concept that a full answer has besides, and the question that leads to it."""

    label: str
    hint: str


@dataclass(frozen=True, slots=True)
class ConceptGrade:
    """What an answer earns (0 to 1; None: not scored) and why.

    `covered` and `missing` name concepts. `watch_out` says what there is to say about wrong
    ideas. `denied` are labels of concepts that the answer names without standing by them: it
    denies them, or affirms and denies them, or leaves open which of two opposites it means;
    they are among the missing. `flags` tell what is odd about the answer as a whole.
    """

    score: float | None
    covered: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    watch_out: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    flags: frozenset[Flag] = frozenset()


class _Standing(IntEnum):
    """How an answer stands to one concept, from best to worst."""

    COVERED = 0
    DENIED = 1
    MISSING = 2


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Numbers of patterns in the matcher; one of them has to be found."""

    start: int
    end: int

    def matches(self, found: Sequence[Sequence[Match]]) -> list[Match]:
        """All that was found of them."""
        return [match for matches in found[self.start : self.end] for match in matches]


class ConceptGrader:
    """A rubric made ready; grade as many answers with it as you like."""

    def __init__(self, rubric: ConceptRubric, question: str, language: str) -> None:
        self._rubric = rubric
        self._setting = Setting.of(question, language, len(rubric.concepts))
        self._patterns: list[Pattern] = []
        self._concepts = [
            (concept, [self._add(group, concept.fuzzy) for group in _groups(concept)])
            for concept in rubric.concepts
        ]
        self._misconceptions = [(m, self._add(m.any, True)) for m in rubric.misconceptions]
        self._matcher = Matcher(self._patterns)

    def grade(self, answer: str) -> ConceptGrade:
        """The grade of `answer`; never raises."""
        reading = Reading.of(answer, 2 * self._rubric.max_words)
        if flag := refused(reading, self._setting):
            score = None if flag is Flag.OTHER_LANGUAGE else 0.0
            missing = tuple(Missing(c.label, c.hint) for c in self._rubric.concepts)
            return ConceptGrade(score, missing=missing, flags=frozenset({flag}))
        found = self._matcher.find(reading.text)
        stance = Stance(reading.text, self._asked_for(found))
        standings = [
            (concept, max(self._standing(stance, concept, p.matches(found)) for p in patterns))
            for concept, patterns in self._concepts
        ]
        wrong = [
            mistake
            for mistake, patterns in self._misconceptions
            if any(not stance.denials.denied(match) for match in patterns.matches(found))
        ]
        return self._grade(reading, standings, wrong)

    def _grade(
        self,
        reading: Reading,
        standings: Sequence[tuple[Concept, _Standing]],
        wrong: Sequence[Misconception],
    ) -> ConceptGrade:
        covered = [concept for concept, its in standings if its is _Standing.COVERED]
        earned = sum(concept.weight for concept in covered) / self._rubric.need
        cap = reading.cap(self._setting)
        flags = {Flag.LIST} if cap < 1 else set()
        if len(reading.text) > self._rubric.max_words:
            flags.add(Flag.LONG)
        return ConceptGrade(
            score=max(0.0, min(1.0, cap, earned - sum(mistake.penalty for mistake in wrong))),
            covered=tuple(concept.label for concept in covered),
            missing=tuple(Missing(c.label, c.hint) for c, _ in standings if c not in covered),
            watch_out=tuple(mistake.say or mistake.label for mistake in wrong),
            denied=tuple(c.label for c, its in standings if its is _Standing.DENIED),
            flags=frozenset(flags),
        )

    def _asked_for(self, found: Sequence[Sequence[Match]]) -> Iterator[Match]:
        """The matches of all concepts."""
        for _, groups in self._concepts:
            for patterns in groups:
                yield from patterns.matches(found)

    def _standing(self, stance: Stance, concept: Concept, matches: Iterable[Match]) -> _Standing:
        earning = [match for match in matches if self._earns(stance.text, match)]
        if not earning:
            return _Standing.MISSING
        affirmed = stance.affirms(earning, negatable=concept.negatable)
        return _Standing.COVERED if affirmed else _Standing.DENIED

    def _earns(self, text: Text, match: Match) -> bool:
        """Whether `match` says more than the question did."""
        return not self._rubric.demote_question_words or any(
            key_of(text.words[place]) not in self._setting.asked for place in match
        )

    def _add(self, sources: Iterable[str], fuzzy: bool) -> _Patterns:
        start = len(self._patterns)
        self._patterns += (parse_pattern(source, fuzzy=fuzzy) for source in sources)
        return _Patterns(start, len(self._patterns))


def compile_rubric(
    rubric: ConceptRubric, question: str = "", language: str = "en"
) -> ConceptGrader:
    """A grader for answers to `question`, which should be in `language`.

    Raises:
        PatternError: A pattern of the rubric breaks the syntax.
    """
    return ConceptGrader(rubric, question, language)


def _groups(concept: Concept) -> list[tuple[str, ...]]:
    """The lists of patterns of which each has to hit."""
    return [group for group in (concept.any, *concept.all_of) if group] or [()]
