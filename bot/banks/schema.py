"""The bank format as pydantic models: the border between what authors write and the domain."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MAX_STRING = 8_000
MAX_CODE = 1_024
MAX_OPTION = 100
MAX_EXPLANATION = 200
MAX_DETAILS = 3_000
MAX_EXPRESSION = 500


def _text(limit: int) -> StringConstraints:
    return StringConstraints(min_length=1, max_length=limit)


Line = Annotated[str, _text(300)]
Word = Annotated[str, _text(60)]
Long = Annotated[str, _text(MAX_STRING)]
Formula = Annotated[str, _text(MAX_EXPRESSION)]
Patterns = list[Line]
Weight = Annotated[float, Field(gt=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """Nothing is converted, nothing unknown is let through."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class RefModel(Model):
    """One entry of `refs`."""

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{1,19}$")]
    title: Line
    section: Annotated[str, StringConstraints(max_length=300)] = ""


class CheckModel(Model):
    """The proof of the key."""

    kind: Literal["stdout", "expr", "python", "examples", "reviewed"]
    expr: Formula | None = None
    code: Long | None = None
    by: Line | None = None


class ItemModel(Model):
    """What every type has."""

    type: str
    id: Word
    rev: Annotated[int, Field(ge=1, le=9_999)]
    difficulty: Annotated[int, Field(ge=1, le=5)]
    question: Annotated[str, _text(2_000)]
    explanation: Annotated[str, _text(MAX_EXPLANATION)]
    code: Annotated[str, StringConstraints(max_length=MAX_CODE)] = ""
    code_language: Annotated[str, StringConstraints(max_length=30)] = ""
    details: Annotated[str, StringConstraints(max_length=MAX_DETAILS)] = ""
    formula_text: Annotated[str, StringConstraints(max_length=1_000)] = ""
    hints: Annotated[list[Line], Field(max_length=5)] = []
    refs: Annotated[list[RefModel], Field(max_length=10)] = []
    tags: Annotated[list[Word], Field(max_length=20)] = []
    seconds: Annotated[int, Field(ge=5, le=3_600)] = 60
    poll: bool = True
    order: Literal["shuffle", "fixed", "ascending"] = "shuffle"
    check: CheckModel | None = None


class OptionModel(Model):
    """One option; a distractor needs a `why`."""

    text: Annotated[str, _text(MAX_OPTION)]
    correct: bool = False
    why: Annotated[str, StringConstraints(max_length=300)] = ""


class SingleModel(ItemModel):
    """One right option."""

    type: Literal["single"]
    options: Annotated[list[OptionModel], Field(min_length=2, max_length=8)]


class MultiModel(ItemModel):
    """Two or more right options."""

    type: Literal["multi"]
    options: Annotated[list[OptionModel], Field(min_length=2, max_length=8)]
    scoring: Literal["right-minus-wrong", "all-or-nothing"] = "right-minus-wrong"


class ToleranceModel(Model):
    """Relative (a share of the answer) or absolute (in the unit)."""

    rel: Annotated[float, Field(ge=0, lt=1)] | None = None
    abs: Annotated[float, Field(ge=0)] | None = None


class TrapModel(Model):
    """A wrong number and the error behind it."""

    value: float
    why: Line


class NumericModel(ItemModel):
    """A number in a unit."""

    type: Literal["numeric"]
    answer: float
    unit: Annotated[str, StringConstraints(max_length=30)] = ""
    tolerance: ToleranceModel = ToleranceModel(rel=0.01)
    traps: Annotated[list[TrapModel], Field(max_length=10)] = []


class FormulaTrapModel(Model):
    """A wrong formula and the error behind it."""

    expr: Formula
    why: Line


class ParamModel(ItemModel):
    """A number that follows from drawn numbers."""

    type: Literal["param"]
    params: Annotated[dict[str, Annotated[list[float], Field(min_length=1)]], Field(min_length=1)]
    answer: Formula
    where: Formula = "True"
    unit: Annotated[str, StringConstraints(max_length=30)] = ""
    tolerance: ToleranceModel = ToleranceModel(rel=0.01)
    traps: Annotated[list[FormulaTrapModel], Field(max_length=10)] = []
    variants: Annotated[int, Field(ge=2, le=200)] = 24


class ConceptModel(Model):
    """One idea of a rubric."""

    id: Word
    label: Line
    weight: Weight = 1.0
    any: Patterns = []
    all_of: list[Patterns] = []
    negatable: bool = True
    fuzzy: bool = True
    hint: Annotated[str, StringConstraints(max_length=300)] = ""


class MisconceptionModel(Model):
    """One wrong idea of a rubric."""

    label: Line
    any: Annotated[Patterns, Field(min_length=1)]
    penalty: Annotated[float, Field(ge=0, le=1)] = 0.5
    say: Annotated[str, StringConstraints(max_length=300)] = ""


class ExampleModel(Model):
    """An answer and the bounds of its score."""

    answer: Annotated[str, StringConstraints(max_length=4_096)]
    min: Share = 0.0
    max: Share = 1.0


class KeywordModel(ItemModel):
    """Free text scored by concepts."""

    type: Literal["keyword"]
    explanation: Annotated[str, StringConstraints(max_length=MAX_EXPLANATION)] = ""
    need: Weight
    max_words: Annotated[int, Field(ge=1, le=700)] = 150
    demote_question_words: bool = True
    concepts: Annotated[list[ConceptModel], Field(min_length=1, max_length=40)]
    misconceptions: Annotated[list[MisconceptionModel], Field(max_length=40)] = []
    examples: list[ExampleModel] = []


class WordsModel(Model):
    """A fair length."""

    min: Annotated[int, Field(ge=0, le=700)] = 80
    max: Annotated[int, Field(ge=1, le=700)] = 350


class StarPartModel(Model):
    """One part of a STAR answer."""

    signals: Annotated[Patterns, Field(min_length=1)]
    zero: Annotated[str, _text(500)]
    three: Annotated[str, _text(500)]
    red_flags: Patterns = []


class StarRubricModel(Model):
    """The four parts."""

    situation: StarPartModel
    task: StarPartModel
    action: StarPartModel
    result: StarPartModel
    red_flags: Patterns = []


class BehaviouralModel(ItemModel):
    """Free text scored by a STAR rubric."""

    type: Literal["behavioural"]
    explanation: Annotated[str, StringConstraints(max_length=MAX_EXPLANATION)] = ""
    follow_ups: Annotated[list[Line], Field(max_length=10)] = []
    words: WordsModel = WordsModel()
    rubric: StarRubricModel
    red_flags: Patterns = []
    examples: list[ExampleModel] = []


class Heading(Model):
    """The keys at the top of a file, before its items."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    area: str
    topic: str
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = "en"


MODELS: dict[str, type[ItemModel]] = {
    "single": SingleModel,
    "multi": MultiModel,
    "numeric": NumericModel,
    "param": ParamModel,
    "keyword": KeywordModel,
    "behavioural": BehaviouralModel,
}
