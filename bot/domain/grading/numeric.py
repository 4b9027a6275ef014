"""Typed numbers: read as people write them, converted to the item's unit, and graded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.domain.grading.grade import Grade
from bot.domain.grading.notation import Number, OutOfRange, plain, read_number
from bot.domain.grading.units import Unit, find_unit, split_scale, unit_of_item, with_prefix
from bot.domain.questions import NumericItem, Trap

MAX_ANSWER = 1_000
"""Characters; a longer text is no number."""

_FILLER = re.compile(
    r"about|almost|answer|approx|approximately|around|be|ca|circa|equals?|exactly|guess|i|i'd|i'm"
    r"|is|it|it's|its|just|maybe|my|nearly|only|or|probably|result|roughly|say|should|so|that's"
    r"|the|think|total|value|would",
    re.IGNORECASE,
)
_CURRENCIES = frozenset({"usd", "eur", "gbp"})
_ENDS = " .,;!?"
_MARKUP = " *_`"
_WRAPPING = "()[]\"'" + _MARKUP


Why = Literal["none", "several", "words", "unit", "range"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number in the item's unit; `other` is its second reading where it can mean two things.

    `converted` says that the text named another unit than the item's.
    """

    value: float
    other: float | None = None
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that could not be read: nothing is scored, and the person is asked again.

    `why`: there is no number, there are several, it stands among words that could change its
    meaning, its unit is unknown or measures something else, or it is out of range. `found` is
    the piece of the answer that is meant.
    """

    why: Why
    found: str = ""


class _Refused(Exception):
    """Leads from any step of the reading to its outcome."""

    def __init__(self, why: Why, found: str = "") -> None:
        super().__init__(why)
        self.unread = Unread(why, _excerpt(found))


def parse_number(text: str, unit: str = "") -> Parsed | Unread:
    """The number in `text`, in the item's `unit` (empty for plain numbers and shares)."""
    try:
        number = _number_in(text)
        return _in_unit(number, _written_unit(number), unit_of_item(unit))
    except OutOfRange:
        return Unread("range")
    except _Refused as refusal:
        return refusal.unread


def grade_numeric(item: NumericItem, text: str) -> Grade | Unread:
    """Full marks within the item's tolerance, else none, with the reason of a trap."""
    parsed = parse_number(text, item.unit)
    if isinstance(parsed, Unread):
        return parsed
    readings = (parsed.value,) if parsed.other is None else (parsed.value, parsed.other)
    for reading in readings:
        if item.tolerance.allows(reading, item.answer):
            return Grade(1.0)
        if trap := _trap_of(item, reading):
            return Grade(0.0, (trap.why,))
    if parsed.converted:
        given = _excerpt(text)
        return Grade(0.0, (f"{given} = {parsed.value:.4g} {item.unit}".strip(),))
    return Grade(0.0)


def leading_quantity(text: str) -> float | None:
    """The number with which `text` begins, in its unit's base unit; None where there is none."""
    try:
        number = read_number(plain(text).strip(_WRAPPING + "~"))
    except OutOfRange:
        return None
    if number is None or _currency_before(number.before) is None:
        return None
    scale, rest = split_scale(number.after)
    if unit := find_unit(number.after.partition(" ")[0]):
        return number.value * unit.factor
    unit = find_unit(rest.partition(" ")[0])
    return number.value * scale * (unit.factor if unit else 1.0)


def _number_in(text: str) -> Number:
    """The number on the last side of an equation, or of the whole text."""
    if len(text) > MAX_ANSWER:
        raise _Refused("none")
    *sides, last = re.split(r"[=~]", plain(text.strip(_MARKUP)))
    if any(re.search(r"[,;](?: |$)", side) for side in sides[1:]):
        raise _Refused("several")
    label, colon, value = last.rpartition(": ")
    number = read_number((last if not colon or _has_digit(label) else value).strip(_WRAPPING))
    if number is None:
        raise _Refused("none")
    return number


def _written_unit(number: Number) -> str:
    """The unit behind the number, or the currency in front of it."""
    after = number.after.strip(_ENDS + _WRAPPING)
    several: Why | None = "several" if _has_digit(after) else None
    currency = _currency_before(number.before)
    if currency is None:
        raise _Refused(several or "words", number.before)
    if currency and after:
        raise _Refused(several or "unit", after)
    return currency or after


def _currency_before(words: str) -> str | None:
    """The currency in front of a number, or nothing; None where other words stand there."""
    left = [w for w in re.split(r"[ ,.:]+", words) if w and not _FILLER.fullmatch(w)]
    if not left:
        return ""
    unit = find_unit(left[0]) if len(left) == 1 else None
    return left[0] if unit and unit.dimension in _CURRENCIES else None


def _in_unit(number: Number, written: str, unit: Unit) -> Parsed:
    """The number converted from the unit that is `written` after it."""
    whole = written.partition(" of ")[0]
    kept = " ".join(w for w in whole.split() if not _FILLER.fullmatch(w.strip("(),.")))
    for text in dict.fromkeys((written, whole, kept.strip(_ENDS + _WRAPPING))):
        if not text:
            return _bare(number, unit)
        if factor := _factor(text, unit):
            other = None if number.other is None else number.other * factor
            return Parsed(number.value * factor, other, converted=factor != 1)
    raise _Refused("several" if _has_digit(written) else "unit", written)


def _factor(written: str, unit: Unit) -> float | None:
    """What to multiply by to get from the written unit to the item's; None if that is none."""
    found, scale = find_unit(written, unit) or with_prefix(written, unit), 1.0
    if found is None:
        scale, rest = split_scale(written)
        found = find_unit(rest, unit) if rest else Unit(unit.dimension, unit.factor)
    return scale * found.factor * found.scale / (unit.factor * unit.scale) if found else None


def _bare(number: Number, unit: Unit) -> Parsed:
    """A number without a unit is in the item's; a share may stand for its percentage."""
    is_share = unit.dimension == "ratio" and unit.factor == 0.01 and abs(number.value) <= 1
    return Parsed(number.value, number.value * 100 if is_share else number.other)


def _trap_of(item: NumericItem, value: float) -> Trap | None:
    """The nearest trap that `value` fell into."""
    hit = [trap for trap in item.traps if item.tolerance.allows(value, trap.value)]
    return min(hit, key=lambda trap: abs(trap.value - value), default=None)


def _excerpt(text: str) -> str:
    words = " ".join(text[:400].split())
    return words if len(words) <= 40 else f"{words[:39]}…"


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
