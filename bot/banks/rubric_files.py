"""Rubrics in files of their own: a table per question id, each the concepts of an item."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidationError

from bot.banks.complaints import complaints_of
from bot.banks.findings import BankErrors, Complaint, Finding
from bot.banks.rubric_rules import rubric_faults, rubric_of
from bot.banks.schema import (
    ConceptModel,
    ExampleModel,
    MisconceptionModel,
    Model,
    Weight,
)
from bot.banks.source import FaultyFile, Source, parse, read_bytes
from bot.domain.grading.concepts import ConceptGrader, compile_rubric
from bot.domain.grading.rubrics import ConceptRubric, Example


class RubricModel(Model):
    """One table of a rubric file; `question` is needed only to demote its words."""

    question: Annotated[str, StringConstraints(max_length=2_000)] = ""
    need: Weight
    max_words: Annotated[int, Field(ge=1, le=700)] = 150
    demote_question_words: bool = True
    concepts: Annotated[list[ConceptModel], Field(min_length=1, max_length=40)]
    misconceptions: Annotated[list[MisconceptionModel], Field(max_length=40, default_factory=list)]
    examples: Annotated[list[ExampleModel], Field(default_factory=list)]


@dataclass(frozen=True, slots=True)
class RubricEntry:
    """A rubric of a file, with what its author gave besides."""

    rubric: ConceptRubric
    question: str = ""
    examples: tuple[Example, ...] = ()


def load_rubrics(path: Path) -> dict[str, RubricEntry]:
    """The rubrics of the file at `path`, by question id.

    Raises:
        BankErrors: Anything is wrong with the file; names every fault and its line.
    """
    try:
        source = parse(path, read_bytes(path))
    except FaultyFile as error:
        raise BankErrors((error.finding,)) from error
    entries: dict[str, RubricEntry] = {}
    findings: list[Finding] = []
    for question_id, raw in source.data.items():
        entry, complaints = _read(raw)
        if entry and not complaints:
            entries[question_id] = entry
        findings += _located(source, question_id, complaints)
    if not source.data:
        findings.append(Finding(path, 1, "", "the file holds no rubric", 'write ["question id"]'))
    if findings:
        raise BankErrors(tuple(sorted(findings, key=lambda finding: finding.line)))
    return entries


@dataclass(slots=True)
class LineGrader:
    """Grades lines of JSON with the rubrics of a file, each compiled once per question text."""

    rubrics: Mapping[str, RubricEntry]
    _compiled: dict[tuple[str, str], ConceptGrader] = field(default_factory=dict)

    def grade(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """`line` with `score`, `covered`, `missing`, `watch_out` and `flags`.

        A human mark under `score` moves to `human`. `score` is null where the answer is not
        scored: no rubric for its `question_id`, or another language.
        """
        given = dict(line)
        if "score" in given:
            given["human"] = given.pop("score")
        grader = self._grader(str(given.get("question_id", "")), str(given.get("question", "")))
        if grader is None:
            return {**given, "score": None, "flags": ["no-rubric"]}
        grade = grader.grade(str(given.get("answer", "")))
        return {
            **given,
            "score": grade.score,
            "covered": list(grade.covered),
            "missing": [missing.label for missing in grade.missing],
            "watch_out": list(grade.watch_out),
            "flags": sorted(grade.flags),
        }

    def _grader(self, question_id: str, question: str) -> ConceptGrader | None:
        entry = self.rubrics.get(question_id)
        if entry is None:
            return None
        key = (question_id, entry.question or question)
        if key not in self._compiled:
            self._compiled[key] = compile_rubric(entry.rubric, key[1])
        return self._compiled[key]


def grade_lines(rubrics: Mapping[str, RubricEntry], lines: Iterable[str]) -> Iterator[str]:
    """Each JSON line of `lines` (blank ones left out) graded, as a JSON line.

    Raises:
        ValueError: A line is no JSON object; names its number.
    """
    grader = LineGrader(rubrics)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except ValueError as error:
            raise ValueError(f"line {number} is no JSON: {error}") from error
        if not isinstance(given, dict):
            raise ValueError(f'line {number} is no object with "question_id" and "answer"')
        yield json.dumps(grader.grade(given), ensure_ascii=False)


def _read(raw: object) -> tuple[RubricEntry | None, list[Complaint]]:
    if not isinstance(raw, dict):
        return None, [Complaint((), "is not a table", 'write ["question id"] and its keys below')]
    try:
        model = RubricModel.model_validate(raw)
    except ValidationError as error:
        return None, complaints_of(error, RubricModel)
    examples = tuple(Example(e.answer, e.min, e.max) for e in model.examples)
    return RubricEntry(rubric_of(model), model.question, examples), list(rubric_faults(model))


def _located(
    source: Source, question_id: str, complaints: Iterable[Complaint]
) -> Iterator[Finding]:
    for fault in complaints:
        line = source.line((question_id, *fault.where))
        yield Finding(source.path, line, question_id, fault.what, fault.mend)
