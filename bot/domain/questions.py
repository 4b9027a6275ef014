"""What a question is: items as authors wrote them, and variants as they are dealt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from bot.domain.grading.rubrics import ConceptRubric, Example, StarRubric

Order = Literal["shuffle", "fixed", "ascending"]
Scoring = Literal["right-minus-wrong", "all-or-nothing"]


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic of the syllabus, e.g. `probability-theorems`, and what it is about."""

    id: str
    title: str
    area_id: str
    subtopics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One of the ten skill areas; `prefix` starts the ids of its items."""

    id: str
    prefix: str
    title: str
    technical: bool
    topics: tuple[Topic, ...]


class ItemType(StrEnum):
    """The six types of the bank format."""

    SINGLE = "single"
    MULTI = "multi"
    NUMERIC = "numeric"
    PARAM = "param"
    KEYWORD = "keyword"
    BEHAVIOURAL = "behavioural"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the facts of an item come from; never a URL."""

    kind: str
    title: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a choice item; a distractor says why it is wrong."""

    text: str
    correct: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far an answer may lie from the key: relative, or absolute in the item's unit."""

    rel: float = 0.0
    abs: float = 0.0

    def allows(self, given: float, key: float) -> bool:
        """Whether `given` counts as `key` (both in the item's unit)."""
        rounding = 1e-9 * max(abs(given), abs(key))
        return abs(given - key) <= max(self.abs, self.rel * abs(key)) + rounding


@dataclass(frozen=True, slots=True)
class Trap:
    """A wrong number that people really reach, and the error that leads there."""

    value: float
    why: str


@dataclass(frozen=True, slots=True)
class Proof:
    """How `bank verify` proves the key; never run by the bot itself."""

    kind: Literal["stdout", "expr", "python", "examples", "reviewed"]
    expr: str = ""
    code: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every type of item has.

    `difficulty` runs from 1 (screening) to 5 (expert); `seconds` is a fair time; `rev` rises
    when stem, options or key change. `line` is where the item starts in `source`.
    """

    id: str
    rev: int
    area_id: str
    topic_id: str
    difficulty: int
    question: str
    explanation: str
    code: str = ""
    code_language: str = ""
    details: str = ""
    hints: tuple[str, ...] = ()
    refs: tuple[Reference, ...] = ()
    tags: tuple[str, ...] = ()
    seconds: int = 60
    formula_text: str = ""
    poll: bool = True
    language: str = "en"
    proof: Proof | None = None
    source: str = ""
    line: int = 0

    @property
    def type(self) -> ItemType:
        """The item's type in the bank format."""
        raise NotImplementedError  # abstract: every concrete type names itself


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceItem(Item):
    """A `single` (one key) or `multi` (two or more keys) item."""

    options: tuple[Option, ...]
    order: Order = "shuffle"
    multi: bool = False
    scoring: Scoring = "right-minus-wrong"

    @property
    def type(self) -> ItemType:
        """`multi` where several options are right, else `single`."""
        return ItemType.MULTI if self.multi else ItemType.SINGLE

    @property
    def key(self) -> frozenset[int]:
        """Indices of the right options, in the author's order."""
        return frozenset(i for i, option in enumerate(self.options) if option.correct)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericItem(Item):
    """An item answered by a number in `unit`."""

    answer: float
    unit: str = ""
    tolerance: Tolerance = Tolerance(rel=0.01)
    traps: tuple[Trap, ...] = ()

    @property
    def type(self) -> ItemType:
        """Always `numeric`."""
        return ItemType.NUMERIC


@dataclass(frozen=True, slots=True)
class Variant:
    """One dealt set of numbers of a parametrised item, with everything worked out."""

    index: int
    values: Mapping[str, int | float]
    question: str
    explanation: str
    answer: float
    traps: tuple[Trap, ...] = ()
    code: str = ""
    details: str = ""
    hints: tuple[str, ...] = ()
    formula_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamItem(Item):
    """A numeric item whose numbers are drawn; `variants` are stable by id and index."""

    unit: str = ""
    tolerance: Tolerance = Tolerance(rel=0.01)
    formula: str = ""
    variants: tuple[Variant, ...] = field(default=())

    @property
    def type(self) -> ItemType:
        """Always `param`."""
        return ItemType.PARAM

    def dealt(self, index: int) -> NumericItem:
        """The numeric item that variant `index` is (modulo the number of variants)."""
        variant = self.variants[index % len(self.variants)]
        return NumericItem(
            id=self.id,
            rev=self.rev,
            area_id=self.area_id,
            topic_id=self.topic_id,
            difficulty=self.difficulty,
            question=variant.question,
            explanation=variant.explanation,
            code=variant.code,
            code_language=self.code_language,
            details=variant.details,
            hints=variant.hints,
            refs=self.refs,
            tags=self.tags,
            seconds=self.seconds,
            formula_text=variant.formula_text,
            poll=self.poll,
            language=self.language,
            proof=self.proof,
            source=self.source,
            line=self.line,
            answer=variant.answer,
            unit=self.unit,
            tolerance=self.tolerance,
            traps=variant.traps,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KeywordItem(Item):
    """An item answered in a few sentences, scored by the concepts that they show."""

    rubric: ConceptRubric
    examples: tuple[Example, ...] = ()

    @property
    def type(self) -> ItemType:
        """Always `keyword`."""
        return ItemType.KEYWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class BehaviouralItem(Item):
    """An item answered by telling what one did, scored by the parts of a STAR answer."""

    rubric: StarRubric
    follow_ups: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def type(self) -> ItemType:
        """Always `behavioural`."""
        return ItemType.BEHAVIOURAL


@dataclass(frozen=True, slots=True)
class Bank:
    """All items, by id, with the areas and topics that they belong to."""

    areas: tuple[Area, ...]
    items: Mapping[str, Item]

    def topics(self) -> Mapping[str, Topic]:
        """Every topic of every area, by id."""
        return {topic.id: topic for area in self.areas for topic in area.topics}

    def area(self, area_id: str) -> Area | None:
        """The area called `area_id`, if there is one."""
        return next((area for area in self.areas if area.id == area_id), None)

    @property
    def playable(self) -> tuple[Item, ...]:
        """The items whose answers can be graded, in the bank's order."""
        return tuple(self.items.values())
