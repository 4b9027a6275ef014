"""From validated models to the items of the domain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.banks import schema
from bot.banks.rubric_rules import rubric_of
from bot.banks.variants import Recipe, deal_variants
from bot.domain.grading.rubrics import (
    Example,
    StarPart,
    StarRubric,
)
from bot.domain.questions import (
    BehaviouralItem,
    ChoiceItem,
    Item,
    KeywordItem,
    NumericItem,
    Option,
    ParamItem,
    Proof,
    Reference,
    Tolerance,
    Topic,
    Trap,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: its topic, its language, its file below the bank's folder."""

    topic: Topic
    language: str
    source: str
    line: int


def build(model: schema.ItemModel, raw: Mapping[str, Any], place: Place) -> Item:
    """The item that `model` describes; `raw` keeps whole numbers apart from fractions.

    Raises:
        VariantError: A parametrised item cannot be dealt as declared.
    """
    common = _common(model, place)
    match model:
        case schema.SingleModel():
            return ChoiceItem(**common, options=_options(model.options), order=model.order)
        case schema.MultiModel():
            return ChoiceItem(
                **common,
                options=_options(model.options),
                order=model.order,
                multi=True,
                scoring=model.scoring,
            )
        case schema.NumericModel():
            return NumericItem(
                **common,
                answer=model.answer,
                unit=model.unit,
                tolerance=tolerance_of(model.tolerance),
                traps=tuple(Trap(trap.value, trap.why) for trap in model.traps),
            )
        case schema.ParamModel():
            return _param(model, raw["params"], common)
        case schema.KeywordModel():
            return KeywordItem(**common, rubric=rubric_of(model), examples=_examples(model))
        case schema.BehaviouralModel():
            return BehaviouralItem(
                **common,
                rubric=_star(model),
                follow_ups=tuple(model.follow_ups),
                examples=_examples(model),
            )
    raise AssertionError(type(model))  # every model of the schema has its case


def tolerance_of(model: schema.ToleranceModel) -> Tolerance:
    """The tolerance with what is not given as nothing."""
    return Tolerance(rel=model.rel or 0.0, abs=model.abs or 0.0)


def _common(model: schema.ItemModel, place: Place) -> dict[str, Any]:
    check = model.check
    return {
        "id": model.id,
        "rev": model.rev,
        "area_id": place.topic.area_id,
        "topic_id": place.topic.id,
        "difficulty": model.difficulty,
        "question": model.question.strip(),
        "explanation": model.explanation.strip(),
        "code": model.code.strip("\n"),
        "code_language": model.code_language,
        "details": model.details.strip(),
        "hints": tuple(hint.strip() for hint in model.hints),
        "refs": tuple(Reference(ref.kind, ref.title, ref.section) for ref in model.refs),
        "tags": tuple(model.tags),
        "seconds": model.seconds,
        "formula_text": model.formula_text,
        "poll": model.poll,
        "language": place.language,
        "proof": check and Proof(check.kind, check.expr or "", check.code or "", check.by or ""),
        "source": place.source,
        "line": place.line,
    }


def _options(models: Sequence[schema.OptionModel]) -> tuple[Option, ...]:
    return tuple(Option(o.text.strip(), o.correct, o.why.strip()) for o in models)


def _param(
    model: schema.ParamModel, params: Mapping[str, Sequence[int | float]], common: dict[str, Any]
) -> ParamItem:
    allowed = tolerance_of(model.tolerance)
    return ParamItem(
        **common,
        unit=model.unit,
        tolerance=allowed,
        formula=model.answer,
        variants=deal_variants(
            Recipe(
                seed=f"{model.id}/{model.rev}",
                params=params,
                where=model.where,
                answer=model.answer,
                traps=tuple((trap.expr, trap.why) for trap in model.traps),
                tolerance=allowed,
                count=model.variants,
                question=common["question"],
                explanation=common["explanation"],
                code=common["code"],
                details=common["details"],
                formula_text=common["formula_text"],
                hints=common["hints"],
            )
        ),
    )


def _examples(model: schema.KeywordModel | schema.BehaviouralModel) -> tuple[Example, ...]:
    return tuple(Example(e.answer, e.min, e.max) for e in model.examples)


def _star(model: schema.BehaviouralModel) -> StarRubric:
    rubric = model.rubric
    parts = (rubric.situation, rubric.task, rubric.action, rubric.result)
    situation, task, action, result = (
        StarPart(tuple(part.signals), part.zero, part.three) for part in parts
    )
    flags = [model.red_flags, rubric.red_flags, *(part.red_flags for part in parts)]
    return StarRubric(
        situation=situation,
        task=task,
        action=action,
        result=result,
        red_flags=tuple(flag for group in flags for flag in group),
        min_words=model.words.min,
        max_words=model.words.max,
    )
