"""The rules that hold for one type of item."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.banks.build import tolerance_of
from bot.banks.findings import Complaint
from bot.banks.rubric_rules import rubric_faults, story_faults
from bot.banks.schema import (
    BehaviouralModel,
    ItemModel,
    KeywordModel,
    MultiModel,
    NumericModel,
    OptionModel,
    ParamModel,
    SingleModel,
    ToleranceModel,
)
from bot.domain.grading.numeric import leading_quantity

_CATCH_ALL = re.compile(
    r"\b(?:all|none|both|neither|any)\s+of\s+(?:the\s+)?(?:above|preceding|previous)\b"
    r"|^\W*(?:all|none|both|neither)\s+of\s+(?:these|them|those)\W*$",
    re.IGNORECASE,
)
_PATTERN = re.compile(r"(?:[^{}]|\{[^{}]+\}(?:~[1-9]\d?)?)*")


def type_faults(item: ItemModel) -> Iterator[Complaint]:
    """Faults that only an item of this type can have."""
    match item:
        case SingleModel() | MultiModel():
            yield from _choice_faults(item)
        case NumericModel():
            yield from _numeric_faults(item)
        case ParamModel():
            yield from _tolerance_faults(item.tolerance)
        case KeywordModel():
            yield from rubric_faults(item)
        case BehaviouralModel():
            if item.words.min > item.words.max:
                yield Complaint(("words",), "`words.min` is above `words.max`", "swap them")
            yield from story_faults(item)


def _choice_faults(item: SingleModel | MultiModel) -> Iterator[Complaint]:
    right = sum(option.correct for option in item.options)
    at = ("options",)
    if isinstance(item, SingleModel) and right != 1:
        what = f"a single item has one right option, this one has {right}"
        yield Complaint(at, what, 'set correct = true on exactly one option, or type = "multi"')
    if isinstance(item, MultiModel) and right < 2:
        what = f"a multi item has two or more right options, this one has {right}"
        yield Complaint(at, what, 'set correct = true on each, or type = "single"')
    if isinstance(item, MultiModel) and right == len(item.options):
        yield Complaint(at, "every option is right", "at least one has to be wrong")
    seen: dict[str, int] = {}
    for index, option in enumerate(item.options):
        yield from _option_faults(index, option)
        first = seen.setdefault(" ".join(unicodedata.normalize("NFC", option.text).split()), index)
        if first != index:
            what = f"options {first + 1} and {index + 1} are the same"
            yield Complaint(("options", index, "text"), what, "options have to differ")
    if item.order == "ascending":
        yield from _order_faults(item.options)


def _option_faults(index: int, option: OptionModel) -> Iterator[Complaint]:
    at = ("options", index)
    if not option.text.strip():
        yield Complaint(at, f"option {index + 1} is blank", "write it")
    if not option.correct and not option.why.strip():
        what = f"option {index + 1} is wrong and does not say why"
        yield Complaint(at, what, 'add why = "…": the error that leads to it')
    if _CATCH_ALL.search(option.text):
        what = f'option {index + 1} is a catch-all ("{option.text}")'
        yield Complaint(at, what, "name what is meant; options are shuffled")


def _order_faults(options: list[OptionModel]) -> Iterator[Complaint]:
    last: float | None = None
    for index, option in enumerate(options):
        value = leading_quantity(option.text)
        at = ("options", index)
        if value is None:
            what = f'option {index + 1} ("{option.text}") does not begin with a number'
            yield Complaint(at, what, 'say order = "fixed" or "shuffle"')
        elif last is not None and value <= last:
            what = f"option {index + 1} is not above option {index}"
            yield Complaint(at, what, 'sort the options, or drop order = "ascending"')
        last = value if value is not None else last


def _numeric_faults(item: NumericModel) -> Iterator[Complaint]:
    yield from _tolerance_faults(item.tolerance)
    tolerance = tolerance_of(item.tolerance)
    for index, trap in enumerate(item.traps):
        if tolerance.allows(trap.value, item.answer):
            what = f"the trap {trap.value:g} lies within the tolerance of the answer"
            yield Complaint(("traps", index), what, "narrow the tolerance or drop the trap")


def _tolerance_faults(tolerance: ToleranceModel) -> Iterator[Complaint]:
    if tolerance.rel is None and tolerance.abs is None:
        yield Complaint(
            ("tolerance",), "`tolerance` is empty", "write { rel = 0.01 } or { abs = … }"
        )
