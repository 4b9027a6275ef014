"""Rubrics as authors write them: their faults, and the domain's rubric that they describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from bot.banks.findings import Complaint, Where
from bot.banks.schema import BehaviouralModel, ConceptModel, MisconceptionModel
from bot.domain.grading.patterns import PatternError, parse_pattern
from bot.domain.grading.rubrics import Concept, ConceptRubric, Misconception


class ConceptsModel(Protocol):
    """The part that keyword items and the tables of a rubric file share."""

    need: float
    max_words: int
    demote_question_words: bool

    @property
    def concepts(self) -> Sequence[ConceptModel]:
        """What an answer may show."""

    @property
    def misconceptions(self) -> Sequence[MisconceptionModel]:
        """Wrong ideas."""


def rubric_of(model: ConceptsModel) -> ConceptRubric:
    """The rubric that a validated table describes."""
    return ConceptRubric(
        need=model.need,
        max_words=model.max_words,
        demote_question_words=model.demote_question_words,
        concepts=tuple(
            Concept(
                id=concept.id,
                label=concept.label,
                weight=concept.weight,
                any=tuple(concept.any),
                all_of=tuple(map(tuple, concept.all_of)),
                negatable=concept.negatable,
                fuzzy=concept.fuzzy,
                hint=concept.hint,
            )
            for concept in model.concepts
        ),
        misconceptions=tuple(
            Misconception(label=m.label, any=tuple(m.any), penalty=m.penalty, say=m.say)
            for m in model.misconceptions
        ),
    )


def rubric_faults(model: ConceptsModel) -> Iterator[Complaint]:
    """Faults of a rubric whose keys and types are right."""
    total = sum(concept.weight for concept in model.concepts)
    if model.need > total + 1e-9:
        what = f"`need` is {model.need:g}, but all concepts together weigh {total:g}"
        yield Complaint(("need",), what, "lower it or add concepts")
    ids = [concept.id for concept in model.concepts]
    for index, concept in enumerate(model.concepts):
        at: Where = ("concepts", index)
        if concept.id in ids[:index]:
            yield Complaint(at, f'the concept id "{concept.id}" is used twice', "rename one")
        if not concept.any and not any(concept.all_of):
            yield Complaint(at, f'the concept "{concept.id}" has no pattern', "fill any or all_of")
        if not all(concept.all_of):
            what = f'a list of `all_of` of "{concept.id}" is empty'
            yield Complaint(at, what, "fill it or drop it")
        for group in (concept.any, *concept.all_of):
            yield from pattern_faults(at, group)
    for index, mistake in enumerate(model.misconceptions):
        yield from pattern_faults(("misconceptions", index), mistake.any)


def story_faults(model: BehaviouralModel) -> Iterator[Complaint]:
    """Faults of a STAR rubric whose keys and types are right."""
    rubric = model.rubric
    parts = ("situation", "task", "action", "result")
    for name, part in zip(
        parts, (rubric.situation, rubric.task, rubric.action, rubric.result), strict=True
    ):
        yield from pattern_faults(("rubric", name), (*part.signals, *part.red_flags))
    yield from pattern_faults(("red_flags",), (*model.red_flags, *rubric.red_flags))


def pattern_faults(at: Where, patterns: Iterable[str]) -> Iterator[Complaint]:
    """Patterns whose syntax is wrong."""
    for pattern in patterns:
        try:
            parse_pattern(pattern)
        except PatternError as error:
            yield Complaint(at, str(error), "write words, word* or {words in any order}~8")
